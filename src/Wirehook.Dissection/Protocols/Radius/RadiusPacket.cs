using System.Buffers.Binary;

namespace Wirehook.Dissection.Protocols.Radius;

/// <summary>The form of a packet (RFC 2865 §3): code, identifier, length, authenticator, attributes.</summary>
internal static class RadiusPacket
{
    /// <summary>Bytes before the first attribute.</summary>
    public const int HeaderLength = 20;

    private const int LongestPacket = 4096;
    private const int FewestAttributes = 2;
    private const byte MessageAuthenticator = 80;
    private const int MessageAuthenticatorLength = 18;

    /// <summary>Whether the packet has a known code and its attributes fill the length that it declares.</summary>
    /// <param name="data">The datagram as captured.</param>
    /// <param name="missing">Bytes of it that were not captured.</param>
    public static bool IsValid(ReadOnlySpan<byte> data, int missing)
    {
        if (data.Length < HeaderLength || RadiusCodes.Name(data[0]) is null) return false;
        var length = LengthOf(data);
        if (length is < HeaderLength or > LongestPacket || length > data.Length + missing) return false;
        var at = HeaderLength;
        var end = Math.Min(length, data.Length);
        while (at + 2 <= end)
        {
            if (data[at + 1] < 2) return false;
            at += data[at + 1];
        }

        return at == length || (missing > 0 && at <= length);
    }

    /// <summary>Whether a packet on a port of RADIUS is one though its attributes do not fit: it has a known code and is exactly as long as it says.</summary>
    public static bool IsDamaged(ReadOnlySpan<byte> data, int missing) =>
        data.Length >= HeaderLength && RadiusCodes.Name(data[0]) is not null && LengthOf(data) == data.Length + missing && !IsValid(data, missing);

    /// <summary>Whether a valid packet cannot reasonably be anything else: it ends with the datagram and has several attributes, all of them known, or the one that protects the packet.</summary>
    public static bool IsUnmistakable(ReadOnlySpan<byte> data)
    {
        if (LengthOf(data) != data.Length) return false;
        var (known, isProtected, at) = (0, false, HeaderLength);
        for (; at + 2 <= data.Length; at += data[at + 1])
        {
            if (RadiusAttributes.Find(data[at]) is null) return false;
            known++;
            isProtected |= data[at] == MessageAuthenticator && data[at + 1] == MessageAuthenticatorLength;
        }

        return (known >= FewestAttributes || isProtected) && data.Slice(4, 16).ContainsAnyExcept((byte)0);
    }

    /// <summary>The length that the packet declares.</summary>
    public static int LengthOf(ReadOnlySpan<byte> data) => BinaryPrimitives.ReadUInt16BigEndian(data[2..]);
}
