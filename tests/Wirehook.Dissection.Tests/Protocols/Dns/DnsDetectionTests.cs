using System.Text;
using Wirehook.Dissection.Items;
using static Wirehook.Dissection.Tests.Protocols.Dns.DnsMessageBuilder;

namespace Wirehook.Dissection.Tests.Protocols.Dns;

/// <summary>What is taken for DNS, on its ports and elsewhere, and what hostile messages do.</summary>
public class DnsDetectionTests
{
    private readonly DnsHarness _harness = new();

    [Fact]
    public void Seed_record_comes_out_field_for_field()
    {
        var name = "session-db.sock-shop.svc.cluster.local";
        var flow = _harness.Udp();
        flow.Ask(Query(1, name));
        flow.Answer(AddressResponse(1, name, 10, 101, 46, 75));
        var text = new StringBuilder();
        ItemJson.Write(_harness.Items[0], text);
        Assert.Equal(
            """
            {"dst":{"ip":"172.17.0.3","name":"","port":"53"},"elapsedTime":0,"failed":false,"id":"192.168.49.2:8897/000000000001_udp.pcap-0","index":0,"namespace":"","node":{"ip":"192.168.49.2","name":"mizu"},"outgoing":false,"passed":false,
            "protocol":{"abbr":"DNS","backgroundColor":"#606060","fontSize":12,"foregroundColor":"#ffffff","layer4":"udp","longName":"Domain Name System","macro":"dns","name":"dns","ports":[],"priority":4,"referenceLink":"https://www.iana.org/assignments/dns-parameters/dns-parameters.xhtml","version":"0"},
            "request":{"opCode":"Query","questions":[{"class":"IN","name":"session-db.sock-shop.svc.cluster.local","type":"A"}]},"requestSize":56,
            "response":{"answers":[{"class":"IN","cname":"","ip":"10.101.46.75","mx":"","name":"session-db.sock-shop.svc.cluster.local","ns":"","opt":"","ptr":"","soa":"","srv":"","ttl":24,"txts":"","type":"A","uri":""}],"code":"No Error"},"responseSize":72,
            "src":{"ip":"172.17.0.1","name":"","port":"33305"},"startTime":"2023-03-13T02:37:49.958762876Z","stream":"000000000001_udp.pcap","timestamp":1678675069958,"tls":false,"worker":"192.168.49.2:8897"}
            """.ReplaceLineEndings(""),
            text.ToString());
    }

    [Fact]
    public void Whole_messages_are_recognised_on_any_port()
    {
        var flow = _harness.Udp(serverPort: 9953, clientPort: 40_001);
        flow.Ask(Query(1, "a.example", type: 65));
        flow.Answer(new DnsMessageBuilder(1, 0x8183, authorities: 1).Question("a.example", 65).Record([0xC0, 12], 6, DnsRecordTests.Data("n:a n:b 00000001 00000001 00000001 00000001 00000001")).ToArray());
        Assert.True(Assert.Single(_harness.Items) is { HasRequest: true, HasResponse: true });
    }

    [Theory]
    [InlineData("00010100000100000000000003777777000001000100")] // a byte follows
    [InlineData("000101000001000000000000037777770000010002")] // class 2 is none that is used
    [InlineData("0001010000010000000000000377777700FFF00001")] // unassigned type
    [InlineData("0001010000020000000000000377777700000100010377777700000100")] // second question
    [InlineData("0001B10000010000000000000377777700000100 01")] // opcode 6
    [InlineData("00010140000100000000000003777777000001 0001")] // reserved bit
    [InlineData("000101000001000000000000")] // nothing behind the header
    public void Lookalikes_on_other_ports_are_not_taken(string hex)
    {
        _harness.Udp(serverPort: 9953, clientPort: 40_001).Ask(Convert.FromHexString(hex.Replace(" ", "")));
        Assert.Empty(_harness.Items);
        Assert.Equal(1, _harness.Lost("unidentified-datagram"));
    }

    [Fact]
    public void Unassigned_opcode_is_believed_at_a_dns_port_where_the_whole_message_parses()
    {
        var flow = _harness.Udp(serverPort: 5355);
        flow.Ask(Query(1, "test-host.local", flags: 0x7900));
        flow.Ask([.. Query(2, "test-host.local", flags: 0x7900), 0]);
        flow.End();
        Assert.Equal("Opcode 15", _harness.Json(0).GetProperty("request").GetProperty("opCode").GetString());
        Assert.Single(_harness.Items);
    }

    [Fact]
    public void Port_53_decides_whatever_port_the_client_uses()
    {
        _harness.Udp(serverPort: 53, clientPort: 5353).Answer(AddressResponse(1, "a.example", 1, 1, 1, 1));
        Assert.Equal("dns", Assert.Single(_harness.Items).Protocol.Name);
    }

