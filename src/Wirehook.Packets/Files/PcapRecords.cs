using System.Buffers.Binary;

namespace Wirehook.Packets.Files;

/// <summary>
/// The records of a pcap file (draft-ietf-opsawg-pcap): a file header, then packets. Reads both byte orders, micro- and nanosecond times, the
/// extended packet header of Alexey Kuznetzov's libpcap patch, and the exchanged lengths of files before version 2.4.
/// </summary>
internal sealed class PcapRecords : RecordFormat
{
    private const uint MicrosecondMagic = 0xA1B2_C3D4;
    private const uint NanosecondMagic = 0xA1B2_3C4D;
    private const uint KuznetzovMagic = 0xA1B2_CD34;
    private const int FileHeaderLength = 24;
    private bool _headerRead;
    private bool _swapped;
    private int _fractionNanoseconds;
    private int _recordHeaderLength;
    private int _minorVersion;
    private LinkType _link;

    /// <summary>Whether a file starts with <paramref name="magic"/> (as read in little-endian order) is a pcap file.</summary>
    public static bool IsMagic(uint magic) => IsNativeMagic(magic) || IsNativeMagic(BinaryPrimitives.ReverseEndianness(magic));

    private static bool IsNativeMagic(uint magic) => magic is MicrosecondMagic or NanosecondMagic or KuznetzovMagic;

    /// <inheritdoc/>
    public override RecordKind Read(ReadOnlySpan<byte> bytes, out int length, out PacketHeader header, out ReadOnlySpan<byte> frame)
    {
        header = default;
        frame = default;
        if (!_headerRead) return ReadFileHeader(bytes, out length);
        length = _recordHeaderLength;
        if (bytes.Length < length) return RecordKind.Incomplete;
        var captured = ReadUInt32(bytes[8..]);
        var wire = ReadUInt32(bytes[12..]);
        if (_minorVersion < 4 && (_minorVersion < 3 || captured > wire)) (captured, wire) = (wire, captured);
        if (captured > CaptureFileDecoder.MaxPacketLength) return Reject($"a packet claims {captured} captured bytes");
        length += (int)captured;
        if (bytes.Length < length) return RecordKind.Incomplete;
        var time = (ReadUInt32(bytes) * 1_000_000_000L) + (ReadUInt32(bytes[4..]) * (long)_fractionNanoseconds);
        frame = bytes.Slice(_recordHeaderLength, (int)captured);
        header = new PacketHeader(new Timestamp(time), (int)captured, (int)Math.Clamp(wire, captured, int.MaxValue), _link);
        return RecordKind.Packet;
    }

    private RecordKind ReadFileHeader(ReadOnlySpan<byte> bytes, out int length)
    {
        length = FileHeaderLength;
        if (bytes.Length < length) return RecordKind.Incomplete;
        _swapped = !IsNativeMagic(BinaryPrimitives.ReadUInt32LittleEndian(bytes));
        var magic = ReadUInt32(bytes);
        int major = ReadUInt16(bytes[4..]);
        _minorVersion = ReadUInt16(bytes[6..]);
        if (major != 2) return Reject($"pcap version {major}.{_minorVersion} is not known (2.0 to 2.4 are)");
        _fractionNanoseconds = magic == NanosecondMagic ? 1 : 1000;
        _recordHeaderLength = magic == KuznetzovMagic ? 24 : 16;

        // The upper 16 bits of the network field hold flags and the length of the frame check sequence, which IP lengths cut off anyway.
        _link = (LinkType)(ReadUInt32(bytes[20..]) & 0xFFFF);
        Interfaces.Add(new CaptureInterface(_link, ReadUInt32(bytes[16..]), null));
        _headerRead = true;
        return RecordKind.Other;
    }

    private uint ReadUInt32(ReadOnlySpan<byte> bytes) =>
        _swapped ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : BinaryPrimitives.ReadUInt32LittleEndian(bytes);

    private ushort ReadUInt16(ReadOnlySpan<byte> bytes) =>
        _swapped ? BinaryPrimitives.ReadUInt16BigEndian(bytes) : BinaryPrimitives.ReadUInt16LittleEndian(bytes);
}
