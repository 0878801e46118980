using System.Buffers.Binary;
using Wirehook.Dissection.Secrets;

namespace Wirehook.Dissection.Protocols.Tls;

/// <summary>A ClientHello in the form of SSL 2.0, with which old clients offered later versions (RFC 5246 §E.2), put into the form of TLS.</summary>
internal static class Ssl2Hello
{
    /// <summary>Bytes before the lists, the length included.</summary>
    public const int FixedHeaderLength = HeaderLength + FixedLength;

    private const int HeaderLength = 2;
    private const int FixedLength = 9;
    private const int SuiteLength = 3;

    /// <summary>Whether <paramref name="data"/>, however short, may be the beginning of such a message.</summary>
    public static bool MayBegin(ReadOnlySpan<byte> data) =>
        (data.Length < 1 || (data[0] & 0x80) != 0) && (data.Length < 3 || data[2] == HandshakeType.ClientHello) && (data.Length < 4 || data[3] == 3);

    /// <summary>Whether <paramref name="data"/> may begin with such a message, and how long it is in all.</summary>
    public static bool MayStart(ReadOnlySpan<byte> data, out int length)
    {
        length = 0;
        if (data.Length < HeaderLength + FixedLength || (data[0] & 0x80) == 0 || data[2] != HandshakeType.ClientHello) return false;
        length = HeaderLength + (((data[0] & 0x7F) << 8) | data[1]);
        var (suites, session, challenge) = Lengths(data);
        return data[3] == 3 && data[4] <= 3 && suites > 0 && suites % SuiteLength == 0 && challenge is >= 16 and <= 32
            && length == HeaderLength + FixedLength + suites + session + challenge;
    }

    /// <summary>The body of a ClientHello of TLS that says the same; null where the message is not whole.</summary>
    public static byte[]? Convert(ReadOnlySpan<byte> data)
    {
        if (!MayStart(data, out var length) || data.Length < length) return null;
        var (suites, session, challenge) = Lengths(data);
        var offered = data.Slice(HeaderLength + FixedLength, suites);
        var random = new byte[ClientRandom.Length];
        data.Slice(HeaderLength + FixedLength + suites + session, challenge).CopyTo(random.AsSpan(random.Length - challenge));
        var kept = new List<byte>();
        // Suites of SSL 2.0 itself have a first byte other than 0.
        for (; offered.Length >= SuiteLength; offered = offered[SuiteLength..])
        {
            if (offered[0] == 0) kept.AddRange(offered[1..SuiteLength]);
        }

        return kept.Count == 0 ? null : [data[3], data[4], .. random, 0, (byte)(kept.Count >> 8), (byte)kept.Count, .. kept, 1, 0];
    }

    private static (int Suites, int Session, int Challenge) Lengths(ReadOnlySpan<byte> data) => (
        BinaryPrimitives.ReadUInt16BigEndian(data[5..]), BinaryPrimitives.ReadUInt16BigEndian(data[7..]), BinaryPrimitives.ReadUInt16BigEndian(data[9..]));
}
