using Wirehook.Dissection.Contract;
using Wirehook.Dissection.Engine;
using Wirehook.Dissection.Items;
using Wirehook.Dissection.Protocols.Quic;
using Wirehook.Dissection.Tests.Protocols.Tls;
using Wirehook.Packets;
using Wirehook.Packets.Flows;
using static Wirehook.Dissection.Tests.Protocols.Quic.QuicPackets;

namespace Wirehook.Dissection.Tests.Protocols.Quic;

/// <summary>QUIC connections by their first packets: keys of the specification's example, hellos in any pieces and order, retries, refused versions, damage.</summary>
public class QuicTests
{
    private static readonly byte[] First = Convert.FromHexString("8394c8f03e515708");
    private static readonly byte[] ServerChosen = Convert.FromHexString("f067a5502a4262b5");
    private static readonly byte[] Hello = TlsMessages.ClientHello([0x1301], TlsMessages.ServerName("quic.example"), TlsMessages.Extension(16, 0, 3, 2, (byte)'h', (byte)'3'), TlsMessages.Extension(43, 2, 3, 4));
    private static readonly byte[] Answer = TlsMessages.ServerHello(0x1301, TlsMessages.Extension(43, 3, 4));

    [Fact]
    public void The_server_s_packet_of_the_specification_opens()
    {
        // RFC 9001 appendix A.3.
        var packet = Convert.FromHexString("cf000000010008f067a5502a4262b5004075c0d95a482cd0991cd25b0aac406a5816b6394100f37a1c69797554780bb38cc5a99f5ede4cf73c3ec2493a1839b3dbcba3f6ea46c5b7684df3548e7ddeb9c3bf9c73cc3f3bded74b562bfb19fb84022f8ef4cdd93795d77d06edbb7aaf2f58891850abbdca3d20398c276456cbc42158407dd074ee");
        Assert.True(LongHeader.TryRead(packet, out var header));
        var keys = InitialKeys.Derive(QuicVersion.Of(1)!, First);
        var frames = new byte[packet.Length];
        Assert.False(keys.Client.TryOpen(header, frames, out _));
        Assert.True(keys.Server.TryOpen(header, frames, out var length));
        var reader = new FrameReader(frames.AsSpan(0, length));
        Assert.True(reader.TryReadCrypto(out var offset, out var data));
        Assert.Equal((0L, 2, 90), (offset, (int)data[0], data.Length));
        Assert.False(reader.TryReadCrypto(out _, out _));
    }

    [Fact]
    public void Hellos_make_one_item()
    {
        var flow = new QuicFlow();
        flow.Client(Initial(true, First, First, [1, 2], 0, Crypto(0, Hello), 1162));
        flow.Server(Initial(false, First, [1, 2], ServerChosen, 0, [2, 0, 0, 0, 0, .. Crypto(0, Answer)]));
        var item = TlsMessages.Json(flow.Items.Single());
        Assert.Equal(("quic.example", "h3", "q13d0103h3"), (item.GetProperty("request").GetProperty("sni").GetString(),
            item.GetProperty("request").GetProperty("alpn")[0].GetString(), item.GetProperty("request").GetProperty("ja4").GetString()!.Split('_')[0]));
        Assert.Equal(("QUIC 1", "0102", "8394c8f03e515708"), (item.GetProperty("quic").GetProperty("versionName").GetString(),
            item.GetProperty("quic").GetProperty("clientConnectionId").GetString(), item.GetProperty("quic").GetProperty("serverConnectionId").GetString()));
        Assert.Equal("TLS_AES_128_GCM_SHA256", item.GetProperty("response").GetProperty("cipherSuiteName").GetString());
        Assert.Equal(0, flow.Engine.Memory.Bytes);
    }

    [Fact]
    public void Pieces_of_a_hello_come_in_any_order_and_overlap()
    {
        for (var seed = 0; seed < 100; seed++)
        {
            var (random, flow, frames) = (new Random(seed), new QuicFlow(), new List<byte[]>());
            for (var at = 0; at < Hello.Length;)
            {
                var length = Math.Min(random.Next(1, 40), Hello.Length - at);
                frames.Add(Crypto(at, Hello[at..(at + length)]));
                at += random.Next(1, length + 1);
            }

            var number = 0u;
            foreach (var part in frames.OrderBy(_ => random.Next()).Chunk(3)) flow.Client(Initial(true, First, First, [], number++, [.. part.SelectMany(f => f)], 300));
            flow.End();
            Assert.Equal("quic.example", TlsMessages.Json(flow.Items.Single()).GetProperty("request").GetProperty("sni").GetString());
            Assert.Equal(0, flow.Engine.Memory.Bytes);
        }
    }

