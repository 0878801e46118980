namespace Wirehook.Packets.Files;

/// <summary>What one call of <see cref="CaptureFileDecoder.TryRead"/> came to.</summary>
public enum CaptureReadStatus
{
    /// <summary>A packet was read.</summary>
    Packet,

    /// <summary>The buffer ends before the next packet does: call again with the unread bytes and more after them.</summary>
    NeedMore,

    /// <summary>The capture ended where a capture may end.</summary>
    End,

    /// <summary>The capture cannot be read further; <see cref="CaptureFileDecoder.Damage"/> says where and why.</summary>
    Damaged,
}

/// <summary>The file formats that are read.</summary>
public enum CaptureFormat
{
    /// <summary>Nothing was read yet.</summary>
    Unknown,

    /// <summary>The classic pcap file (draft-ietf-opsawg-pcap).</summary>
    Pcap,

    /// <summary>The block-structured pcapng file (draft-ietf-opsawg-pcapng).</summary>
    Pcapng,
}

/// <summary>Why a capture could not be read to its end.</summary>
/// <param name="Offset">Bytes from the start of the (uncompressed) capture to the record that cannot be read.</param>
/// <param name="Reason">What is wrong there, as a sentence part: <c>the file ends inside a packet record</c>.</param>
public sealed record CaptureDamage(long Offset, string Reason);

/// <summary>One interface that a capture describes.</summary>
/// <param name="Link">Link layer of its packets.</param>
/// <param name="SnapLength">Bytes kept per packet at most, 0 where not limited.</param>
/// <param name="Name">The interface's name where the capture tells it.</param>
public sealed record CaptureInterface(LinkType Link, long SnapLength, string? Name)
{
    /// <summary>What else the capture tells of the interface; null where nothing.</summary>
    public string? Description { get; init; }
}
