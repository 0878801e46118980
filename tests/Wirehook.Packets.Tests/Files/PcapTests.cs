using System.Buffers;
using Wirehook.Packets.Files;

namespace Wirehook.Packets.Tests.Files;

public sealed class PcapTests
{
    private const long Second = 1_000_000_000;

    [Theory]
    [InlineData(CaptureBytes.Microseconds, false, 123_000)]
    [InlineData(CaptureBytes.Microseconds, true, 123_000)]
    [InlineData(CaptureBytes.Nanoseconds, false, 123)]
    [InlineData(CaptureBytes.Nanoseconds, true, 123)]
    [InlineData(CaptureBytes.Kuznetzov, false, 123_000)]
    [InlineData(CaptureBytes.Kuznetzov, true, 123_000)]
    public void Both_byte_orders_and_all_magics_are_read(uint magic, bool bigEndian, long nanoseconds)
    {
        var extended = magic == CaptureBytes.Kuznetzov;
        var capture = ReadCapture.Of(new CaptureBytes(bigEndian).Pcap(magic, 101)
            .PcapPacket(1_700_000_000, 123, [1, 2, 3], 60, extended).PcapPacket(3_000_000_000, 0, [], 0, extended).ToArray());
        Assert.Null(capture.Damage);
        Assert.Equal(CaptureFormat.Pcap, capture.Decoder.Format);
        Assert.Equal(new PacketHeader(new Timestamp((1_700_000_000 * Second) + nanoseconds), 3, 60, LinkType.Raw), capture.Packets[0].Header);
        Assert.Equal([1, 2, 3], capture.Packets[0].Frame);
        Assert.Equal(new Timestamp(3_000_000_000 * Second), capture.Packets[1].Header.Timestamp);
    }

    [Fact]
    public void Flags_and_frame_check_length_are_no_part_of_the_link_type()
    {
        var capture = ReadCapture.Of(new CaptureBytes(false).Pcap(CaptureBytes.Microseconds, 0x2400_0001).PcapPacket(0, 0, [1]).ToArray());
        Assert.Equal(LinkType.Ethernet, capture.Packets[0].Header.Link);
    }

    [Fact]
    public void Lengths_that_old_versions_exchanged_are_put_right()
    {
        var record = new CaptureBytes(false).U32(0).U32(0).U32(60).U32(3).Raw([1, 2, 3]).ToArray();
        foreach (var minor in new[] { 0, 2, 3 })
        {
            var capture = ReadCapture.Of(new CaptureBytes(false).Pcap(CaptureBytes.Microseconds, minor: minor).Raw(record).ToArray());
            Assert.Equal((3, 60), (capture.Packets[0].Header.CaptureLength, capture.Packets[0].Header.Length));
        }
    }

    [Fact]
    public void Packets_beyond_64_kib_and_beyond_the_stated_snap_length_are_read()
    {
        var large = new byte[300_000];
        var capture = ReadCapture.Of(new CaptureBytes(false).Pcap(CaptureBytes.Microseconds, snapLength: 96).PcapPacket(0, 0, large).ToArray());
        Assert.Equal(large.Length, capture.Packets[0].Frame.Length);
    }

    [Fact]
    public void A_wire_length_below_the_captured_one_counts_as_the_captured_one()
    {
        var capture = ReadCapture.Of(new CaptureBytes(false).Pcap(CaptureBytes.Microseconds).PcapPacket(0, 0, [1, 2, 3], 2).ToArray());
        Assert.Equal(3, capture.Packets[0].Header.Length);
    }

    [Fact]
    public void Every_truncation_yields_the_packets_before_it_and_the_offset()
    {
        var first = new CaptureBytes(false).Pcap(CaptureBytes.Microseconds).PcapPacket(1, 0, new byte[10]);
        var boundary = first.Length;
        var whole = first.PcapPacket(2, 0, new byte[20]).ToArray();
        for (var length = 0; length < whole.Length; length++)
        {
            var capture = ReadCapture.Of(whole[..length]);
            Assert.Equal(length < boundary ? 0 : 1, capture.Packets.Count);
            if (length is 24 || length == boundary) Assert.Null(capture.Damage);
            else Assert.Equal(length < 24 ? 0 : length < boundary ? 24 : boundary, capture.Damage!.Offset);
        }
    }

    [Theory]
    [InlineData("the capture is empty", "")]
    [InlineData("the capture ends inside its first four bytes", "D4C3")]
    [InlineData("the first bytes 47455420 start neither", "474554202F20")]
    [InlineData("pcap version 1.4 is not known", "D4C3B2A1 0100 0400 00000000 00000000 FFFF0000 01000000")]
    [InlineData("a packet claims 4294967295 captured bytes", "D4C3B2A1 0200 0400 00000000 00000000 FFFF0000 01000000 00000000 00000000 FFFFFFFF FFFFFFFF")]
    public void Damage_says_what_is_wrong(string reason, string bytes)
    {
        var capture = ReadCapture.Of(Convert.FromHexString(bytes.Replace(" ", "")));
        Assert.StartsWith(reason, capture.Damage!.Reason);
    }

    [Fact]
    public void What_is_written_is_read_back()
    {
        var output = new ArrayBufferWriter<byte>();
        var writer = new PcapWriter(output, LinkType.LinuxSll2);
        var headers = new[]
        {
            new PacketHeader(new Timestamp((1_700_000_000 * Second) + 999_999_999), 4, 4, LinkType.LinuxSll2),
            new PacketHeader(new Timestamp(5), 2, 70_000, LinkType.LinuxSll2),
        };
        writer.Write(headers[0], [1, 2, 3, 4]);
        writer.Write(headers[1], [5, 6]);
        var capture = ReadCapture.Of(output.WrittenSpan.ToArray());
        Assert.Null(capture.Damage);
        Assert.Equal(headers, capture.Packets.Select(packet => packet.Header));
        Assert.Equal([5, 6], capture.Packets[1].Frame);
        Assert.Throws<ArgumentException>(() => writer.Write(new PacketHeader(default, 1, 1, LinkType.Ethernet), [1]));
    }
}
