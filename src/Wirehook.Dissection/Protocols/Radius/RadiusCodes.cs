namespace Wirehook.Dissection.Protocols.Radius;

/// <summary>Packet types (IANA, RADIUS Packet Type Codes) and which answers which.</summary>
internal static class RadiusCodes
{
    /// <summary>The name of a code, or null where it has none.</summary>
    public static string? Name(byte code) => code switch
    {
        1 => "Access-Request",
        2 => "Access-Accept",
        3 => "Access-Reject",
        4 => "Accounting-Request",
        5 => "Accounting-Response",
        11 => "Access-Challenge",
        12 => "Status-Server",
        13 => "Status-Client",
        40 => "Disconnect-Request",
        41 => "Disconnect-ACK",
        42 => "Disconnect-NAK",
        43 => "CoA-Request",
        44 => "CoA-ACK",
        45 => "CoA-NAK",
        52 => "Protocol-Error",
        _ => null,
    };

    /// <summary>Whether a packet of this code asks.</summary>
    public static bool IsRequest(byte code) => code is 1 or 4 or 12 or 13 or 40 or 43;

    /// <summary>Whether <paramref name="response"/> may answer <paramref name="request"/>.</summary>
    public static bool Answers(byte request, byte response) => response == 52 || request switch
    {
        1 => response is 2 or 3 or 11,
        4 => response is 5,
        12 or 13 => response is 2 or 5,
        40 => response is 41 or 42,
        _ => response is 44 or 45,
    };
}
