using System.Buffers.Binary;
using System.Text;
using System.Text.Json;
using Wirehook.Dissection.Engine;
using Wirehook.Dissection.Items;
using Wirehook.Packets.Flows;
using Wirehook.Tests;

namespace Wirehook.Dissection.Tests.Protocols.Diameter;

/// <summary>Diameter messages: framing, pairs by hop-by-hop identifier, attributes and groups, resynchronisation, and what is no Diameter.</summary>
public class DiameterTests
{
    private const int CreditControl = 272;
    private const byte Request = 0xC0;
    private const byte Answer = 0x40;

    [Fact]
    public void Answers_find_their_requests_in_any_order_from_either_side()
    {
        var conversation = new Conversation(serverPort: 3868).Send(Direction.Forward, [.. Message(Request, CreditControl, 1), .. Message(Request, CreditControl, 2)])
            .Send(Direction.Reverse, Message(Request, 280, 2)).Send(Direction.Reverse, Message(Answer, CreditControl, 2)).Send(Direction.Forward, Message(0, 280, 2)).Send(Direction.Reverse, Message(Answer, CreditControl, 1));
        var items = conversation.End();
        Assert.All(items, i => Assert.True(i.HasRequest && i.HasResponse && i.Error is null));
        Assert.Equal(["2 Credit-Control-Request", "2 Device-Watchdog-Request", "1 Credit-Control-Request"], Requests(items).Select(r => $"{r.GetProperty("hopByHopId").GetInt32()} {r.GetProperty("method").GetString()}"));
        Assert.Equal([2L, 2, 4], items.Select(i => i.ElapsedMilliseconds));
        Assert.Equal("10.0.0.99", items[1].Source.Ip);
    }

    [Fact]
    public void An_answer_of_another_command_is_no_answer()
    {
        var items = new Conversation(serverPort: 3868).Send(Direction.Forward, Message(Request, CreditControl, 1)).Send(Direction.Reverse, Message(0, 280, 1)).End();
        Assert.Equal([(false, true), (true, false)], items.Select(i => (i.HasRequest, i.HasResponse)));
        Assert.All(items, i => Assert.Equal("pair-not-found", i.Error!.ErrorType));
    }

    [Fact]
    public void Attributes_have_names_forms_and_groups()
    {
        byte[] group = Avp(443, [.. Avp(450, 0, 0, 0, 1), .. Avp(444, Encoding.ASCII.GetBytes("262010000000001"))]);
        byte[] avps =
        [
            .. Avp(263, Encoding.ASCII.GetBytes("a;1;2")), .. Avp(416, 0, 0, 0, 1), .. group, .. Avp(421, 0, 0, 0, 0, 0, 0, 16, 0), .. Avp(55, 0xE9, 0x00, 0x00, 0x00),
            .. Avp(1032, [0, 0, 3, 0xEC], vendor: 10415), .. Avp(701, [0x94, 0x71, 0xF2], vendor: 10415), .. Avp(9999, 1, 2, 3),
        ];
        var items = new Conversation(serverPort: 3868).Send(Direction.Forward, Message(Request, CreditControl, 1, avps)).End();
        var request = Requests(items).Single();
        Assert.Equal(("a;1;2", "Gx", 16777238), (request.GetProperty("sessionId").GetString(), request.GetProperty("application").GetString(), request.GetProperty("applicationId").GetInt32()));
        Assert.Equal("""Session-Id="a;1;2" CC-Request-Type="INITIAL_REQUEST" Subscription-Id=[Subscription-Id-Type="END_USER_IMSI" Subscription-Id-Data="262010000000001"] CC-Total-Octets=4096 Event-Timestamp="2023-11-16T02:42:08Z" RAT-Type=1004 MSISDN="49172" AVP-9999="010203" """.TrimEnd(),
            string.Join(' ', request.GetProperty("avps").EnumerateArray().Select(Show)));
    }

    [Fact]
    public void A_result_is_told_by_number_and_name_even_inside_an_experimental_one()
    {
        var conversation = new Conversation(serverPort: 3868).Send(Direction.Forward, Message(Request, CreditControl, 1)).Send(Direction.Reverse, Message(Answer, CreditControl, 1, Avp(268, 0, 0, 0x13, 0x89)))
            .Send(Direction.Forward, Message(Request, CreditControl, 2)).Send(Direction.Reverse, Message(Answer, CreditControl, 2, Avp(297, [.. Avp(266, 0, 0, 0x28, 0xAF), .. Avp(298, 0, 0, 0x13, 0x89)])));
        var responses = conversation.End().Select(i => JsonDocument.Parse(Conversation.ToJson(i)).RootElement.GetProperty("response")).ToList();
        Assert.Equal((5001, "DIAMETER_AVP_UNSUPPORTED"), (responses[0].GetProperty("resultCode").GetInt32(), responses[0].GetProperty("resultName").GetString()));
        Assert.Equal((5001, false), (responses[1].GetProperty("resultCode").GetInt32(), responses[1].TryGetProperty("resultName", out _)));
    }

