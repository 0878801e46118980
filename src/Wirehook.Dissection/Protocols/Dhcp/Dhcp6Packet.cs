using System.Buffers.Binary;
using Wirehook.Packets;
using Wirehook.Packets.Flows;

namespace Wirehook.Dissection.Protocols.Dhcp;

/// <summary>The form of a DHCPv6 message: type and transaction id, or a relay's header, then options (RFC 8415 §8, §9).</summary>
internal static class Dhcp6Packet
{
    /// <summary>Bytes before the first option of a client's or server's message.</summary>
    public const int HeaderLength = 4;

    /// <summary>Bytes before the first option of a relay's message.</summary>
    public const int RelayHeaderLength = 34;

    /// <summary>The option in which relays carry the message of the client or server.</summary>
    public const int RelayMessageOption = 9;

    private const int DeepestRelay = 8;

    /// <summary>Whether one side uses a port of DHCPv6.</summary>
    public static bool IsOnPort(Flow flow) => flow.Initiator.Port is 546 or 547 || flow.Responder.Port is 546 or 547;

    /// <summary>Whether a relay wrote the message.</summary>
    public static bool IsRelay(ReadOnlySpan<byte> data) => data[0] is 12 or 13;

    /// <summary>Where the options begin.</summary>
    public static int OptionsOffset(ReadOnlySpan<byte> data) => IsRelay(data) ? RelayHeaderLength : HeaderLength;

    /// <summary>Whether the type is known and the options fill the rest.</summary>
    public static bool IsValid(ReadOnlySpan<byte> data, int missing)
    {
        if (data.Length < HeaderLength || DhcpMessageTypes.Name6(data[0]) is null) return false;
        var at = OptionsOffset(data);
        if (data.Length < at) return false;
        while (TryReadOption(data, ref at, out _, out _))
        {
        }

        return at == data.Length || missing > 0;
    }

    /// <summary>The next option at <paramref name="at"/>, which moves behind it; false at the end, and where the rest is no option.</summary>
    public static bool TryReadOption(ReadOnlySpan<byte> data, ref int at, out int code, out (int Start, int Length) value)
    {
        (code, value) = (0, (at, 0));
        if (at + 4 > data.Length) return false;
        int length = BinaryPrimitives.ReadUInt16BigEndian(data[(at + 2)..]);
        if (at + 4 + length > data.Length) return false;
        (code, value) = (BinaryPrimitives.ReadUInt16BigEndian(data[at..]), (at + 4, length));
        at += 4 + length;
        return true;
    }

    /// <summary>What question and answer share: the transaction id with the client's address, or, of relays, those of the message inside with hop count and peer.</summary>
    public static long Key(ReadOnlySpan<byte> data, IpAddress client)
    {
        if (!IsRelay(data)) return ((long)(TransactionOf(data) | 0x0100_0000) << 32) | Mix(client);
        var peer = IpAddress.FromIPv6(data[18..]);
        return ((long)TransactionOf(data) << 32) | (Mix(peer) ^ data[1]);
    }

    /// <summary>The transaction id, of the innermost message.</summary>
    public static int TransactionOf(ReadOnlySpan<byte> data)
    {
        for (var depth = 0; depth < DeepestRelay && data.Length >= HeaderLength; depth++)
        {
            if (!IsRelay(data)) return (int)(BinaryPrimitives.ReadUInt32BigEndian(data) & 0xFF_FFFF);
            if (!TryFind(data, RelayMessageOption, out var inner)) break;
            data = data.Slice(inner.Start, inner.Length);
        }

        return 0;
    }

    private static bool TryFind(ReadOnlySpan<byte> data, int wanted, out (int Start, int Length) value)
    {
        for (var at = OptionsOffset(data); TryReadOption(data, ref at, out var code, out value);)
        {
            if (code == wanted) return true;
        }

        value = default;
        return false;
    }

    private static uint Mix(IpAddress address)
    {
        var mixed = (address.Low ^ (address.High * 31)) * 0x9E37_79B9_7F4A_7C15;
        return (uint)(mixed >> 32);
    }
}
