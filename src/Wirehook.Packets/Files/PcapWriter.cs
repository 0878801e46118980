using System.Buffers;
using System.Buffers.Binary;

namespace Wirehook.Packets.Files;

/// <summary>Writes a pcap capture with nanosecond times in little-endian order into a buffer that the caller stores (draft-ietf-opsawg-pcap).</summary>
public sealed class PcapWriter
{
    private const uint NanosecondMagic = 0xA1B2_3C4D;
    private const int FileHeaderLength = 24;
    private const int RecordHeaderLength = 16;
    private const uint SnapLength = 262_144;
    private readonly IBufferWriter<byte> _output;

    /// <summary>Starts a capture: writes the file header.</summary>
    /// <param name="output">Where the bytes go.</param>
    /// <param name="link">The link layer of every packet; the format knows only one per file.</param>
    public PcapWriter(IBufferWriter<byte> output, LinkType link)
    {
        (_output, Link) = (output, link);
        var bytes = output.GetSpan(FileHeaderLength)[..FileHeaderLength];
        bytes.Clear();
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, NanosecondMagic);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes[4..], 2);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes[6..], 4);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[16..], SnapLength);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[20..], (uint)link);
        output.Advance(FileHeaderLength);
    }

    /// <summary>The link layer of every packet in the capture.</summary>
    public LinkType Link { get; }

    /// <summary>Appends one packet.</summary>
    /// <param name="header">Its time and wire length; its link layer must be the capture's.</param>
    /// <param name="frame">Its captured bytes.</param>
    /// <exception cref="ArgumentException">The packet has another link layer than the capture.</exception>
    public void Write(in PacketHeader header, ReadOnlySpan<byte> frame)
    {
        if (header.Link != Link) throw new ArgumentException($"A {header.Link} packet does not fit into a capture of {Link}.", nameof(header));
        var bytes = _output.GetSpan(RecordHeaderLength + frame.Length);
        var seconds = Math.DivRem(header.Timestamp.UnixNanoseconds, 1_000_000_000, out var nanoseconds);
        if (nanoseconds < 0) (seconds, nanoseconds) = (seconds - 1, nanoseconds + 1_000_000_000);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, (uint)seconds);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[4..], (uint)nanoseconds);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[8..], frame.Length);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[12..], Math.Max(header.Length, frame.Length));
        frame.CopyTo(bytes[RecordHeaderLength..]);
        _output.Advance(RecordHeaderLength + frame.Length);
    }
}