    [Fact]
    public void A_retry_and_a_refused_version_are_told()
    {
        var flow = new QuicFlow();
        flow.Client(Initial(true, First, First, [1], 0, Crypto(0, Hello)));
        flow.Server([0xF0, 0, 0, 0, 1, 1, 1, 8, .. ServerChosen, .. new byte[40]]);
        flow.Client(Initial(true, ServerChosen, ServerChosen, [1], 1, Crypto(0, Hello)));
        flow.Server(Initial(false, ServerChosen, [1], ServerChosen, 0, Crypto(0, Answer)));
        Assert.True(TlsMessages.Json(flow.Items.Single()).GetProperty("quic").GetProperty("retry").GetBoolean());

        var refused = new QuicFlow();
        refused.Client(Initial(true, First, First, [1], 0, Crypto(0, Hello)));
        refused.Server([0x80, 0, 0, 0, 0, 1, 1, 8, .. First, 0x6B, 0x33, 0x43, 0xCF, 0x1A, 0x2A, 0x3A, 0x4A]);
        refused.End();
        var offered = TlsMessages.Json(refused.Items.Single()).GetProperty("quic").GetProperty("offeredVersions").EnumerateArray().Select(v => v.GetString());
        Assert.Equal(["QUIC 2", "GREASE"], offered);
    }

    [Fact]
    public void Damaged_packets_do_no_harm()
    {
        for (var seed = 0; seed < 5_000; seed++)
        {
            var (random, flow) = (new Random(seed), new QuicFlow());
            byte[][] packets = [Initial(true, First, First, [1, 2], 0, Crypto(0, Hello[..60])), Initial(true, First, First, [1, 2], 1, Crypto(random.Next(80), Hello[60..])), Initial(false, First, [1, 2], ServerChosen, 0, Crypto(0, Answer))];
            var victim = random.Next(3);
            for (var changes = random.Next(1, 4); changes > 0; changes--) packets[victim][random.Next(packets[victim].Length)] ^= (byte)(1 << random.Next(8));
            if (random.Next(3) == 0) packets[victim] = packets[victim][..random.Next(packets[victim].Length)];
            flow.Client(packets[0]);
            flow.Client(packets[1]);
            flow.Server(packets[2]);
            flow.End();
            Assert.All(flow.Items, i => Assert.NotEmpty(Conversation.ToJson(i)));
            Assert.Equal(0, flow.Engine.Memory.Bytes);
        }
    }

    [Fact]
    public void What_only_looks_like_quic_is_left_to_others()
    {
        var flow = new QuicFlow();
        var packet = Initial(true, First, First, [1], 0, Crypto(0, Hello));
        packet[^1] ^= 1;
        flow.Client(packet);
        flow.Client([0xE0, 0, 0, 0, 1, 1, 1, 1, 1, 0x40, 60, .. new byte[60]]);
        flow.End();
        Assert.Empty(flow.Items);
        Assert.Equal(2, flow.Unidentified);
    }

    /// <summary>A UDP flow and its items.</summary>
    private sealed class QuicFlow : IItemSink
    {
        private readonly LossLedger _ledger = new();
        private readonly IFlowHandler _handler;
        private long _now = 1_678_675_066_000_000_000;

        public QuicFlow()
        {
            Engine = new DissectionEngine(new DissectionOptions(), _ledger, this);
            _handler = Engine.OnFlowStarted(new Flow(1, TransportProtocol.Udp, new Endpoint(default, 40000), new Endpoint(default, 443), new Timestamp(_now)))!;
        }

        public DissectionEngine Engine { get; }

        public List<Item> Items { get; } = [];

        public long Unidentified => _ledger.Counters.Single(c => c.Reason == "unidentified-datagram").Count;

        public void OnItem(Item item) => Items.Add(item);

        public void Client(byte[] datagram) => Send(Direction.Forward, datagram);

        public void Server(byte[] datagram) => Send(Direction.Reverse, datagram);

        public void End() => _handler.OnEnd(FlowEnd.CaptureEnded, new Timestamp(_now));

        private void Send(Direction direction, byte[] datagram) => _handler.OnDatagram(direction, datagram, 0, new Timestamp(_now += 1_000_000));
    }
}
