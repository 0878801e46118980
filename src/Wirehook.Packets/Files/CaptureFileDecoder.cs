using System.Buffers.Binary;

namespace Wirehook.Packets.Files;

/// <summary>
/// Reads pcap and pcapng captures out of bytes that the caller supplies, in pieces of any size. The format is told by the first bytes. A damaged or
/// truncated capture yields every packet before the damage, and then the place and reason.
/// </summary>
public sealed class CaptureFileDecoder
{
    /// <summary>Captured bytes of one packet at most; a record that claims more is damage.</summary>
    public const int MaxPacketLength = 16 << 20;

    private RecordFormat? _records;

    /// <summary>The format, once the first bytes were read.</summary>
    public CaptureFormat Format { get; private set; }

    /// <summary>Bytes of the capture that were consumed so far.</summary>
    public long Offset { get; private set; }

    /// <summary>Why reading stopped before the end; null while it did not.</summary>
    public CaptureDamage? Damage { get; private set; }

    /// <summary>The interfaces described so far; <see cref="PacketHeader.Interface"/> counts into this list.</summary>
    public IReadOnlyList<CaptureInterface> Interfaces => _records?.Interfaces ?? [];

    /// <summary>Called with the type and bytes of every Decryption Secrets Block (TLS key log lines and the like); the span is valid during the call.</summary>
    public DecryptionSecretsHandler? OnDecryptionSecrets { get; set; }

    /// <summary>After <see cref="CaptureReadStatus.NeedMore"/>: how many bytes, from the first unread one, the next record needs at least.</summary>
    public int BytesNeeded { get; private set; } = sizeof(uint);

    /// <summary>Reads on to the next packet.</summary>
    /// <param name="buffer">The capture's bytes, from the first one that no earlier call consumed.</param>
    /// <param name="endOfInput">Whether no byte follows <paramref name="buffer"/>.</param>
    /// <param name="consumed">Bytes of <paramref name="buffer"/> that the caller must not supply again; set for every status.</param>
    /// <param name="header">The packet's description.</param>
    /// <param name="frame">The packet's captured bytes, a part of <paramref name="buffer"/>.</param>
    public CaptureReadStatus TryRead(ReadOnlySpan<byte> buffer, bool endOfInput, out int consumed, out PacketHeader header, out ReadOnlySpan<byte> frame)
    {
        consumed = 0;
        header = default;
        frame = default;
        if (Damage is not null) return CaptureReadStatus.Damaged;
        if (_records is null && !TryDetect(buffer)) return Undetected(buffer, endOfInput);
        while (true)
        {
            var rest = buffer[consumed..];
            if (rest.IsEmpty && endOfInput) return CaptureReadStatus.End;
            var kind = _records!.Read(rest, out var length, out header, out frame);
            if (kind is RecordKind.Packet or RecordKind.Other)
            {
                consumed += length;
                Offset += length;
                if (kind == RecordKind.Packet) return CaptureReadStatus.Packet;
            }
            else if (kind == RecordKind.Damaged)
            {
                return Fail(_records.Reason);
            }
            else
            {
                if (endOfInput) return Fail($"the capture ends inside a record ({rest.Length} bytes are there, {length} are needed)");
                BytesNeeded = length;
                return CaptureReadStatus.NeedMore;
            }
        }
    }

    private bool TryDetect(ReadOnlySpan<byte> buffer)
    {
        if (buffer.Length < sizeof(uint)) return false;
        var magic = BinaryPrimitives.ReadUInt32LittleEndian(buffer);
        if (magic == PcapngRecords.SectionHeader)
        {
            (_records, Format) = (new PcapngRecords(this), CaptureFormat.Pcapng);
        }
        else if (PcapRecords.IsMagic(magic))
        {
            (_records, Format) = (new PcapRecords(), CaptureFormat.Pcap);
        }

        return _records is not null;
    }

    private CaptureReadStatus Undetected(ReadOnlySpan<byte> buffer, bool endOfInput)
    {
        if (buffer.Length >= sizeof(uint))
            return Fail($"the first bytes {Convert.ToHexStringLower(buffer[..sizeof(uint)])} start neither a pcap nor a pcapng capture");
        if (endOfInput) return Fail(buffer.IsEmpty ? "the capture is empty" : "the capture ends inside its first four bytes");
        return CaptureReadStatus.NeedMore;
    }

    private CaptureReadStatus Fail(string reason)
    {
        Damage = new CaptureDamage(Offset, reason);
        return CaptureReadStatus.Damaged;
    }
}

/// <summary>Receives the content of a Decryption Secrets Block.</summary>
/// <param name="secretsType">The block's type, such as 0x544c534b (TLS key log).</param>
/// <param name="secrets">The secrets.</param>
public delegate void DecryptionSecretsHandler(uint secretsType, ReadOnlySpan<byte> secrets);
