using System.Text.Json;
using Wirehook.Dissection.Items;
using Wirehook.Tests;

namespace Wirehook.Dissection.Tests.Protocols.Mqtt;

/// <summary>Packets of the reference corpus by type. Rule: every packet whose bytes were all captured counts once under its type, also one that breaks a rule.</summary>
public class MqttCorpusTests
{
    private static readonly string[] Types =
    [
        "RESERVED", "CONNECT", "CONNACK", "PUBLISH", "PUBACK", "PUBREC", "PUBREL", "PUBCOMP",
        "SUBSCRIBE", "SUBACK", "UNSUBSCRIBE", "UNSUBACK", "PINGREQ", "PINGRESP", "DISCONNECT", "AUTH",
    ];

    [CorpusFact]
    public void Counts_by_type_equal_the_truth_or_the_difference_is_explained()
    {
        var differences = Path.Combine(RepositoryFiles.Root, "tests", "Wirehook.Dissection.Tests", "Protocols", "Mqtt", "truth-differences.tsv");
        var unexplained = CorpusCounts.Unexplained(k => k.StartsWith("mqtt.", StringComparison.Ordinal), KeysOf, differences, out var files, out var unequal);
        Assert.True(unexplained.Count == 0, string.Join('\n', unexplained));
        Assert.InRange(files, 20, 30);
        Assert.Equal(0, unequal);
    }

    private static IEnumerable<string> KeysOf(Item item)
    {
        if (item.Protocol.Name != "mqtt") yield break;
        var json = JsonDocument.Parse(Conversation.ToJson(item)).RootElement;
        if (item.HasRequest) yield return Key(json.GetProperty("request"));
        if (item.HasResponse) yield return Key(json.GetProperty("response"));
    }

    private static string Key(JsonElement packet) => "mqtt.type." + Array.IndexOf(Types, packet.GetProperty("packetType").GetString());
}
