using System.Buffers.Binary;

namespace Wirehook.Dissection.Protocols.Diameter;

/// <summary>A message's header (RFC 6733 §3).</summary>
internal readonly record struct DiameterHeader(int Length, byte Flags, int Command, uint Application, uint HopByHop, uint EndToEnd)
{
    /// <summary>Bytes before the first AVP.</summary>
    public const int Size = 20;

    /// <summary>Bytes of header and first AVP header, by which a message is recognised; one without AVPs is by its header.</summary>
    public const int ProbeLength = Size + 8;

    private const int LongestBelieved = 1 << 20;
    private const byte RequestFlag = 0x80;
    private const byte ErrorFlag = 0x20;
    private const byte ReservedFlags = 0x0F;

    /// <summary>Whether the message asks.</summary>
    public bool IsRequest => (Flags & RequestFlag) != 0;

    /// <summary>Whether the message says that something went wrong.</summary>
    public bool IsError => (Flags & ErrorFlag) != 0;

    /// <summary>Reads a header; false where the bytes cannot be one.</summary>
    public static bool TryRead(ReadOnlySpan<byte> data, out DiameterHeader header)
    {
        header = default;
        if (data.Length < Size || data[0] != 1) return false;
        var length = (int)(BinaryPrimitives.ReadUInt32BigEndian(data) & 0xFF_FFFF);
        var flags = data[4];
        if (length < Size || length % 4 != 0 || (flags & ReservedFlags) != 0 || (flags & (RequestFlag | ErrorFlag)) == (RequestFlag | ErrorFlag)) return false;
        header = new DiameterHeader(
            length, flags, (int)(BinaryPrimitives.ReadUInt32BigEndian(data[4..]) & 0xFF_FFFF), BinaryPrimitives.ReadUInt32BigEndian(data[8..]),
            BinaryPrimitives.ReadUInt32BigEndian(data[12..]), BinaryPrimitives.ReadUInt32BigEndian(data[16..]));
        return true;
    }

    /// <summary>Whether fewer bytes than a header has may be the beginning of one.</summary>
    public static bool MayBegin(ReadOnlySpan<byte> data) => data[0] == 1 && (data.Length < 5 || (data[4] & ReservedFlags) == 0) && (data.Length < 4 || data[3] % 4 == 0);

    /// <summary>Whether a message begins here beyond reasonable doubt: a sane header, a command that is in use, and AVPs whose lengths fit, as far as they are there.</summary>
    public static bool LooksRight(ReadOnlySpan<byte> data)
    {
        if (!TryRead(data, out var header) || header.Length > LongestBelieved || !DiameterNames.IsKnownCommand(header.Command)) return false;
        if (header.Length > Size && data.Length < ProbeLength) return false;
        var end = Math.Min(header.Length, data.Length);
        var at = Size;
        while (at + 8 <= end)
        {
            if (!DiameterAvp.TryRead(data[at..end], header.Length - at, out var avp)) return false;
            at += avp.PaddedLength;
        }

        // The last AVP may lack its padding where an implementation leaves it out of the length.
        return header.Length > data.Length || (at >= header.Length && at < header.Length + 4);
    }

    /// <summary>Where the next message begins; -1 where none does.</summary>
    public static int FindNext(ReadOnlySpan<byte> data)
    {
        for (var at = 0; at + Size <= data.Length; at++)
        {
            var next = data[at..].IndexOf((byte)1);
            if (next < 0 || at + next + Size > data.Length) return -1;
            at += next;
            if (LooksRight(data[at..])) return at;
        }

        return -1;
    }
}
