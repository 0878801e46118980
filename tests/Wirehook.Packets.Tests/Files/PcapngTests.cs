using Wirehook.Packets.Files;

namespace Wirehook.Packets.Tests.Files;

public sealed class PcapngTests
{
    private const long Second = 1_000_000_000;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void All_packet_blocks_sections_and_interfaces_are_read(bool bigEndian)
    {
        byte[]? secrets = null;
        var decoder = new CaptureFileDecoder { OnDecryptionSecrets = (type, bytes) => secrets = [(byte)(type >> 24), .. bytes] };
        var other = new CaptureBytes(!bigEndian).Section().Interface(113).Enhanced(0, 9, [7]).ToArray();
        var capture = ReadCapture.Of(new CaptureBytes(bigEndian).Section()
            .Interface(name: "eth0").Interface(101, resolution: 9)
            .Block(4, body => body.Raw(new byte[8])).Secrets(0x544C534B, "CLIENT_RANDOM"u8.ToArray())
            .Enhanced(0, 1_700_000_000_000_001, [1, 2, 3], 60).Enhanced(1, 5, [4, 5])
            .Block(5, body => body.Raw(new byte[12])).Block(0x0BAD, body => body.Raw(new byte[16]))
            .Obsolete(1, 6, [6]).Simple([8, 9, 10]).Raw(other).ToArray(), decoder: decoder);
        Assert.Null(capture.Damage);
        Assert.Equal(
        [
            new PacketHeader(new Timestamp((1_700_000_000 * Second) + 1000), 3, 60, LinkType.Ethernet, 0),
            new PacketHeader(new Timestamp(5), 2, 2, LinkType.Raw, 1),
            new PacketHeader(new Timestamp(6), 1, 1, LinkType.Raw, 1),
            new PacketHeader(new Timestamp(6), 3, 3, LinkType.Ethernet, 0),
            new PacketHeader(new Timestamp(9000), 1, 1, LinkType.LinuxSll, 2),
        ], capture.Packets.Select(packet => packet.Header));
        Assert.Equal([8, 9, 10], capture.Packets[3].Frame);
        Assert.Equal([.. "T"u8, .. "CLIENT_RANDOM"u8], secrets!);
        Assert.Equal(("eth0", 3), (decoder.Interfaces[0].Name, decoder.Interfaces.Count));
    }

    [Theory]
    [InlineData(null, null, 1_234_567UL, 1_234_567_000L)]
    [InlineData((byte)0, null, 3UL, 3 * Second)]
    [InlineData((byte)3, null, 3UL, 3_000_000L)]
    [InlineData((byte)9, 100L, 3UL, (100 * Second) + 3)]
    [InlineData((byte)9, -1L, 3UL, -Second + 3)]
    [InlineData((byte)12, null, 5_999UL, 5L)]
    [InlineData((byte)0x80, null, 2UL, 2 * Second)]
    [InlineData((byte)0x8A, null, 1536UL, 1_500_000_000L)]
    [InlineData((byte)0xFF, null, ulong.MaxValue, 0L)]
    [InlineData((byte)127, null, ulong.MaxValue, 1L)]
    public void Time_units_and_offsets_are_applied(byte? resolution, long? offset, ulong ticks, long nanoseconds)
    {
        var capture = ReadCapture.Of(new CaptureBytes(false).Section().Interface(resolution: resolution, offset: offset).Enhanced(0, ticks, [1]).ToArray());
        Assert.Equal(new Timestamp(nanoseconds), capture.Packets[0].Header.Timestamp);
    }

    [Fact]
    public void A_simple_packet_is_as_long_as_its_interface_allows()
    {
        var capture = ReadCapture.Of(new CaptureBytes(false).Section().Interface(snapLength: 5).Simple([1, 2, 3, 4, 5, 6, 7, 8], 100).Interface().ToArray());
        Assert.Equal((5, 100), (capture.Packets[0].Header.CaptureLength, capture.Packets[0].Header.Length));
    }

    [Fact]
    public void Every_truncation_yields_the_packets_before_it_and_the_offset()
    {
        var bytes = new CaptureBytes(true);
        var boundaries = new List<int>();
        void Mark(CaptureBytes _) => boundaries.Add(bytes.Length);
        Mark(bytes.Section());
        Mark(bytes.Interface());
        Mark(bytes.Enhanced(0, 1, new byte[5]));
        Mark(bytes.Enhanced(0, 2, new byte[6]));
        var whole = bytes.ToArray();
        for (var length = 1; length < whole.Length; length++)
        {
            var capture = ReadCapture.Of(whole[..length]);
            Assert.Equal(length < boundaries[2] ? 0 : 1, capture.Packets.Count);
            if (boundaries.Contains(length)) Assert.Null(capture.Damage);
            else Assert.Equal(boundaries.LastOrDefault(boundary => boundary < length), capture.Damage!.Offset);
        }
    }

    [Fact]
    public void Contradictions_are_damage_after_the_packets_before_them()
    {
        void Expect(string reason, Action<CaptureBytes> write)
        {
            var bytes = new CaptureBytes(false).Section().Interface().Enhanced(0, 1, [1]);
            var offset = bytes.Length;
            write(bytes);
            var capture = ReadCapture.Of(bytes.ToArray());
            Assert.Single(capture.Packets);
            Assert.Equal((offset, true), (capture.Damage!.Offset, capture.Damage.Reason.StartsWith(reason, StringComparison.Ordinal)));
        }

        Expect("a block's two lengths differ", bytes => bytes.U32(6).U32(16).U32(0).U32(20));
        Expect("a block claims 8 bytes", bytes => bytes.U32(6).U32(8).U32(0));
        Expect("a block claims 4294967295 bytes", bytes => bytes.U32(6).U32(uint.MaxValue).U32(0));
        Expect("a packet names interface 1", bytes => bytes.Enhanced(1, 1, [1]));
        Expect("a packet claims 9 captured bytes", bytes => bytes.Block(6, body => body.Raw(new byte[12]).U32(9).U32(9).U32(0)));
        Expect("an enhanced packet block is too short", bytes => bytes.Block(6, body => body.U32(0)));
        Expect("pcapng version 2.0", bytes => bytes.Section(2));
        Expect("a section header has no byte-order magic", bytes => bytes.U32(0x0A0D0D0A).U32(28).U32(0));
        Expect("a decryption secrets block claims", bytes => bytes.Block(10, body => body.U32(1).U32(5).U32(0)));
        Expect("the capture ends inside a record", bytes => bytes.U32(6));
    }

    [Fact]
    public void Slicing_makes_no_difference()
    {
        var capture = new CaptureBytes(false).Section().Interface().Enhanced(0, 1, new byte[100]).Simple(new byte[3]).Raw(
            new CaptureBytes(true).Section().Interface().Interface().Enhanced(1, 1, new byte[7]).ToArray()).Raw([1, 2, 3, 4, 5]).ToArray();
        var whole = ReadCapture.Of(capture);
        for (var seed = 0; seed < 200; seed++)
        {
            var random = new Random(seed);
            var sliced = ReadCapture.Of(capture, () => random.Next(1, 40));
            Assert.Equal(whole.Packets.Select(p => p.Header), sliced.Packets.Select(p => p.Header));
            Assert.Equal(whole.Damage!.Offset, sliced.Damage!.Offset);
        }
    }
}
