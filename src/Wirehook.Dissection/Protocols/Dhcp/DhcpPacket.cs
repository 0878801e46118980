using System.Buffers.Binary;
using Wirehook.Packets.Flows;

namespace Wirehook.Dissection.Protocols.Dhcp;

/// <summary>The form of a DHCP message: BOOTP's fixed fields, the magic cookie, options (RFC 2131 §2, RFC 2132 §2).</summary>
internal static class DhcpPacket
{
    /// <summary>Bytes before the magic cookie.</summary>
    public const int HeaderLength = 236;

    /// <summary>Bytes before the first option.</summary>
    public const int OptionsOffset = HeaderLength + 4;

    /// <summary>The option that says what a message is.</summary>
    public const byte MessageTypeOption = 53;

    private const int ClientEnd = 44;
    private const uint MagicCookie = 0x6382_5363;
    private const byte Pad = 0;
    private const byte End = 255;

    /// <summary>Whether the fixed fields make sense.</summary>
    public static bool IsValid(ReadOnlySpan<byte> data) => data.Length >= HeaderLength && LooksRight(data);

    /// <summary>Whether the capture kept the beginning of a message, up to the client's address at least.</summary>
    public static bool IsCut(ReadOnlySpan<byte> data, int missing) => data.Length is >= ClientEnd and < HeaderLength && data.Length + missing >= HeaderLength && LooksRight(data);

    /// <summary>Whether options follow.</summary>
    public static bool HasCookie(ReadOnlySpan<byte> data) => data.Length >= OptionsOffset && BinaryPrimitives.ReadUInt32BigEndian(data[HeaderLength..]) == MagicCookie;

    /// <summary>Whether both sides use ports of DHCP: clients and relays do as well as servers.</summary>
    public static bool IsOnPort(Flow flow) => flow.Initiator.Port is 67 or 68 && flow.Responder.Port is 67 or 68;

    /// <summary>The number that says what the message is; 0 for BOOTP, which has none.</summary>
    public static int MessageTypeOf(ReadOnlySpan<byte> data)
    {
        if (!HasCookie(data)) return 0;
        for (var at = OptionsOffset; TryReadOption(data, ref at, out var code, out var value);)
        {
            if (code == MessageTypeOption && value.Length > 0) return data[value.Start];
        }

        return 0;
    }

    /// <summary>The next option at <paramref name="at"/>, which moves behind it; false at the end, and where the rest is no option.</summary>
    public static bool TryReadOption(ReadOnlySpan<byte> data, ref int at, out byte code, out (int Start, int Length) value)
    {
        while (at < data.Length && data[at] == Pad) at++;
        (code, value) = (End, (at, 0));
        if (at + 2 > data.Length || data[at] == End || at + 2 + data[at + 1] > data.Length) return false;
        (code, value) = (data[at], (at + 2, data[at + 1]));
        at += 2 + data[at + 1];
        return true;
    }

    private static bool LooksRight(ReadOnlySpan<byte> data) => data[0] is 1 or 2 && data[2] <= 16 && data[3] <= 32 && (data[10] & 0x7F) == 0;
}