    [Fact]
    public void NetBios_names_are_not_dns()
    {
        var flow = _harness.Udp(serverPort: 137, clientPort: 137);
        flow.Ask(Query(1, "FHEPFCELEHFCEPFFFACACACACACACABL", type: 33));
        flow.End();
        Assert.Empty(_harness.Items);
    }

    [Fact]
    public void Message_cut_by_the_snap_length_shows_what_is_there()
    {
        var flow = _harness.Udp();
        var response = AddressResponse(1, "a.example", 1, 2, 3, 4);
        flow.Ask(Query(1, "a.example"));
        flow.Answer(response[..^6], missing: 6);
        var item = _harness.Json(0);
        Assert.Equal(response.Length, item.GetProperty("responseSize").GetInt32());
        Assert.False(item.GetProperty("response").TryGetProperty("answers", out _));
        flow.Ask(Query(2, "a.example")[..20], missing: 7);
        Assert.Equal("gap", _harness.Items[1].Error?.ErrorType);
    }

    [Fact]
    public void Damaged_question_at_a_dns_port_is_an_item_that_says_so()
    {
        var flow = _harness.Udp();
        flow.Ask([.. Query(1, "")[..12], 0xC0, 0x0C, 0, 1, 0, 1]); // its name points at itself
        flow.Ask([.. Query(2, "")[..12], 3, (byte)'a']);
        Assert.Equal(["dissection", "dissection"], _harness.Items.Select(i => i.Error?.ErrorType));
        Assert.Equal(0, _harness.Json(0).GetProperty("request").GetProperty("questions").GetArrayLength());
    }

    [Fact]
    public void Junk_in_a_dns_flow_is_counted()
    {
        var flow = _harness.Udp();
        flow.Answer(AddressResponse(1, "a.example", 1, 1, 1, 1));
        flow.Ask([1, 2, 3]);
        Assert.Single(_harness.Items);
        Assert.Equal(1, _harness.Lost("rejected-datagram"));
    }

    [Fact]
    public void Mutated_messages_never_throw()
    {
        byte[][] seeds =
        [
            Query(1, "www.example.com", 65),
            AddressResponse(1, "www.example.com", 1, 2, 3, 4),
            .. DnsRecordTests.Types.Select(row => new DnsMessageBuilder(1, 0x8180, answers: 1, additionals: 1).Question("example.com")
                .Record([0xC0, 12], (ushort)(int)row[1], DnsRecordTests.Data((string)row[2])).Record([0], 41, [0, 8, 0, 7, 0, 1, 24, 0, 192, 0, 2, 0]).ToArray()),
        ];
        var random = new Random(20_231);
        for (var round = 0; round < 100_000; round++)
        {
            var message = Mutate((byte[])seeds[random.Next(seeds.Length)].Clone(), random);
            if (round % 4 == 0) FeedStream(message, random);
            else FeedDatagram(message, random);
        }
    }

    private static byte[] Mutate(byte[] message, Random random)
    {
        for (var i = random.Next(1, 6); i > 0; i--) message[random.Next(message.Length)] = (byte)(random.Next(3) == 0 ? 0xC0 : random.Next(256));
        return random.Next(4) == 0 ? message[..random.Next(message.Length)] : message;
    }

    private void FeedDatagram(byte[] message, Random random)
    {
        var flow = _harness.Udp(serverPort: (ushort)(random.Next(3) == 0 ? 5353 : 53));
        if (random.Next(2) == 0) flow.Ask(message);
        else flow.Answer(message, missing: random.Next(2));
        flow.End();
        ReadAll();
    }

    private void FeedStream(byte[] message, Random random)
    {
        var flow = _harness.Tcp(handshake: random.Next(2) == 0);
        var bytes = DnsFlow.Framed(Query(1, "a.example"), message, AddressResponse(1, "a.example", 1, 1, 1, 1));
        var cut = random.Next(bytes.Length);
        flow.Send(Packets.Flows.Direction.Forward, bytes.AsSpan(0, cut + 1));
        if (random.Next(2) == 0) flow.Gap(Packets.Flows.Direction.Forward, random.Next(1, 50));
        if (cut + 1 < bytes.Length) flow.Send(Packets.Flows.Direction.Forward, bytes.AsSpan(cut + 1));
        flow.End();
        ReadAll();
    }

    private void ReadAll()
    {
        var text = new StringBuilder();
        foreach (var item in _harness.Items) ItemJson.Write(item, text.Clear());
        _harness.Items.Clear();
    }
}
