using System.Buffers.Binary;
using System.Text;

namespace Wirehook.Packets.Files;

/// <summary>
/// The blocks of a pcapng file (draft-ietf-opsawg-pcapng): sections of either byte order, their interfaces, and packets in enhanced, simple and the
/// obsolete packet blocks. Other blocks are passed over. A simple packet has no time of its own and takes that of the packet before it.
/// </summary>
internal sealed class PcapngRecords(CaptureFileDecoder owner) : RecordFormat
{
    /// <summary>Type of the block that starts a section; it reads the same in both byte orders.</summary>
    public const uint SectionHeader = 0x0A0D_0D0A;

    private const uint InterfaceDescription = 1;
    private const uint ObsoletePacket = 2;
    private const uint SimplePacket = 3;
    private const uint EnhancedPacket = 6;
    private const uint DecryptionSecrets = 10;
    private const uint ByteOrderMagic = 0x1A2B_3C4D;
    private const int BlockOverhead = 12;
    private const int MaxBlockLength = CaptureFileDecoder.MaxPacketLength + (1 << 16);
    private const int MaxInterfaces = 1 << 16;
    private const ushort OptionName = 2;
    private const ushort OptionDescription = 3;
    private const ushort OptionTimestampResolution = 9;
    private const ushort OptionTimestampOffset = 14;
    private const int MaxTextLength = 256;
    private readonly List<TimestampUnit> _units = [];
    private bool _bigEndian;
    private int _sectionStart;
    private Timestamp _lastTime;

    /// <inheritdoc/>
    public override RecordKind Read(ReadOnlySpan<byte> bytes, out int length, out PacketHeader header, out ReadOnlySpan<byte> frame)
    {
        header = default;
        frame = default;
        length = BlockOverhead;
        if (bytes.Length < length) return RecordKind.Incomplete;
        var type = ReadUInt32(bytes);
        if (type == SectionHeader && !TryReadByteOrder(bytes)) return Reject("a section header has no byte-order magic");
        var claimed = ReadUInt32(bytes[4..]);
        if (claimed is < BlockOverhead or > MaxBlockLength) return Reject($"a block claims {claimed} bytes");
        length = (int)(claimed + 3) & ~3;
        if (bytes.Length < length) return RecordKind.Incomplete;
        if (ReadUInt32(bytes[(length - 4)..]) != claimed) return Reject("a block's two lengths differ");
        var body = bytes[8..(length - 4)];
        return type switch
        {
            EnhancedPacket => ReadEnhancedPacket(body, out header, out frame),
            SimplePacket => ReadSimplePacket(body, out header, out frame),
            ObsoletePacket => ReadObsoletePacket(body, out header, out frame),
            InterfaceDescription => ReadInterface(body),
            SectionHeader => ReadSection(body),
            DecryptionSecrets => ReadSecrets(body),
            _ => RecordKind.Other,
        };
    }

    private bool TryReadByteOrder(ReadOnlySpan<byte> block)
    {
        var magic = BinaryPrimitives.ReadUInt32LittleEndian(block[8..]);
        _bigEndian = magic == BinaryPrimitives.ReverseEndianness(ByteOrderMagic);
        return _bigEndian || magic == ByteOrderMagic;
    }

    private RecordKind ReadSection(ReadOnlySpan<byte> body)
    {
        if (body.Length < 16) return Reject("a section header is too short");
        int major = ReadUInt16(body[4..]);
        int minor = ReadUInt16(body[6..]);
        if (major != 1 || minor is not (0 or 2)) return Reject($"pcapng version {major}.{minor} is not known (1.0 and 1.2 are)");
        _sectionStart = Interfaces.Count;
        return RecordKind.Other;
    }

    private RecordKind ReadInterface(ReadOnlySpan<byte> body)
    {
        if (body.Length < 8) return Reject("an interface description is too short");
        if (Interfaces.Count == MaxInterfaces) return Reject($"more than {MaxInterfaces} interfaces are described");
        var options = body[8..];
        var resolution = FindOption(options, OptionTimestampResolution);
        var offset = FindOption(options, OptionTimestampOffset);
        _units.Add(new TimestampUnit(resolution.Length == 1 ? resolution[0] : (byte)6, offset.Length == 8 ? ReadInt64(offset) : 0));
        Interfaces.Add(new CaptureInterface((LinkType)ReadUInt16(body), ReadUInt32(body[4..]), FindText(options, OptionName))
        {
            Description = FindText(options, OptionDescription),
        });
        return RecordKind.Other;
    }

