using System.Buffers.Binary;
using Wirehook.Packets;

namespace Wirehook.Dissection.Protocols.Ntp;

/// <summary>The association modes (RFC 5905 §7.3).</summary>
internal enum NtpMode
{
    Reserved = 0,
    SymmetricActive = 1,
    SymmetricPassive = 2,
    Client = 3,
    Server = 4,
    Broadcast = 5,
    Control = 6,
    Private = 7,
}

/// <summary>The form of a packet: header fields at fixed places (RFC 5905 §7.3), control header (RFC 9327 §2).</summary>
internal static class NtpPacket
{
    /// <summary>Bytes of a time packet without extensions.</summary>
    public const int TimeLength = 48;

    /// <summary>Bytes of a control message's header.</summary>
    public const int ControlLength = 12;

    private const int PrivateLength = 8;
    private const long Second = 1_000_000_000;

    /// <summary>The packet's mode.</summary>
    public static NtpMode ModeOf(ReadOnlySpan<byte> data) => (NtpMode)(data[0] & 7);

    /// <summary>Whether the first bytes are those of a packet and there are enough of them for its mode.</summary>
    public static bool IsValid(ReadOnlySpan<byte> data, int missing)
    {
        if (data.Length < PrivateLength) return false;
        var version = (data[0] >> 3) & 7;
        var mode = data[0] & 7;
        // In private messages (mode 7) the first bits are response and more, and in control messages the first two are zero.
        return (NtpMode)mode switch
        {
            NtpMode.Private => version is >= 1 and <= 4 && data[2] <= 3,
            NtpMode.Control => version is >= 1 and <= 4 && data[0] >> 6 == 0 && data.Length >= ControlLength,
            // Version 1 has no modes: clients of old send 0.
            NtpMode.Reserved => version == 1 && data.Length >= TimeLength,
            _ => version is >= 1 and <= 4 && data.Length + missing >= TimeLength && data.Length >= TimeLength && data[1] <= 16,
        };
    }

    /// <summary>Whether a valid packet cannot reasonably be anything else.</summary>
    /// <param name="data">The packet.</param>
    /// <param name="now">The capture's time.</param>
    public static bool IsUnmistakable(ReadOnlySpan<byte> data, Timestamp now)
    {
        if (data.Length != TimeLength || (data[0] >> 3 & 7) < 3) return false;
        var transmit = TimeAt(data, 40);
        return ModeOf(data) switch
        {
            // A client that tells nothing of itself leaves everything zero except its poll interval and a number to recognise the answer by.
            NtpMode.Client => Near(transmit, now) || (transmit != 0 && data[0] >> 6 == 0 && data[1] == 0 && !data[4..40].ContainsAnyExcept((byte)0)),
            NtpMode.Server => data[1] is >= 1 and <= 15 && (sbyte)data[3] < 0 && Near(TimeAt(data, 32), now) && Near(transmit, now) && UnixOf(transmit) >= UnixOf(TimeAt(data, 32)),
            _ => false,
        };
    }

    /// <summary>The time at <paramref name="offset"/> as it is sent: seconds since 1900 and their fraction.</summary>
    public static ulong TimeAt(ReadOnlySpan<byte> data, int offset) => BinaryPrimitives.ReadUInt64BigEndian(data[offset..]);

    /// <summary>Nanoseconds since 1970; seconds without their first bit belong to the era that begins in 2036 (RFC 4330 §3).</summary>
    public static long UnixOf(ulong time)
    {
        const long From1900 = 2_208_988_800;
        const long Era = 1L << 32;
        var seconds = (long)(time >> 32);
        if (seconds < Era / 2) seconds += Era;
        return ((seconds - From1900) * Second) + (long)(((time & 0xFFFF_FFFF) * Second) >> 32);
    }

    private static bool Near(ulong time, Timestamp now) => time != 0 && Math.Abs(UnixOf(time) - now.UnixNanoseconds) < 86_400 * Second;
}
