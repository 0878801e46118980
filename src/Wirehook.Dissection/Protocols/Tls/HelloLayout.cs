using System.Buffers.Binary;
using Wirehook.Dissection.Secrets;

namespace Wirehook.Dissection.Protocols.Tls;

/// <summary>Where the parts of a ClientHello or ServerHello lie (RFC 8446 §4.1; RFC 6347 §4.2.1 for the cookie of DTLS).</summary>
internal readonly struct HelloLayout
{
    /// <summary>Bytes of a hello up to the end of its random.</summary>
    public const int RandomEnd = RandomAt + ClientRandom.Length;

    private const int RandomAt = 2;
    private const int SessionIdAt = RandomEnd;

    /// <summary>The session id.</summary>
    public Range SessionId { get; private init; }

    /// <summary>The client's cipher suites or the one that the server chose, two bytes each.</summary>
    public Range Suites { get; private init; }

    /// <summary>The compression methods or the one that the server chose.</summary>
    public Range Compression { get; private init; }

    /// <summary>The extensions.</summary>
    public Range Extensions { get; private init; }

    /// <summary>The version before there was an extension for it.</summary>
    public static ushort LegacyVersion(ReadOnlySpan<byte> hello) => BinaryPrimitives.ReadUInt16BigEndian(hello);

    /// <summary>The random bytes.</summary>
    public static ReadOnlySpan<byte> Random(ReadOnlySpan<byte> hello) => hello.Slice(RandomAt, ClientRandom.Length);

    /// <summary>Reads a ClientHello. False where it is none.</summary>
    /// <param name="hello">The message without its header.</param>
    /// <param name="layout">Where its parts are.</param>
    public static bool TryReadClient(ReadOnlySpan<byte> hello, out HelloLayout layout)
    {
        layout = default;
        if (!TryReadSessionId(hello, out var at, out var sessionId)) return false;
        if (LegacyVersion(hello) is TlsVersion.Dtls10 or TlsVersion.Dtls12)
        {
            if (at >= hello.Length || hello[at] > hello.Length - at - 1) return false;
            at += 1 + hello[at];
        }

        if (hello.Length < at + 2) return false;
        int length = BinaryPrimitives.ReadUInt16BigEndian(hello[at..]);
        at += 2;
        if (length < 2 || length % 2 != 0 || hello.Length < at + length + 1) return false;
        var suites = new Range(at, at + length);
        at += length;
        length = hello[at++];
        if (length == 0 || hello.Length < at + length) return false;
        layout = new HelloLayout { SessionId = sessionId, Suites = suites, Compression = new Range(at, at + length), Extensions = ReadExtensions(hello, at + length) };
        return true;
    }

    /// <summary>Reads a ServerHello. False where it is none.</summary>
    /// <param name="hello">The message without its header.</param>
    /// <param name="layout">Where its parts are.</param>
    public static bool TryReadServer(ReadOnlySpan<byte> hello, out HelloLayout layout)
    {
        layout = default;
        if (!TryReadSessionId(hello, out var at, out var sessionId)) return false;
        // The drafts of TLS 1.3 before 22 leave out session id and compression, and are not read.
        if (hello.Length < at + 3) return false;
        layout = new HelloLayout
        {
            SessionId = sessionId,
            Suites = new Range(at, at + 2),
            Compression = new Range(at + 2, at + 3),
            Extensions = ReadExtensions(hello, at + 3),
        };
        return true;
    }

    private static bool TryReadSessionId(ReadOnlySpan<byte> hello, out int end, out Range sessionId)
    {
        (end, sessionId) = (0, default);
        if (hello.Length <= SessionIdAt || hello[0] is not (3 or 0xFE)) return false;
        int length = hello[SessionIdAt];
        if (length > 32 || hello.Length < SessionIdAt + 1 + length) return false;
        end = SessionIdAt + 1 + length;
        sessionId = new Range(SessionIdAt + 1, end);
        return true;
    }

    private static Range ReadExtensions(ReadOnlySpan<byte> hello, int at)
    {
        if (hello.Length < at + 2) return new Range(at, at);
        var length = Math.Min(BinaryPrimitives.ReadUInt16BigEndian(hello[at..]), hello.Length - at - 2);
        return new Range(at + 2, at + 2 + length);
    }
}
