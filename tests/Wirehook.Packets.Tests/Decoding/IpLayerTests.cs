using Wirehook.Packets.Decoding;
using static Wirehook.Packets.Tests.Decoding.Frames;

namespace Wirehook.Packets.Tests.Decoding;

public sealed class IpLayerTests
{
    [Fact]
    public void Ethernet_padding_is_cut_off()
    {
        var packet = Decoded.Read(Join(Ethernet(0x0800, IPv4(6, Tcp([], flags: 0x10))), new byte[6]));
        Assert.Equal((DecodeStatus.Transport, 0, 0), (packet.Status, packet.Payload.Length, packet.Missing));
    }

    [Fact]
    public void Options_of_ip_and_tcp_are_passed_over()
    {
        var packet = Decoded.Read(Ethernet(0x0800, IPv4(6, Tcp("x"u8.ToArray(), options: new byte[12]), options: new byte[8])));
        Assert.Equal("x"u8.ToArray(), packet.Payload);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(60_000)]
    public void A_total_length_of_zero_or_beyond_the_frame_means_the_rest_of_the_frame(int totalLength)
    {
        var packet = Decoded.Read(Ethernet(0x0800, IPv4(6, Tcp(new byte[3000]), totalLength: totalLength)));
        Assert.Equal((DecodeStatus.Transport, 3000, 0), (packet.Status, packet.Payload.Length, packet.Missing));
    }

    [Fact]
    public void Giants_of_segmentation_offload_are_whole()
    {
        var six = Decoded.Read(Ethernet(0x86DD, IPv6(6, Tcp(new byte[150_000]), length: 0)));
        var four = Decoded.Read(Ethernet(0x0800, IPv4(6, Tcp(new byte[150_000]), totalLength: 0)));
        Assert.Equal((150_000, 150_000), (six.Payload.Length, four.Payload.Length));
    }

    [Fact]
    public void Bytes_beyond_the_snap_length_are_missing_payload()
    {
        var frame = Ethernet(0x0800, IPv4(6, Tcp(new byte[1000])));
        var packet = Decoded.Read(frame[..96], wireLength: frame.Length);
        Assert.Equal((42, 958), (packet.Payload.Length, packet.Missing));
    }

    [Fact]
    public void Tcp_options_cut_by_the_snap_length_do_not_count_as_payload()
    {
        var frame = Ethernet(0x0800, IPv4(6, Tcp(new byte[100], options: new byte[20])));
        var packet = Decoded.Read(frame[..60], wireLength: frame.Length);
        Assert.Equal((DecodeStatus.Transport, 0, 100), (packet.Status, packet.Payload.Length, packet.Missing));
    }

    [Fact]
    public void Ipv6_extension_headers_are_passed_over()
    {
        var inner = Tcp("hello"u8.ToArray());
        var extensions = Join([43, 0], new byte[6], [60, 1], new byte[14], [51, 0], new byte[6], [6, 1], new byte[10], inner);
        var packet = Decoded.Read(Ethernet(0x86DD, IPv6(0, extensions)));
        Assert.Equal((DecodeStatus.Transport, 5), (packet.Status, packet.Payload.Length));
    }

    [Fact]
    public void An_atomic_fragment_is_a_whole_packet()
    {
        var packet = Decoded.Read(Ethernet(0x86DD, IPv6(44, Fragment6(6, 0, false, 9, Tcp("hello"u8.ToArray())))));
        Assert.Equal((DecodeStatus.Transport, false), (packet.Status, packet.Fragmented));
    }

    [Theory]
    [InlineData(0, 8)]
    [InlineData(12, 4)]
    [InlineData(60_000, 8)]
    public void A_udp_length_trims_and_an_impossible_one_does_not(int length, int payload)
    {
        var packet = Decoded.Read(Ethernet(0x0800, IPv4(17, Udp(new byte[8], length: length))));
        Assert.Equal((TransportProtocol.Udp, payload, 0), (packet.Transport, packet.Payload.Length, packet.Missing));
    }

