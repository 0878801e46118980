using System.Text;
using System.Text.Json;
using Wirehook.Dissection.Contract;
using Wirehook.Dissection.Engine;
using Wirehook.Dissection.Items;
using Wirehook.Dissection.Tests.Protocols.Dns;
using Wirehook.Packets;
using Wirehook.Packets.Flows;

namespace Wirehook.Dissection.Tests.Protocols.Ssdp;

/// <summary>HTTP messages in datagrams: one item each, by content on any port, never an error for being alone.</summary>
public sealed class SsdpTests : IItemSink
{
    private const string Search = "M-SEARCH * HTTP/1.1\r\nHOST: 239.255.255.250:1900\r\nMAN: \"ssdp:discover\"\r\nMX: 1\r\nST: ssdp:all\r\n\r\n";
    private const string Found = "HTTP/1.1 200 OK\r\nCACHE-CONTROL: max-age=1800\r\nST: upnp:rootdevice\r\nLOCATION: http://10.0.0.2/d.xml\r\n\r\n";
    private readonly List<Item> _items = [];
    private readonly LossLedger _losses = new();
    private readonly DissectionEngine _engine;

    public SsdpTests() => _engine = new DissectionEngine(new DissectionOptions(), _losses, this);

    void IItemSink.OnItem(Item item) => _items.Add(item);

    [Fact]
    public void A_search_is_an_item_of_its_own()
    {
        var flow = Open(50000, 1900);
        flow.OnDatagram(Direction.Forward, Encoding.ASCII.GetBytes(Search), 0, DnsHarness.Start);
        flow.OnEnd(FlowEnd.Expired, DnsHarness.Start);
        var json = Json(Assert.Single(_items));
        Assert.Equal("http SSDP udp", string.Join(' ', new[] { "name", "abbr", "layer4" }.Select(f => json.GetProperty("protocol").GetProperty(f).GetString())));
        Assert.Equal("M-SEARCH *", $"{json.GetProperty("request").GetProperty("method").GetString()} {json.GetProperty("request").GetProperty("path").GetString()}");
        Assert.Equal("ssdp:all", json.GetProperty("request").GetProperty("headers").GetProperty("St").GetString());
        Assert.Equal("1900", json.GetProperty("dst").GetProperty("port").GetString());
        Assert.False(json.TryGetProperty("error", out _));
    }

    [Fact]
    public void An_answer_is_recognised_on_any_port_and_goes_to_the_asker()
    {
        Open(40001, 40002).OnDatagram(Direction.Forward, Encoding.ASCII.GetBytes(Found), 0, DnsHarness.Start);
        var json = Json(Assert.Single(_items));
        Assert.Equal(200, json.GetProperty("response").GetProperty("status").GetInt32());
        Assert.Equal("40002", json.GetProperty("src").GetProperty("port").GetString());
        Assert.Equal((0, 1), ((int)Http.Requests, (int)Http.Responses));
    }

    [Fact]
    public void A_body_is_kept_and_a_missing_empty_line_is_forgiven()
    {
        var flow = Open(50000, 1900);
        flow.OnDatagram(Direction.Forward, "NOTIFY * HTTP/1.1\r\nNTS: upnp:propchange\r\nContent-Length: 3\r\n\r\nabc??"u8, 0, DnsHarness.Start);
        flow.OnDatagram(Direction.Forward, "NOTIFY * HTTP/1.1\r\nNTS: ssdp:byebye\r\n"u8, 0, DnsHarness.Start);
        Assert.Equal("abc", Json(_items[0]).GetProperty("request").GetProperty("postData").GetProperty("text").GetString());
        Assert.Equal("ssdp:byebye", Json(_items[1]).GetProperty("request").GetProperty("headers").GetProperty("Nts").GetString());
        Assert.Equal(2, Http.Requests);
    }

    [Fact]
    public void A_datagram_that_the_capture_cut_says_so_and_is_not_counted()
    {
        Open(50000, 1900).OnDatagram(Direction.Forward, Encoding.ASCII.GetBytes(Search).AsSpan(0, 60), 40, DnsHarness.Start);
        Assert.Equal("gap", Assert.Single(_items).Error!.ErrorType);
        Assert.Equal(0, Http.Requests);
    }

    [Theory]
    [InlineData("SEARCH me please\r\n")]
    [InlineData("INVITE sip:a@b SIP/2.0\r\nVia: x\r\n\r\n")]
    [InlineData("GET / HTTP/1.1\r\nthis is no header\r\n\r\n")]
    [InlineData("")]
    public void Other_datagrams_are_not_taken_for_it(string payload)
    {
        Open(50000, 1900).OnDatagram(Direction.Forward, Encoding.ASCII.GetBytes(payload), 0, DnsHarness.Start);
        Assert.Empty(_items);
    }

    [Fact]
    public void Mutated_datagrams_never_throw()
    {
        var text = new StringBuilder();
        for (var seed = 0; seed < 20_000; seed++)
        {
            var random = new Random(seed);
            var bytes = Encoding.ASCII.GetBytes(random.Next(2) == 0 ? Search : Found);
            for (var i = random.Next(6); i > 0; i--) bytes[random.Next(bytes.Length)] = random.Next(2) == 0 ? (byte)random.Next(256) : "\r\n :"u8[random.Next(4)];
            Open(50000, 1900).OnDatagram(Direction.Forward, bytes.AsSpan(0, random.Next(bytes.Length + 1)), random.Next(2), DnsHarness.Start);
            foreach (var item in _items) ItemJson.Write(item, text.Clear());
            _items.Clear();
        }
    }

    private static JsonElement Json(Item item) => JsonDocument.Parse(Conversation.ToJson(item)).RootElement;

    private ProtocolStatistics Http => _engine.Statistics.Single(s => s.Protocol == "http");

    private IFlowHandler Open(ushort from, ushort to) =>
        _engine.OnFlowStarted(new Flow(1, TransportProtocol.Udp, DnsHarness.At("10.0.0.1", from), DnsHarness.At("239.255.255.250", to), DnsHarness.Start))!;
}
