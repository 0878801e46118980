using System.Text.Json;
using Wirehook.Dissection.Items;
using Wirehook.Tests;

namespace Wirehook.Dissection.Tests.Protocols.WebSocket;

/// <summary>Frames of the reference corpus by opcode. Rule: every frame whose bytes were all captured counts once under its opcode.</summary>
public class WebSocketCorpusTests
{
    private static readonly string[] Opcodes = ["Continuation", "Text", "Binary", "", "", "", "", "", "Close", "Ping", "Pong"];

    [CorpusFact]
    public void Counts_by_opcode_equal_the_truth_or_the_difference_is_explained()
    {
        var differences = Path.Combine(RepositoryFiles.Root, "tests", "Wirehook.Dissection.Tests", "Protocols", "WebSocket", "truth-differences.tsv");
        var unexplained = CorpusCounts.Unexplained(k => k.StartsWith("ws.", StringComparison.Ordinal), KeysOf, differences, out var files, out var unequal);
        Assert.True(unexplained.Count == 0, string.Join('\n', unexplained));
        Assert.Equal((7, 0), (files, unequal));
    }

    private static IEnumerable<string> KeysOf(Item item)
    {
        if (item.Protocol.Name != "ws" || !(item.HasRequest || item.HasResponse)) yield break;
        var side = JsonDocument.Parse(Conversation.ToJson(item)).RootElement.GetProperty(item.HasRequest ? "request" : "response");
        yield return "ws.opcode." + Array.IndexOf(Opcodes, side.GetProperty("opCode").GetString());
    }
}