    private string? FindText(ReadOnlySpan<byte> options, ushort code)
    {
        var text = FindOption(options, code);
        return text.IsEmpty ? null : Encoding.UTF8.GetString(text[..Math.Min(text.Length, MaxTextLength)]);
    }

    private RecordKind ReadEnhancedPacket(ReadOnlySpan<byte> body, out PacketHeader header, out ReadOnlySpan<byte> frame)
    {
        header = default;
        frame = default;
        return body.Length < 20 ? Reject("an enhanced packet block is too short") : ReadPacket(body, ReadUInt32(body), out header, out frame);
    }

    private RecordKind ReadObsoletePacket(ReadOnlySpan<byte> body, out PacketHeader header, out ReadOnlySpan<byte> frame)
    {
        header = default;
        frame = default;
        return body.Length < 20 ? Reject("a packet block is too short") : ReadPacket(body, ReadUInt16(body), out header, out frame);
    }

    /// <summary>Reads what enhanced and obsolete packet blocks share: times and lengths at the same places.</summary>
    private RecordKind ReadPacket(ReadOnlySpan<byte> body, uint id, out PacketHeader header, out ReadOnlySpan<byte> frame)
    {
        header = default;
        frame = default;
        if (id >= Interfaces.Count - _sectionStart) return Reject($"a packet names interface {id}, which its section does not describe");
        var number = _sectionStart + (int)id;
        var captured = ReadUInt32(body[12..]);
        if (captured > body.Length - 20) return Reject($"a packet claims {captured} captured bytes, more than its block holds");
        _lastTime = _units[number].ToTimestamp(((ulong)ReadUInt32(body[4..]) << 32) | ReadUInt32(body[8..]));
        return Deliver(number, body.Slice(20, (int)captured), ReadUInt32(body[16..]), out header, out frame);
    }

    private RecordKind ReadSimplePacket(ReadOnlySpan<byte> body, out PacketHeader header, out ReadOnlySpan<byte> frame)
    {
        header = default;
        frame = default;
        if (body.Length < 4) return Reject("a simple packet block is too short");
        if (Interfaces.Count == _sectionStart) return Reject("a packet comes before its section describes an interface");
        var wire = ReadUInt32(body);
        var limit = Interfaces[_sectionStart].SnapLength;
        var captured = Math.Min(wire, body.Length - 4);
        if (limit > 0) captured = Math.Min(captured, limit);
        return Deliver(_sectionStart, body.Slice(4, (int)captured), wire, out header, out frame);
    }

    private RecordKind Deliver(int number, ReadOnlySpan<byte> captured, uint wire, out PacketHeader header, out ReadOnlySpan<byte> frame)
    {
        frame = captured;
        header = new PacketHeader(_lastTime, frame.Length, (int)Math.Clamp(wire, (uint)frame.Length, int.MaxValue), Interfaces[number].Link, number);
        return RecordKind.Packet;
    }

    private RecordKind ReadSecrets(ReadOnlySpan<byte> body)
    {
        if (body.Length < 8) return Reject("a decryption secrets block is too short");
        var length = ReadUInt32(body[4..]);
        if (length > body.Length - 8) return Reject("a decryption secrets block claims more bytes than it holds");
        owner.OnDecryptionSecrets?.Invoke(ReadUInt32(body), body.Slice(8, (int)length));
        return RecordKind.Other;
    }

    /// <summary>The first option of <paramref name="code"/>; empty where it is missing. Options that do not fit end the search: they describe, and no
    /// packet hangs on them.</summary>
    private ReadOnlySpan<byte> FindOption(ReadOnlySpan<byte> options, ushort code)
    {
        while (options.Length >= 4)
        {
            var found = ReadUInt16(options);
            int length = ReadUInt16(options[2..]);
            if (found == 0 || length > options.Length - 4) break;
            if (found == code) return options.Slice(4, length);
            options = options[Math.Min(4 + ((length + 3) & ~3), options.Length)..];
        }

        return default;
    }

    private uint ReadUInt32(ReadOnlySpan<byte> bytes) =>
        _bigEndian ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : BinaryPrimitives.ReadUInt32LittleEndian(bytes);

    private ushort ReadUInt16(ReadOnlySpan<byte> bytes) =>
        _bigEndian ? BinaryPrimitives.ReadUInt16BigEndian(bytes) : BinaryPrimitives.ReadUInt16LittleEndian(bytes);

    private long ReadInt64(ReadOnlySpan<byte> bytes) =>
        _bigEndian ? BinaryPrimitives.ReadInt64BigEndian(bytes) : BinaryPrimitives.ReadInt64LittleEndian(bytes);
}
