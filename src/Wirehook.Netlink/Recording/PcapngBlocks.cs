using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using Wirehook.Packets;

namespace Wirehook.Netlink.Recording;

/// <summary>The pcapng blocks of a recording (draft-ietf-opsawg-pcapng), little-endian, with times in nanoseconds.</summary>
internal static class PcapngBlocks
{
    private const uint SectionHeader = 0x0A0D_0D0A;
    private const uint ByteOrderMagic = 0x1A2B_3C4D;
    private const uint InterfaceDescription = 1;
    private const uint EnhancedPacket = 6;
    private const ushort LinkTypeNetlink = 253;
    private const ushort OptionEnd = 0;
    private const ushort OptionName = 2;
    private const ushort OptionDescription = 3;
    private const ushort OptionApplication = 4;
    private const ushort OptionTimestampResolution = 9;
    private const byte Nanoseconds = 9;
    private const int PacketOverhead = 32;
    private const int MaxOptionLength = 256;

    /// <summary>Bytes of a packet block with a frame of <paramref name="frameLength"/> bytes.</summary>
    public static int PacketLength(int frameLength) => PacketOverhead + Padded(frameLength);

    /// <summary>Starts the file.</summary>
    public static void WriteSection(IBufferWriter<byte> output)
    {
        Span<byte> body = stackalloc byte[16 + MaxOptionLength];
        BinaryPrimitives.WriteUInt32LittleEndian(body, ByteOrderMagic);
        BinaryPrimitives.WriteUInt16LittleEndian(body[4..], 1);
        BinaryPrimitives.WriteUInt16LittleEndian(body[6..], 0);
        BinaryPrimitives.WriteInt64LittleEndian(body[8..], -1);
        var length = 16 + WriteText(body[16..], OptionApplication, "wirehook");
        WriteBlock(output, SectionHeader, body[..(length + WriteEnd(body[length..]))]);
    }

    /// <summary>Describes the next interface: one network namespace.</summary>
    public static void WriteInterface(IBufferWriter<byte> output, string name, string description)
    {
        Span<byte> body = stackalloc byte[8 + (3 * MaxOptionLength)];
        body[..8].Clear();
        BinaryPrimitives.WriteUInt16LittleEndian(body, LinkTypeNetlink);
        var length = 8;
        length += WriteText(body[length..], OptionName, name);
        length += WriteText(body[length..], OptionDescription, description);
        length += WriteOption(body[length..], OptionTimestampResolution, [Nanoseconds]);
        WriteBlock(output, InterfaceDescription, body[..(length + WriteEnd(body[length..]))]);
    }

    /// <summary>Begins a packet block and gives the room of its frame, which the caller fills before
    /// <see cref="IBufferWriter{T}.Advance"/> by <see cref="PacketLength"/>.</summary>
    public static Span<byte> BeginPacket(IBufferWriter<byte> output, int interfaceId, Timestamp at, int frameLength)
    {
        var length = PacketLength(frameLength);
        var block = output.GetSpan(length)[..length];
        var time = (ulong)at.UnixNanoseconds;
        BinaryPrimitives.WriteUInt32LittleEndian(block, EnhancedPacket);
        BinaryPrimitives.WriteInt32LittleEndian(block[4..], length);
        BinaryPrimitives.WriteInt32LittleEndian(block[8..], interfaceId);
        BinaryPrimitives.WriteUInt32LittleEndian(block[12..], (uint)(time >> 32));
        BinaryPrimitives.WriteUInt32LittleEndian(block[16..], (uint)time);
        BinaryPrimitives.WriteInt32LittleEndian(block[20..], frameLength);
        BinaryPrimitives.WriteInt32LittleEndian(block[24..], frameLength);
        block[(28 + frameLength)..(length - 4)].Clear();
        BinaryPrimitives.WriteInt32LittleEndian(block[(length - 4)..], length);
        return block.Slice(28, frameLength);
    }

    private static void WriteBlock(IBufferWriter<byte> output, uint type, ReadOnlySpan<byte> body)
    {
        var length = 12 + body.Length;
        var block = output.GetSpan(length)[..length];
        BinaryPrimitives.WriteUInt32LittleEndian(block, type);
        BinaryPrimitives.WriteInt32LittleEndian(block[4..], length);
        body.CopyTo(block[8..]);
        BinaryPrimitives.WriteInt32LittleEndian(block[(length - 4)..], length);
        output.Advance(length);
    }

    private static int WriteText(Span<byte> bytes, ushort code, string text)
    {
        Span<byte> encoded = stackalloc byte[MaxOptionLength - 8];
        Encoding.UTF8.TryGetBytes(text, encoded, out var length);
        return WriteOption(bytes, code, encoded[..length]);
    }

    private static int WriteOption(Span<byte> bytes, ushort code, ReadOnlySpan<byte> value)
    {
        var length = 4 + Padded(value.Length);
        bytes[..length].Clear();
        BinaryPrimitives.WriteUInt16LittleEndian(bytes, code);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes[2..], (ushort)value.Length);
        value.CopyTo(bytes[4..]);
        return length;
    }

    private static int WriteEnd(Span<byte> bytes) => WriteOption(bytes, OptionEnd, default);

    private static int Padded(int length) => (length + 3) & ~3;
}