    [Fact]
    public void Behind_a_gap_and_from_the_middle_the_next_message_is_found()
    {
        var second = Message(Request, CreditControl, 2, Avp(263, Encoding.ASCII.GetBytes("second")));
        var cut = Message(Request, CreditControl, 1, Avp(263, new byte[40]))[30..];
        var middle = new Conversation(serverPort: 3868, handshake: false).Send(Direction.Forward, [.. cut, .. second, .. Message(Request, CreditControl, 3)]);
        Assert.Equal([2, 3], Requests(middle.End()).Select(r => r.GetProperty("hopByHopId").GetInt32()));

        var gap = new Conversation(serverPort: 3868).Send(Direction.Forward, Message(Request, CreditControl, 1)).Gap(Direction.Forward, 100);
        gap.Send(Direction.Forward, [.. cut, .. second]).Send(Direction.Reverse, Message(Answer, CreditControl, 1)).Send(Direction.Reverse, Message(Answer, CreditControl, 2));
        Assert.Equal([1, 2], Requests(gap.End()).Select(r => r.GetProperty("hopByHopId").GetInt32()));
        Assert.All(gap.Items, i => Assert.True(i.HasRequest && i.HasResponse));
    }

    [Fact]
    public void A_message_beyond_the_limit_is_passed_over_and_told()
    {
        var conversation = new Conversation(new DissectionOptions { HeadLimit = 1000 }, serverPort: 3868);
        var big = Message(Request, CreditControl, 1, Avp(263, new byte[5000]));
        for (var at = 0; at < big.Length; at += 700) conversation.Send(Direction.Forward, big.AsSpan(at, Math.Min(700, big.Length - at)));
        var items = conversation.Send(Direction.Forward, Message(Request, CreditControl, 2)).Send(Direction.Reverse, Message(Answer, CreditControl, 1)).Send(Direction.Reverse, Message(Answer, CreditControl, 2)).End();
        Assert.Equal(["dissection", null], items.Select(i => i.Error?.ErrorType));
        Assert.Equal(big.Length, items[0].RequestSize);
    }

    [Theory]
    [InlineData("0100001C800001100100001600000001000000010000010740000008")]
    [InlineData("0200001480000110010000160000000100000001")]
    [InlineData("0100001480000001010000160000000100000001")]
    [InlineData("010000148F000110010000160000000100000001")]
    public void Other_streams_on_unusual_ports_are_none(string hex)
    {
        var data = Convert.FromHexString(hex);
        var items = new Conversation(serverPort: 5000).Send(Direction.Forward, [.. data, .. data, .. data]).End();
        // The first is a message with an empty AVP: unusual, but whole.
        Assert.Equal(hex.StartsWith("0100001C", StringComparison.Ordinal), items.Count > 0);
    }

    [CorpusFact]
    public void Counts_equal_the_truth_or_the_difference_is_explained()
    {
        var differences = Path.Combine(RepositoryFiles.Root, "tests", "Wirehook.Dissection.Tests", "Protocols", "Diameter", "truth-differences.tsv");
        var unexplained = CorpusCounts.Unexplained(k => k.StartsWith("diameter.", StringComparison.Ordinal), KeysOf, differences, out var files, out _);
        Assert.True(unexplained.Count == 0, string.Join('\n', unexplained));
        Assert.InRange(files, 2, int.MaxValue);
    }

    private static IEnumerable<string> KeysOf(Item item)
    {
        if (item.Protocol.Name != "diameter") yield break;
        if (item.HasRequest) yield return "diameter.req";
        if (item.HasResponse) yield return "diameter.ans";
    }

    private static IEnumerable<JsonElement> Requests(IEnumerable<Item> items) => items.Select(i => JsonDocument.Parse(Conversation.ToJson(i)).RootElement.GetProperty("request"));

    private static string Show(JsonElement avp) => avp.TryGetProperty("avps", out var inner)
        ? $"{avp.GetProperty("name").GetString()}=[{string.Join(' ', inner.EnumerateArray().Select(Show))}]"
        : $"{avp.GetProperty("name").GetString()}={avp.GetProperty("value").GetRawText()}";

    private static byte[] Avp(uint code, params byte[] value) => Avp(code, value, 0);

    private static byte[] Avp(uint code, byte[] value, uint vendor)
    {
        var header = vendor == 0 ? 8 : 12;
        var avp = new byte[(header + value.Length + 3) & ~3];
        BinaryPrimitives.WriteUInt32BigEndian(avp, code);
        BinaryPrimitives.WriteUInt32BigEndian(avp.AsSpan(4), (uint)(header + value.Length) | (vendor == 0 ? 0x4000_0000U : 0xC000_0000));
        if (vendor != 0) BinaryPrimitives.WriteUInt32BigEndian(avp.AsSpan(8), vendor);
        value.CopyTo(avp, header);
        return avp;
    }

    internal static byte[] Message(byte flags, int command, uint hopByHop, params byte[] avps)
    {
        var message = new byte[20 + avps.Length];
        BinaryPrimitives.WriteUInt32BigEndian(message, 0x0100_0000 | (uint)message.Length);
        BinaryPrimitives.WriteUInt32BigEndian(message.AsSpan(4), ((uint)flags << 24) | (uint)command);
        BinaryPrimitives.WriteUInt32BigEndian(message.AsSpan(8), 16777238);
        BinaryPrimitives.WriteUInt32BigEndian(message.AsSpan(12), hopByHop);
        BinaryPrimitives.WriteUInt32BigEndian(message.AsSpan(16), hopByHop + 1000);
        avps.CopyTo(message, 20);
        return message;
    }
}
