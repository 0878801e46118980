using Wirehook.Packets;

namespace Wirehook.Dissection.Tests.Protocols.Icmp;

/// <summary>ICMP messages: pairs by identifier and sequence number, errors with the packet they quote, neighbour and listener discovery.</summary>
public class IcmpTests
{
    private const string A = "10.0.0.1";
    private const string B = "10.0.0.2";

    [Fact]
    public void A_reply_meets_its_request_whatever_came_between()
    {
        var flow = new MessageFlow(TransportProtocol.Icmp).Send(A, 0, B, 0, Echo(8, 7, 1)).Send(A, 0, B, 0, Echo(8, 7, 2)).Send(B, 0, A, 0, Echo(0, 7, 2)).Send(B, 0, A, 0, Echo(0, 7, 1));
        flow.End();
        Assert.Equal(2, flow.Items.Count);
        Assert.Equal([(2, 1L), (1, 3L)], flow.Json.Select(j => (j.GetProperty("request").GetProperty("sequence").GetInt32(), j.GetProperty("elapsedTime").GetInt64())));
        var first = flow.Json[0];
        Assert.Equal("EchoRequest EchoReply", $"{first.GetProperty("request").GetProperty("type").GetString()} {first.GetProperty("response").GetProperty("type").GetString()}");
        Assert.Equal((4, 12, A, "0"), (first.GetProperty("request").GetProperty("version").GetInt32(), first.GetProperty("request").GetProperty("length").GetInt32(),
            first.GetProperty("src").GetProperty("ip").GetString(), first.GetProperty("src").GetProperty("port").GetString()));
        Assert.Equal("000000000001_icmp.pcap", first.GetProperty("stream").GetString());
        Assert.Equal("AQIDBA==", first.GetProperty("response").GetProperty("payload").GetString());
    }

    [Fact]
    public void Hosts_that_ping_each_other_with_the_same_numbers_are_kept_apart()
    {
        var flow = new MessageFlow(TransportProtocol.Icmp).Send(A, 0, B, 0, Echo(8, 1, 1)).Send(B, 0, A, 0, Echo(8, 1, 1)).Send(A, 0, B, 0, Echo(0, 1, 1)).Send(B, 0, A, 0, Echo(0, 1, 1));
        flow.End();
        Assert.Equal([B, A], flow.Json.Select(j => j.GetProperty("src").GetProperty("ip").GetString()!));
        Assert.All(flow.Items, i => Assert.True(i.HasRequest && i.HasResponse && i.Error is null));
    }

    [Fact]
    public void A_host_that_pings_itself_gets_its_reply()
    {
        var flow = new MessageFlow(TransportProtocol.Icmp).Send(A, 0, A, 0, Echo(8, 1, 1)).Send(A, 0, A, 0, Echo(0, 1, 1));
        Assert.True(Assert.Single(flow.Items) is { HasRequest: true, HasResponse: true, Error: null });
    }

    [Fact]
    public void Without_partner_a_message_says_so_and_a_reply_belongs_to_its_asker()
    {
        var flow = new MessageFlow(TransportProtocol.Icmp).Send(A, 0, B, 0, Echo(8, 1, 1)).Send(B, 0, A, 0, Echo(0, 1, 2));
        flow.End();
        Assert.Equal(["pair-not-found", "pair-not-found"], flow.Items.Select(i => i.Error!.ErrorType));
        Assert.Equal((A, false, true), (flow.Json[0].GetProperty("src").GetProperty("ip").GetString(), flow.Items[0].HasRequest, flow.Items[0].HasResponse));
        Assert.Equal(0, flow.Engine.Memory.Bytes);
    }

    [Fact]
    public void A_timestamp_reply_is_no_echo_reply()
    {
        var flow = new MessageFlow(TransportProtocol.Icmp).Send(A, 0, B, 0, Echo(13, 1, 1)).Send(B, 0, A, 0, Echo(0, 1, 1)).Send(B, 0, A, 0, Echo(14, 1, 1));
        Assert.Equal([false, true], flow.Items.Select(i => i.HasRequest));
        Assert.Equal("TimestampReply", flow.Json[1].GetProperty("response").GetProperty("type").GetString());
    }

    [Fact]
    public void An_error_names_the_conversation_that_failed()
    {
        var flow = new MessageFlow(TransportProtocol.Icmp).Send("10.0.0.254", 0, A, 0,
            Hex("0304FCFF00000578" + "4500001C000140000111AAAA" + "0A000001" + "C0A80105" + "9C400035" + "00080000"));
        var request = Assert.Single(flow.Json).GetProperty("request");
        Assert.Equal(("DestinationUnreachable", "FragmentationNeeded", 1400), (request.GetProperty("type").GetString(), request.GetProperty("codeName").GetString(), request.GetProperty("mtu").GetInt32()));
        Assert.Equal("""{"dstIp":"192.168.1.5","dstPort":53,"length":28,"protocol":"udp","srcIp":"10.0.0.1","srcPort":40000,"ttl":1}""", request.GetProperty("quoted").GetRawText());
        Assert.Null(flow.Items[0].Error);
    }

