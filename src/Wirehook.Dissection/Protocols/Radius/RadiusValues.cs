namespace Wirehook.Dissection.Protocols.Radius;

/// <summary>Names of the numbers that enumerated attributes hold (RFC 2865, 2866, 2868, 2869, 5176; IANA, RADIUS Types).</summary>
internal static class RadiusValues
{
    private static readonly string?[] ServiceType =
    [
        null, "Login", "Framed", "Callback-Login", "Callback-Framed", "Outbound", "Administrative", "NAS-Prompt", "Authenticate-Only", "Callback-NAS-Prompt",
        "Call-Check", "Callback-Administrative", "Voice", "Fax", "Modem-Relay", "IAPP-Register", "IAPP-AP-Check", "Authorize-Only", "Framed-Management",
    ];

    private static readonly string?[] FramedProtocol = [null, "PPP", "SLIP", "ARAP", "Gandalf", "Xylogics-IPX-SLIP", "X.75", "GPRS-PDP-Context"];
    private static readonly string?[] FramedRouting = ["None", "Send", "Listen", "Send-and-Listen"];
    private static readonly string?[] FramedCompression = ["None", "Van-Jacobson-TCP-IP", "IPX-Header-Compression", "Stac-LZS"];
    private static readonly string?[] LoginService = ["Telnet", "Rlogin", "TCP-Clear", "PortMaster", "LAT", "X25-PAD", "X25-T3POS", null, "TCP-Clear-Quiet"];
    private static readonly string?[] TerminationAction = ["Default", "RADIUS-Request"];
    private static readonly string?[] AcctAuthentic = [null, "RADIUS", "Local", "Remote", "Diameter"];

    private static readonly string?[] AcctStatus =
        [null, "Start", "Stop", "Interim-Update", null, null, null, "Accounting-On", "Accounting-Off", "Tunnel-Start", "Tunnel-Stop", "Tunnel-Reject", "Tunnel-Link-Start", "Tunnel-Link-Stop", "Tunnel-Link-Reject", "Failed"];

    private static readonly string?[] TerminateCause =
    [
        null, "User-Request", "Lost-Carrier", "Lost-Service", "Idle-Timeout", "Session-Timeout", "Admin-Reset", "Admin-Reboot", "Port-Error", "NAS-Error", "NAS-Request", "NAS-Reboot",
        "Port-Unneeded", "Port-Preempted", "Port-Suspended", "Service-Unavailable", "Callback", "User-Error", "Host-Request", "Supplicant-Restart", "Reauthentication-Failure",
        "Port-Reinitialized", "Port-Administratively-Disabled", "Lost-Power",
    ];

    private static readonly string?[] PortType =
    [
        "Async", "Sync", "ISDN-Sync", "ISDN-Async-V.120", "ISDN-Async-V.110", "Virtual", "PIAFS", "HDLC-Clear-Channel", "X.25", "X.75", "G.3-Fax", "SDSL", "ADSL-CAP", "ADSL-DMT", "IDSL",
        "Ethernet", "xDSL", "Cable", "Wireless-Other", "Wireless-802.11", "Token-Ring", "FDDI", "Wireless-CDMA2000", "Wireless-UMTS", "Wireless-1X-EV", "IAPP", "FTTP",
        "Wireless-802.16", "Wireless-802.20", "Wireless-802.22", "PPPoA", "PPPoEoA", "PPPoEoE", "PPPoEoVLAN", "PPPoEoQinQ", "xPON", "Wireless-XGP",
    ];

    /// <summary>The name of <paramref name="number"/> in an attribute of <paramref name="type"/>, or null.</summary>
    public static string? Name(byte type, uint number) => type == 101 ? ErrorCause(number) : Of(type switch
    {
        6 => ServiceType,
        7 => FramedProtocol,
        10 => FramedRouting,
        13 => FramedCompression,
        15 => LoginService,
        29 => TerminationAction,
        40 => AcctStatus,
        45 => AcctAuthentic,
        49 => TerminateCause,
        61 => PortType,
        _ => [],
    }, number);

    private static string? Of(string?[] names, uint number) => number < names.Length ? names[number] : null;

    private static string? ErrorCause(uint number) => number switch
    {
        201 => "Residual-Context-Removed",
        202 => "Invalid-EAP-Packet",
        401 => "Unsupported-Attribute",
        402 => "Missing-Attribute",
        403 => "NAS-Identification-Mismatch",
        404 => "Invalid-Request",
        405 => "Unsupported-Service",
        406 => "Unsupported-Extension",
        407 => "Invalid-Attribute-Value",
        501 => "Administratively-Prohibited",
        502 => "Proxy-Request-Not-Routable",
        503 => "Session-Context-Not-Found",
        504 => "Session-Context-Not-Removable",
        505 => "Proxy-Processing-Error",
        506 => "Resources-Unavailable",
        507 => "Request-Initiated",
        508 => "Multiple-Session-Selection-Unsupported",
        _ => null,
    };
}
