using Wirehook.Dissection.Contract;
using Wirehook.Dissection.Engine;
using Wirehook.Dissection.Items;
using Wirehook.Packets;
using Wirehook.Packets.Flows;
using static Wirehook.Dissection.Tests.Protocols.Tls.TlsMessages;

namespace Wirehook.Dissection.Tests.Protocols.Tls;

/// <summary>Handshakes over datagrams: pieces, repetitions, cookies, and what only looks like DTLS.</summary>
public class DtlsTests : IItemSink
{
    private readonly List<Item> _items = [];
    private readonly DissectionEngine _engine;
    private readonly IFlowHandler _flow;
    private long _now = 1_678_675_066_000_000_000;

    public DtlsTests()
    {
        _engine = new DissectionEngine(new DissectionOptions(), new LossLedger(), this);
        _flow = _engine.OnFlowStarted(new Flow(1, TransportProtocol.Udp, new Endpoint(default, 40000), new Endpoint(default, 4433), new Timestamp(_now)))!;
    }

    void IItemSink.OnItem(Item item) => _items.Add(item);

    [Fact]
    public void Pieces_in_any_order_and_repetitions_make_one_handshake()
    {
        var hello = Hello(ClientHello([0xC02B], ServerName("dtls.example")));
        for (var seed = 0; seed < 50; seed++)
        {
            var random = new Random(seed);
            var test = new DtlsTests();
            foreach (var piece in Pieces(1, hello, random).OrderBy(_ => random.Next())) test.Client(Record(piece));
            test.Client(Record(Fragment(1, hello, 0, 20)));
            test.Server(Record(Fragment(0, Hello(ServerHello(0xC02B)), 0, Hello(ServerHello(0xC02B)).Length - 4)));
            test.End();
            var item = Json(test._items.Single());
            Assert.Equal(("dtls.example", "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256", "udp"), (item.GetProperty("request").GetProperty("sni").GetString(),
                item.GetProperty("response").GetProperty("cipherSuiteName").GetString(), item.GetProperty("protocol").GetProperty("layer4").GetString()));
            Assert.False(item.GetProperty("response").GetProperty("retried").GetBoolean());
            Assert.Equal(0, test._engine.Memory.Bytes);
        }
    }

    [Fact]
    public void A_hello_that_comes_again_with_a_cookie_is_the_same_handshake()
    {
        var hello = Hello(ClientHello([0xC02B]));
        Client(Record(Fragment(0, hello, 0, hello.Length - 4)));
        Server(Record(Fragment(0, Message(3, 0xFE, 0xFF, 1, 9), 0, 4)));
        Client(Record(Fragment(1, hello, 0, hello.Length - 4)));
        Server(Record(Fragment(1, Hello(ServerHello(0xC02B)), 0, Hello(ServerHello(0xC02B)).Length - 4)));
        End();
        Assert.True(Json(_items.Single()).GetProperty("response").GetProperty("retried").GetBoolean());
    }

    [Fact]
    public void Each_association_on_the_same_ports_is_a_handshake()
    {
        var (first, answer) = (Hello(ClientHello([0xC02B], ServerName("first.example"))), Hello(ServerHello(0xC02B)));
        var second = Hello(ClientHello([0xC02B], ServerName("second.example")));
        second[6] ^= 0xFF;
        foreach (var hello in new[] { first, second })
        {
            Client(Record(Fragment(0, hello, 0, hello.Length - 4)));
            Client(Record(Fragment(0, hello, 0, hello.Length - 4)));
            Server(Record(Fragment(0, answer, 0, answer.Length - 4)));
            Client(Record(Fragment(1, Message(16, 1, 2, 3, 4), 0, 4)));
            Client([23, 0xFE, 0xFD, 0, 1, 0, 0, 0, 0, 0, 0, 0, 4, 1, 2, 3, 4]);
            Client(Record(Fragment(0, hello, 0, hello.Length - 4)));
        }

        End();
        Assert.Equal(["first.example", "second.example"], _items.Select(i => Json(i).GetProperty("request").GetProperty("sni").GetString()));
        Assert.All(_items, i => Assert.False(Json(i).GetProperty("response").GetProperty("retried").GetBoolean()));
        Assert.Equal(0, _engine.Memory.Bytes);
    }

    [Theory]
    [InlineData("16fefd00000000000000000000")]
    [InlineData("16fefd0000000000000000ffff0101")]
    [InlineData("800020011234")]
    [InlineData("17fefd00010000000000010003aabbccdd")]
    public void What_is_no_dtls_gives_nothing(string hexadecimal)
    {
        Client(Convert.FromHexString(hexadecimal));
        End();
        Assert.Empty(_items);
        Assert.Equal(0, _engine.Memory.Bytes);
    }

    private static byte[] Record(byte[] body) => [22, 0xFE, 0xFD, 0, 0, 0, 0, 0, 0, 0, 1, (byte)(body.Length >> 8), (byte)body.Length, .. body];

    /// <summary>A hello of TLS as DTLS has it: its version, and a cookie behind the client's session id.</summary>
    private static byte[] Hello(byte[] message)
    {
        byte[] body = message[0] == 1 ? [0xFE, 0xFD, .. message[6..39], 0, .. message[39..]] : [0xFE, 0xFD, .. message[6..]];
        return Message(message[0], body);
    }

    private static byte[] Fragment(int number, byte[] message, int offset, int length) =>
        [message[0], message[1], message[2], message[3], 0, (byte)number, 0, (byte)(offset >> 8), (byte)offset, 0, (byte)(length >> 8), (byte)length, .. message.AsSpan(4 + offset, length)];

    private static List<byte[]> Pieces(int number, byte[] message, Random random)
    {
        var pieces = new List<byte[]>();
        for (var at = 0; at < message.Length - 4;)
        {
            var length = Math.Min(random.Next(1, 50), message.Length - 4 - at);
            pieces.Add(Fragment(number, message, at, length));
            at += length;
        }

        return pieces;
    }

    private void Client(byte[] datagram) => _flow.OnDatagram(Direction.Forward, datagram, 0, new Timestamp(_now += 1_000_000));

    private void Server(byte[] datagram) => _flow.OnDatagram(Direction.Reverse, datagram, 0, new Timestamp(_now += 1_000_000));

    private void End() => _flow.OnEnd(FlowEnd.CaptureEnded, new Timestamp(_now));
}
