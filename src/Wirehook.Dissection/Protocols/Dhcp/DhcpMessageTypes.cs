namespace Wirehook.Dissection.Protocols.Dhcp;

/// <summary>Message types (IANA, DHCP Message Type 53 Values and DHCPv6 Message Types) and which answers which.</summary>
internal static class DhcpMessageTypes
{
    private static readonly string[] Names4 =
    [
        "", "DISCOVER", "OFFER", "REQUEST", "DECLINE", "ACK", "NAK", "RELEASE", "INFORM", "FORCERENEW", "LEASEQUERY", "LEASEUNASSIGNED", "LEASEUNKNOWN", "LEASEACTIVE",
        "BULKLEASEQUERY", "LEASEQUERYDONE", "ACTIVELEASEQUERY", "LEASEQUERYSTATUS", "TLS",
    ];

    private static readonly string[] Names6 =
    [
        "", "SOLICIT", "ADVERTISE", "REQUEST", "CONFIRM", "RENEW", "REBIND", "REPLY", "RELEASE", "DECLINE", "RECONFIGURE", "INFORMATION-REQUEST", "RELAY-FORW", "RELAY-REPL",
        "LEASEQUERY", "LEASEQUERY-REPLY", "LEASEQUERY-DONE", "LEASEQUERY-DATA", "RECONFIGURE-REQUEST", "RECONFIGURE-REPLY", "DHCPV4-QUERY", "DHCPV4-RESPONSE",
    ];

    /// <summary>The name of a DHCP message; BOOTP's are named by their operation.</summary>
    public static string Name4(int type, byte operation) => type > 0 && type < Names4.Length ? Names4[type] : operation == 1 ? "BOOTREQUEST" : "BOOTREPLY";

    /// <summary>The name of a DHCPv6 message, or null.</summary>
    public static string? Name6(int type) => type > 0 && type < Names6.Length ? Names6[type] : null;

    /// <summary>Whether a DHCP request of this type is answered at all.</summary>
    public static bool IsAnswered4(int type) => type is 0 or 1 or 3 or 8 or 10;

    /// <summary>Whether <paramref name="response"/> may answer <paramref name="request"/> in DHCP.</summary>
    public static bool Answers4(int request, int response) => request switch
    {
        // With rapid commit, an ACK answers a DISCOVER (RFC 4039).
        1 => response is 2 or 5,
        3 => response is 5 or 6,
        8 => response is 5,
        10 => response is >= 11 and <= 13,
        _ => response == 0,
    };

    /// <summary>Whether a DHCPv6 message of this type asks.</summary>
    public static bool IsRequest6(int type) => type is 1 or 3 or 4 or 5 or 6 or 8 or 9 or 11 or 12 or 14 or 18 or 20;

    /// <summary>Whether <paramref name="response"/> may answer <paramref name="request"/> in DHCPv6.</summary>
    public static bool Answers6(int request, int response) => request switch
    {
        1 => response is 2 or 7,
        12 => response is 13,
        14 => response is 15,
        18 => response is 19,
        20 => response is 21,
        _ => response is 7,
    };
}