    [Fact]
    public void Icmp_and_sctp_are_transports()
    {
        var icmp = Decoded.Read(Ethernet(0x0800, IPv4(1, Hex("0800 0000 0001 0001 61"))));
        var icmp6 = Decoded.Read(Ethernet(0x86DD, IPv6(58, Hex("8000 0000 0001 0001"))));
        var sctp = Decoded.Read(Ethernet(0x0800, IPv4(132, Hex("0B59 0B5A 00000000 00000000 01020304"))));
        Assert.Equal((TransportProtocol.Icmp, 9), (icmp.Transport, icmp.Payload.Length));
        Assert.Equal((TransportProtocol.Icmpv6, 8), (icmp6.Transport, icmp6.Payload.Length));
        Assert.Equal((TransportProtocol.Sctp, $"{Client}:2905 > {Server}:2906", 16), (sctp.Transport, sctp.Flow, sctp.Payload.Length));
    }

    [Theory]
    [InlineData("decode/malformed=1", "44 00 0014 0000 0000 40 06 0000 0A000001 0A000002 00")]
    [InlineData("decode/malformed=1", "45 00 0013 0000 0000 40 06 0000 0A000001 0A000002 00")]
    [InlineData("decode/malformed=1", "4F 00 0014 0000 0000 40 06 0000 0A000001 0A000002")]
    [InlineData("decode/malformed=1", "45 00 0018 0000 0000 40 06 0000 0A000001 0A000002 00000000")]
    [InlineData("decode/malformed=1", "45 00 0028 0000 0000 40 06 0000 0A000001 0A000002 0001 0002 00000000 00000000 4000 0000 0000 0000")]
    [InlineData("decode/unknown-protocol=1", "45 00 0018 0000 0000 40 59 0000 0A000001 0A000002 00000000")]
    [InlineData("decode/encrypted=1", "45 00 0018 0000 0000 40 32 0000 0A000001 0A000002 00000000")]
    public void Contradictions_are_counted(string losses, string packet) => Assert.Equal(losses, Decoded.Read(Hex(packet), LinkType.Raw).Losses);

    [Fact]
    public void The_shortcut_for_plain_frames_yields_what_the_layers_do()
    {
        var random = new Random(7);
        for (var round = 0; round < 20_000; round++)
        {
            var frame = Ethernet(0x0800, random.Next(2) == 0
                ? IPv4(6, Tcp(new byte[random.Next(20)], options: new byte[4 * random.Next(3)]))
                : IPv4(17, Udp(new byte[random.Next(20)], destination: random.Next(4) == 0 ? 4789 : 53)));
            for (var flips = random.Next(4); flips > 0; flips--) frame[random.Next(12, Math.Min(frame.Length, 54))] = (byte)random.Next(256);
            var kept = frame[..random.Next(frame.Length / 2, frame.Length + 1)];
            var shortcut = Decoded.Read(kept, LinkType.Ethernet, frame.Length);

            // A cooked header in place of the Ethernet header leads to the same layers without the shortcut.
            var cooked = kept.Length < 14 ? kept : Join(Hex("0000 0001 0006 0200000000010000"), kept[12..]);
            var layers = Decoded.Read(cooked, LinkType.LinuxSll, frame.Length + cooked.Length - kept.Length);
            if (frame[12] < 6) continue;
            Assert.Equal((layers.Status, layers.Flow, layers.Missing, layers.Losses), (shortcut.Status, shortcut.Flow, shortcut.Missing, shortcut.Losses));
            Assert.Equal((layers.Sequence, layers.Acknowledgment, layers.Flags), (shortcut.Sequence, shortcut.Acknowledgment, shortcut.Flags));
            Assert.Equal(layers.Payload, shortcut.Payload);
        }
    }

    [Fact]
    public void Decoding_allocates_nothing()
    {
        byte[][] frames = [Ethernet(0x0800, PlainIPv4()), Ethernet(0x8100, Vlan(1, 0x86DD, PlainIPv6())), Ethernet(0x0800, IPv4(4, PlainIPv4()))];
        var decoder = new PacketDecoder(new LossLedger());
        long allocated = 0;
        for (var round = 0; round < 2; round++)
        {
            allocated = GC.GetAllocatedBytesForCurrentThread();
            for (var i = 0; i < 3000; i++)
            {
                DecodedPacket packet = default;
                var frame = frames[i % 3];
                decoder.Decode(new PacketHeader(default, frame.Length, frame.Length, LinkType.Ethernet), frame, ref packet);
            }

            allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
        }

        Assert.Equal(0, allocated);
    }
}
