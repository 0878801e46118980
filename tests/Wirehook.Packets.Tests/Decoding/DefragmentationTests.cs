using Wirehook.Packets.Decoding;
using static Wirehook.Packets.Tests.Decoding.Frames;

namespace Wirehook.Packets.Tests.Decoding;

public sealed class DefragmentationTests
{
    private const long Second = 1_000_000_000;
    private readonly LossLedger _ledger = new();
    private readonly byte[] _datagram = Udp(Enumerable.Range(0, 4000).Select(i => (byte)(i * 7)).ToArray());
    private PacketDecoder _decoder;

    public DefragmentationTests() => _decoder = new PacketDecoder(_ledger);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Fragments_in_any_order_make_the_datagram(bool six)
    {
        for (var seed = 0; seed < 200; seed++)
        {
            var random = new Random(seed);
            var pieces = Split(random);
            random.Shuffle(pieces);
            for (var i = 0; i < pieces.Length - 1; i++) Assert.Equal(DecodeStatus.FragmentHeld, Send(pieces[i], six, (uint)seed).Status);
            var whole = Send(pieces[^1], six, (uint)seed);
            Assert.Equal((DecodeStatus.Transport, 40000, true), (whole.Status, 40000, whole.Fragmented));
            Assert.Equal(_datagram[8..], whole.Payload);
            Assert.Equal(0, _decoder.FragmentsHeld);
        }

        Assert.Equal("", Losses());
    }

    [Fact]
    public void Duplicates_are_ignored_and_counted()
    {
        Send((0, 1000), false);
        Send((1000, 3000), false);
        Send((8, 1992), false);
        Assert.Equal(_datagram[8..], Send((3000, _datagram.Length), false).Payload);
        Assert.Equal("defragment/duplicate=1", Losses());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void An_overlap_drops_the_whole_datagram(bool six)
    {
        Send((0, 1000), six);
        Send((2000, 3000), six);
        Send((992, 2000), six);
        Assert.Equal("defragment/overlap=3", Losses());
        Assert.Equal(0, _decoder.FragmentsHeld);
    }

    [Fact]
    public void Fragments_that_contradict_the_end_drop_the_datagram()
    {
        Send((3000, _datagram.Length), false);
        Send((4008, 4016), false, more: true);
        Assert.Equal("defragment/malformed=2", Losses());
    }

    [Fact]
    public void Fragments_that_waited_too_long_are_given_up()
    {
        Send((0, 1000), false, time: 10 * Second);
        Send((1000, 3000), false, time: 39 * Second);
        Send((3000, _datagram.Length), false, time: 41 * Second);
        Assert.Equal(("defragment/timeout=2", 1), (Losses(), _decoder.FragmentsHeld));
        _decoder.Complete();
        Assert.Equal(("defragment/timeout=2 defragment/incomplete=1", 0), (Losses(), _decoder.FragmentsHeld));
    }

    [Fact]
    public void The_fragment_table_stays_within_its_bounds()
    {
        _decoder = new PacketDecoder(_ledger, new DefragmentationLimits(Datagrams: 10, Bytes: 1 << 20, FragmentsPerDatagram: 4));
        for (var i = 0; i < 100; i++) Send((0, 8), false, (uint)i);
        Assert.Equal(10, _decoder.FragmentsHeld);
        for (var i = 0; i < 3; i++) Send((16 + (i * 16), 24 + (i * 16)), false, 99);
        Assert.Equal(("defragment/memory=94", 9), (Losses(), _decoder.FragmentsHeld));
    }

    [Fact]
    public void Memory_is_bounded_when_every_fragment_sits_at_the_end()
    {
        _decoder = new PacketDecoder(_ledger, new DefragmentationLimits(Bytes: 1 << 20));
        for (var i = 0; i < 1000; i++) Decode(IPv4(17, new byte[8], fragment: 0x2000 | 8000, identification: i), false, 0);
        Assert.InRange(_decoder.FragmentsHeld, 1, 16);
        Assert.Equal($"defragment/memory={1000 - _decoder.FragmentsHeld}", Losses());
    }

    [Fact]
    public void Fragments_cut_by_the_snap_length_and_beyond_the_largest_datagram_are_counted()
    {
        var packet = IPv4(17, new byte[800], fragment: 0x2000);
        Decoded.Read(_ledger, _decoder, packet[..200], LinkType.Raw, packet.Length);
        Decode(IPv4(17, new byte[800], fragment: 0x1FFF), false, 0);
        Decode(IPv4(17, [], fragment: 0x0010), false, 0);
        Assert.Equal("defragment/malformed=2 defragment/cut=1", Losses());
    }

    [Fact]
    public void A_fragmented_tunnel_packet_may_carry_fragments()
    {
        var inner = Split(new Random(1)).Select(piece => IPv4(17, _datagram[piece.Start..piece.End], Flags(piece), 77)).ToArray();
        Decoded? last = null;
        for (var i = 0; i < inner.Length; i++)
        {
            var outer = Udp(Join(Hex("08000000 00000100"), Ethernet(0x0800, inner[i])), 5000, 4789);
            var middle = outer.Length / 16 * 8;
            Decode(IPv4(17, outer[..middle], 0x2000, i, source: "192.0.2.1"), false, 0);
            last = Decode(IPv4(17, outer[middle..], middle / 8, i, source: "192.0.2.1"), false, 0);
        }

        Assert.Equal(_datagram[8..], last!.Payload);
        Assert.Equal((0, ""), (_decoder.FragmentsHeld, Losses()));
    }

    private (int Start, int End)[] Split(Random random)
    {
        var cuts = Enumerable.Range(0, random.Next(2, 12)).Select(_ => random.Next(1, _datagram.Length / 8) * 8).Append(0).Append(_datagram.Length).Distinct().Order().ToArray();
        return cuts.Zip(cuts.Skip(1)).ToArray();
    }

    private int Flags((int Start, int End) piece) => (piece.Start / 8) | (piece.End < _datagram.Length ? 0x2000 : 0);

    private Decoded Send((int Start, int End) piece, bool six, uint identification = 1, bool? more = null, long time = 0)
    {
        var data = new byte[piece.End - piece.Start];
        _datagram.AsSpan(Math.Min(piece.Start, _datagram.Length)..Math.Min(piece.End, _datagram.Length)).CopyTo(data);
        var moreFollow = more ?? piece.End < _datagram.Length;
        return Decode(six ? IPv6(44, Fragment6(17, piece.Start, moreFollow, identification, data))
            : IPv4(17, data, (piece.Start / 8) | (moreFollow ? 0x2000 : 0), (int)identification), six, time);
    }

    private Decoded Decode(byte[] packet, bool six, long time) => Decoded.Read(_ledger, _decoder, packet, six ? LinkType.IPv6 : LinkType.IPv4, time: time);

    private string Losses() => string.Join(' ', _ledger.Counters.Where(c => c.Count > 0).Select(c => $"{c.Stage}/{c.Reason}={c.Count}"));
}
