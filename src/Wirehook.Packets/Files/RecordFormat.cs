namespace Wirehook.Packets.Files;

/// <summary>What one record of a capture is.</summary>
internal enum RecordKind
{
    /// <summary>A packet.</summary>
    Packet,

    /// <summary>A file header, a description, or something that is not read.</summary>
    Other,

    /// <summary>The bytes end before the record does.</summary>
    Incomplete,

    /// <summary>The record contradicts the format.</summary>
    Damaged,
}

/// <summary>Reads the records of one capture format, one at a time, from bytes that start at a record.</summary>
internal abstract class RecordFormat
{
    /// <summary>The interfaces described so far.</summary>
    public List<CaptureInterface> Interfaces { get; } = [];

    /// <summary>Why the last record was found damaged.</summary>
    public string Reason { get; protected set; } = "";

    /// <summary>Reads the record at the start of <paramref name="bytes"/>.</summary>
    /// <param name="bytes">The capture from the record on.</param>
    /// <param name="length">The record's length; for <see cref="RecordKind.Incomplete"/> how many bytes are needed to go on.</param>
    /// <param name="header">The packet's description.</param>
    /// <param name="frame">The packet's bytes.</param>
    public abstract RecordKind Read(ReadOnlySpan<byte> bytes, out int length, out PacketHeader header, out ReadOnlySpan<byte> frame);

    /// <summary>Notes <paramref name="reason"/> and reports damage.</summary>
    protected RecordKind Reject(string reason)
    {
        Reason = reason;
        return RecordKind.Damaged;
    }
}
