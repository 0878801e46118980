namespace Wirehook.Dissection.Protocols.Icmp;

/// <summary>Which messages ask and which answer.</summary>
internal static class IcmpExchange
{
    /// <summary>Type, code, checksum, and the four bytes that identifier and sequence number take where there are any.</summary>
    public const int HeaderLength = 8;

    /// <summary>The type of the request to which a message of <paramref name="type"/> belongs, or 0 where its type is neither asked nor answered.</summary>
    public static int Of(byte type, bool version6, out bool isReply)
    {
        var request = version6
            ? type switch { 128 or 129 => 128, 160 or 161 => 160, _ => 0 }
            : type switch { 0 or 8 => 8, 13 or 14 => 13, 15 or 16 => 15, 17 or 18 => 17, 42 or 43 => 42, _ => 0 };
        isReply = request != 0 && type != request;
        return request;
    }

    /// <summary>Whether a message of <paramref name="type"/> reports an error about a packet that it quotes.</summary>
    public static bool IsError(byte type, bool version6) => version6 ? type < 128 : type is 3 or 4 or 5 or 11 or 12;
}
