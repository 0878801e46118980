using System.Buffers.Binary;

namespace Wirehook.Dissection.Protocols.Kafka;

/// <summary>The header of a request behind its size (kafka.apache.org/protocol, "Request Header v0, v1, v2").</summary>
internal readonly struct KafkaRequestHeader
{
    public const int SizeLength = 4;

    /// <summary>Size, key, version, correlation id, length of the client's id.</summary>
    public const int ShortestFrame = 14;
    public const int MostBytes = 1 << 28;
    private const int LongestClientId = 255;
    private const int ClientIdOffset = 14;

    public required int Size { get; init; }

    public required short Key { get; init; }

    public required short Version { get; init; }

    public required int CorrelationId { get; init; }

    /// <summary>Bytes of the client's id; 0 where there is none.</summary>
    public required int ClientIdLength { get; init; }

    /// <summary>Bytes of the frame up to the body, but for tagged fields of the header.</summary>
    public int Length => ClientIdOffset - (HasClientId ? 0 : sizeof(short)) + ClientIdLength;

    /// <summary>Bytes of the frame.</summary>
    public long WholeLength => (long)SizeLength + Size;

    private bool HasClientId => Key != KafkaApis.ControlledShutdown || Version > 0;

    /// <summary>
    /// Reads the header that begins <paramref name="frame"/>. False where it can be none; then <paramref name="needed"/> is more than there is where more bytes may make it one.
    /// </summary>
    public static bool TryRead(ReadOnlySpan<byte> frame, out KafkaRequestHeader header, out int needed)
    {
        (header, needed) = (default, 0);
        if (frame.Length < ShortestFrame)
        {
            needed = MayBegin(frame) ? ShortestFrame : 0;
            return false;
        }

        header = new KafkaRequestHeader
        {
            Size = BinaryPrimitives.ReadInt32BigEndian(frame),
            Key = BinaryPrimitives.ReadInt16BigEndian(frame[4..]),
            Version = BinaryPrimitives.ReadInt16BigEndian(frame[6..]),
            CorrelationId = BinaryPrimitives.ReadInt32BigEndian(frame[8..]),
            ClientIdLength = Math.Max((short)0, BinaryPrimitives.ReadInt16BigEndian(frame[12..])),
        };
        if (!header.HasClientId) header = header with { ClientIdLength = 0 };
        if (!MayBegin(frame) || !header.Fits(frame)) return false;
        if (frame.Length >= header.Length) return IsPrintable(header.ClientId(frame));
        needed = header.Length;
        return false;
    }

    /// <summary>The client's id.</summary>
    /// <param name="frame">The frame, from its size on.</param>
    public ReadOnlySpan<byte> ClientId(ReadOnlySpan<byte> frame) => ClientIdLength == 0 ? default : frame.Slice(ClientIdOffset, ClientIdLength);

    private static bool MayBegin(ReadOnlySpan<byte> frame)
    {
        if (frame.Length >= SizeLength && BinaryPrimitives.ReadInt32BigEndian(frame) is < ShortestFrame - SizeLength or > MostBytes) return false;
        if (frame.Length >= 6 && !KafkaApis.Exists(BinaryPrimitives.ReadInt16BigEndian(frame[4..]), 0)) return false;
        return frame.Length < 8 || KafkaApis.Exists(BinaryPrimitives.ReadInt16BigEndian(frame[4..]), BinaryPrimitives.ReadInt16BigEndian(frame[6..]));
    }

    private static bool IsPrintable(ReadOnlySpan<byte> text) => text.IndexOfAnyInRange((byte)0, (byte)31) < 0 && System.Text.Unicode.Utf8.IsValid(text);

    private bool Fits(ReadOnlySpan<byte> frame)
    {
        if (!HasClientId) return true;
        return BinaryPrimitives.ReadInt16BigEndian(frame[12..]) is >= -1 and <= LongestClientId && Length <= WholeLength;
    }
}