    [Fact]
    public void An_icmpv6_error_quotes_behind_extension_headers()
    {
        var inner = "60000000" + "0010" + "2C40" + Address("::1") + Address("2001:db8::9") + "06000000" + "00000001" + "9C4001BB" + "00000000";
        var request = Assert.Single(new MessageFlow(TransportProtocol.Icmpv6).Send("fe80::1", 0, "fe80::2", 0, Hex("0200AAAA" + "00000500" + inner)).Json).GetProperty("request");
        Assert.Equal(("PacketTooBig", 1280, 443), (request.GetProperty("type").GetString(), request.GetProperty("mtu").GetInt32(), request.GetProperty("quoted").GetProperty("dstPort").GetInt32()));
        Assert.Equal(("tcp", "2001:db8::9"), (request.GetProperty("quoted").GetProperty("protocol").GetString(), request.GetProperty("quoted").GetProperty("dstIp").GetString()));
    }

    [Fact]
    public void Neighbour_discovery_shows_target_options_and_flags()
    {
        var advertisement = Hex("8800AAAAE0000000" + Address("fe80::5") + "0201AABBCCDDEEFF");
        var router = Hex("8600AAAA40C00708" + "00000000" + "00000000" + "0501000000000578" + "030440C0" + "00000E10" + "00000E10" + "00000000" + Address("2001:db8:1::") + "1903000000000E10" + Address("2001:db8::53"));
        var flow = new MessageFlow(TransportProtocol.Icmpv6).Send("fe80::5", 0, "ff02::1", 0, advertisement).Send("fe80::5", 0, "ff02::1", 0, router);
        var (neighbour, advertised) = (flow.Json[0].GetProperty("request"), flow.Json[1].GetProperty("request"));
        Assert.Equal(("fe80::5", "aa:bb:cc:dd:ee:ff", """["router","solicited","override"]"""),
            (neighbour.GetProperty("target").GetString(), neighbour.GetProperty("linkLayerAddress").GetString(), neighbour.GetProperty("flags").GetRawText()));
        Assert.Equal(("""["managed","other"]""", 64, 1800, 1400), (advertised.GetProperty("flags").GetRawText(), advertised.GetProperty("hopLimit").GetInt32(),
            advertised.GetProperty("lifetime").GetInt32(), advertised.GetProperty("mtu").GetInt32()));
        Assert.Equal("""["2001:db8:1::/64"] ["2001:db8::53"]""", $"{advertised.GetProperty("prefixes").GetRawText()} {advertised.GetProperty("dnsServers").GetRawText()}");
    }

    [Fact]
    public void A_listener_report_names_its_groups()
    {
        var report = Hex("8F00AAAA00000002" + "04000001" + Address("ff02::fb") + Address("fe80::9") + "03000000" + Address("ff05::2"));
        var request = Assert.Single(new MessageFlow(TransportProtocol.Icmpv6).Send("fe80::5", 0, "ff02::16", 0, report).Json).GetProperty("request");
        Assert.Equal("""["ff02::fb","ff05::2"]""", request.GetProperty("groups").GetRawText());
    }

    [Theory]
    [InlineData("08", 11, "gap")]
    [InlineData("0800AAAA", 0, "dissection")]
    public void A_short_message_is_an_item_with_an_error(string hex, int missing, string error) =>
        Assert.Equal(error, Assert.Single(new MessageFlow(TransportProtocol.Icmp).Send(A, 0, B, 0, Hex(hex), missing).Items).Error!.ErrorType);

    [Fact]
    public void Every_field_of_damaged_messages_reads()
    {
        string[] seeds = ["0304FCFF000005784500001C000140000111AAAA0A000001C0A801059C40003500080000", "8600AAAA40C00708000000000000000005010000000005780304", "8F00AAAA00000002040000FF"];
        for (var seed = 0; seed < 20_000; seed++)
        {
            var random = new Random(seed);
            var bytes = Hex(seeds[random.Next(seeds.Length)]);
            for (var i = random.Next(4); i >= 0; i--) bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            var flow = new MessageFlow(random.Next(2) == 0 ? TransportProtocol.Icmp : TransportProtocol.Icmpv6).Send(A, 0, B, 0, bytes.AsSpan(0, random.Next(bytes.Length + 1)), random.Next(2));
            flow.End();
            foreach (var item in flow.Items) Assert.NotEmpty(Conversation.ToJson(item));
        }
    }

    private static string Address(string ip) => Convert.ToHexString(System.Net.IPAddress.Parse(ip).GetAddressBytes());

    private static byte[] Hex(string text) => Convert.FromHexString(text);

    private static byte[] Echo(byte type, ushort id, ushort sequence) => [type, 0, 0, 0, (byte)(id >> 8), (byte)id, (byte)(sequence >> 8), (byte)sequence, 1, 2, 3, 4];
}
