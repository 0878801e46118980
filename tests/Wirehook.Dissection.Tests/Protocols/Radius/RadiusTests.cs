using System.Globalization;
using System.Text;
using Wirehook.Dissection.Items;
using Wirehook.Tests;

namespace Wirehook.Dissection.Tests.Protocols.Radius;

/// <summary>RADIUS packets: pairs by identifier and code, attributes by type, vendors' parts, and what is no RADIUS.</summary>
public class RadiusTests
{
    private const string Client = "10.0.0.1";
    private const string Server = "10.0.0.2";

    [Fact]
    public void A_response_answers_the_request_with_its_identifier_and_kind()
    {
        var flow = new MessageFlow().Send(Client, 40000, Server, 1812, Packet(1, 5, Text(1, "a"))).Send(Client, 40000, Server, 1812, Packet(1, 6, Text(1, "b")))
            .Send(Server, 1812, Client, 40000, Packet(3, 6)).Send(Server, 1812, Client, 40000, Packet(5, 5)).Send(Server, 1812, Client, 40000, Packet(11, 5));
        flow.End();
        Assert.Equal(["Access-Request Access-Reject ", " Accounting-Response pair-not-found", "Access-Request Access-Challenge "], flow.Json.Select((j, i) => $"{Name(j, "request")} {Name(j, "response")} {flow.Items[i].Error?.ErrorType}"));
        Assert.Equal([1, 4], flow.Items.Where(i => i.HasRequest).Select(i => (int)i.ElapsedMilliseconds).Order());
    }

    [Fact]
    public void Values_have_the_form_of_their_type()
    {
        byte[] attributes = [.. Text(1, "müller"), .. Attribute(4, 10, 0, 0, 7), .. Attribute(6, 0, 0, 0, 2), .. Attribute(12, 0, 0, 5, 220), .. Attribute(55, 0x65, 0x53, 0xF1, 0x00), .. Attribute(2, 1, 255), .. Attribute(250, 0xAB)];
        var list = Assert.Single(new MessageFlow().Send(Client, 1000, Server, 1812, Packet(1, 1, attributes)).EndJson()).GetProperty("request").GetProperty("attributes");
        Assert.Equal("""User-Name="müller" NAS-IP-Address="10.0.0.7" Service-Type="Framed" Framed-MTU=1500 Event-Timestamp="2023-11-14T22:13:20Z" User-Password="01ff" Attr-250="ab" """.TrimEnd(),
            string.Join(' ', list.EnumerateArray().Select(a => $"{a.GetProperty("name").GetString()}={a.GetProperty("value").GetRawText()}")));
    }

    [Fact]
    public void A_vendors_attribute_shows_its_parts_or_stays_whole()
    {
        byte[] parts = [.. Attribute(26, [0, 0, 0, 9, .. Text(1, "x=1"), .. Attribute(2, 7)]), .. Attribute(26, 0, 0, 1, 55, 9, 9, 9)];
        var list = Assert.Single(new MessageFlow().Send(Client, 1000, Server, 1812, Packet(1, 1, parts)).EndJson()).GetProperty("request").GetProperty("attributes");
        Assert.Equal(["Cisco 1 \"x=1\"", "Cisco 2 \"07\"", "Microsoft - \"\\t\\t\\t\""], list.EnumerateArray().Select(a =>
            $"{a.GetProperty("vendorName").GetString()} {(a.TryGetProperty("vendorType", out var type) ? type.GetRawText() : "-")} {a.GetProperty("value").GetRawText()}"));
    }

    [Fact]
    public void Away_from_its_ports_only_what_cannot_be_anything_else_is_taken()
    {
        Assert.Single(new MessageFlow().Send(Client, 1000, Server, 2000, Packet(1, 1, [.. Text(1, "a"), .. Attribute(4, 1, 2, 3, 4)])).EndJson());
        Assert.Empty(new MessageFlow().Send(Client, 1000, Server, 2000, Packet(1, 1, Text(1, "a"))).EndJson());
        Assert.Empty(new MessageFlow().Send(Client, 1000, Server, 2000, Packet(2, 1)).EndJson());
    }

    [Theory]
    [InlineData("01010013")]
    [InlineData("0101001400000000000000000000000000000000AA")]
    [InlineData("0101001600000000000000000000000000000000010101")]
    [InlineData("63010014000000000000000000000000000000000000")]
    public void What_does_not_fit_its_declared_length_is_none(string hex)
    {
        var data = Convert.FromHexString(hex);
        var items = new MessageFlow().Send(Client, 1000, Server, 1812, data).EndJson();
        // Bytes behind the declared length are padding (RFC 2865 §3).
        Assert.Equal(hex.EndsWith("AA", StringComparison.Ordinal) ? 1 : 0, items.Count);
    }

    [Fact]
    public void A_packet_that_the_capture_cut_shows_what_it_has()
    {
        var packet = Packet(1, 1, [.. Text(1, "abc"), .. Text(31, "0123456789")]);
        var flow = new MessageFlow().Send(Client, 1000, Server, 1812, packet.AsSpan(0, packet.Length - 4), 4);
        flow.End();
        Assert.Equal("gap", Assert.Single(flow.Items).Error!.ErrorType);
        Assert.Equal("abc", flow.Json[0].GetProperty("request").GetProperty("attributes")[0].GetProperty("value").GetString());
    }

    [CorpusFact]
    public void Counts_by_code_equal_the_truth_or_the_difference_is_explained()
    {
        var differences = Path.Combine(RepositoryFiles.Root, "tests", "Wirehook.Dissection.Tests", "Protocols", "Radius", "truth-differences.tsv");
        var unexplained = CorpusCounts.Unexplained(k => k.StartsWith("radius.code.", StringComparison.Ordinal), KeysOf, differences, out var files, out _);
        Assert.True(unexplained.Count == 0, string.Join('\n', unexplained));
        Assert.InRange(files, 2, int.MaxValue);
    }

    private static IEnumerable<string> KeysOf(Item item)
    {
        if (item.Protocol.Name != "radius") yield break;
        var json = System.Text.Json.JsonDocument.Parse(Conversation.ToJson(item)).RootElement;
        if (item.HasRequest) yield return "radius.code." + json.GetProperty("request").GetProperty("code").GetInt32().ToString(CultureInfo.InvariantCulture);
        if (item.HasResponse) yield return "radius.code." + json.GetProperty("response").GetProperty("code").GetInt32().ToString(CultureInfo.InvariantCulture);
    }

    private static string Name(System.Text.Json.JsonElement item, string side) => item.GetProperty(side).TryGetProperty("codeName", out var name) ? name.GetString()! : "";

    private static byte[] Text(byte type, string text) => Attribute(type, Encoding.UTF8.GetBytes(text));

    private static byte[] Attribute(byte type, params byte[] value) => [type, (byte)(value.Length + 2), .. value];

    private static byte[] Packet(byte code, byte identifier, params byte[] attributes) =>
        [code, identifier, (byte)((attributes.Length + 20) >> 8), (byte)(attributes.Length + 20), .. Enumerable.Range(1, 16).Select(i => (byte)i), .. attributes];
}
