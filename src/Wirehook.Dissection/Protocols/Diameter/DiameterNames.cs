using System.Globalization;

namespace Wirehook.Dissection.Protocols.Diameter;

/// <summary>Names of commands, applications, result codes and enumerated values (IANA, AAA Parameters).</summary>
internal static class DiameterNames
{
    private static readonly Dictionary<int, string> Commands = new()
    {
        [257] = "Capabilities-Exchange",
        [258] = "Re-Auth",
        [260] = "AA-Mobile-Node",
        [262] = "Home-Agent-MIP",
        [265] = "AA",
        [268] = "Diameter-EAP",
        [271] = "Accounting",
        [272] = "Credit-Control",
        [274] = "Abort-Session",
        [275] = "Session-Termination",
        [280] = "Device-Watchdog",
        [282] = "Disconnect-Peer",
        [283] = "User-Authorization",
        [284] = "Server-Assignment",
        [285] = "Location-Info",
        [286] = "Multimedia-Auth",
        [287] = "Registration-Termination",
        [288] = "Push-Profile",
        [300] = "User-Authorization",
        [301] = "Server-Assignment",
        [302] = "Location-Info",
        [303] = "Multimedia-Auth",
        [304] = "Registration-Termination",
        [305] = "Push-Profile",
        [306] = "User-Data",
        [307] = "Profile-Update",
        [308] = "Subscribe-Notifications",
        [309] = "Push-Notification",
        [310] = "Boostrapping-Info",
        [311] = "Message-Process",
        [312] = "GBAPush-Info",
        [314] = "Policy-Data",
        [315] = "Policy-Install",
        [316] = "Update-Location",
        [317] = "Cancel-Location",
        [318] = "Authentication-Information",
        [319] = "Insert-Subscriber-Data",
        [320] = "Delete-Subscriber-Data",
        [321] = "Purge-UE",
        [322] = "Reset",
        [323] = "Notify",
        [324] = "ME-Identity-Check",
        [325] = "MIP6",
        [328] = "Diameter-Query",
        [8388620] = "Provide-Location",
        [8388621] = "Location-Report",
        [8388622] = "LCS-Routing-Info",
        [8388635] = "Spending-Limit",
        [8388636] = "Spending-Status-Notification",
        [8388637] = "TDF-Session",
        [8388638] = "Update-VCSG-Location",
        [8388639] = "Device-Action",
        [8388640] = "Device-Notification",
        [8388641] = "Subscriber-Information",
        [8388642] = "Cancel-VCSG-Location",
        [8388643] = "Device-Trigger",
        [8388644] = "Delivery-Report",
        [8388645] = "MO-Forward-Short-Message",
        [8388646] = "MT-Forward-Short-Message",
        [8388647] = "Send-Routing-Info-for-SM",
        [8388648] = "Alert-Service-Centre",
    };

    private static readonly Dictionary<uint, string> Applications = new()
    {
        [0] = "Base",
        [1] = "NASREQ",
        [2] = "Mobile-IPv4",
        [3] = "Accounting",
        [4] = "Credit-Control",
        [5] = "EAP",
        [6] = "SIP",
        [16777216] = "Cx",
        [16777217] = "Sh",
        [16777222] = "Gq",
        [16777236] = "Rx",
        [16777238] = "Gx",
        [16777250] = "STa",
        [16777251] = "S6a",
        [16777252] = "S13",
        [16777255] = "SLg",
        [16777264] = "SWm",
        [16777265] = "SWx",
        [16777267] = "S9",
        [16777272] = "S6b",
        [16777291] = "SLh",
        [16777302] = "Sy",
        [16777303] = "Sd",
        [16777308] = "S7a",
        [16777310] = "S6m",
        [16777312] = "S6c",
        [16777313] = "SGd",
        [16777346] = "S6t",
        [uint.MaxValue] = "Relay",
    };

    private static readonly Dictionary<uint, string> Results = new()
    {
        [1001] = "DIAMETER_MULTI_ROUND_AUTH",
        [2001] = "DIAMETER_SUCCESS",
        [2002] = "DIAMETER_LIMITED_SUCCESS",
        [3001] = "DIAMETER_COMMAND_UNSUPPORTED",
        [3002] = "DIAMETER_UNABLE_TO_DELIVER",
        [3003] = "DIAMETER_REALM_NOT_SERVED",
        [3004] = "DIAMETER_TOO_BUSY",
        [3005] = "DIAMETER_LOOP_DETECTED",
        [3006] = "DIAMETER_REDIRECT_INDICATION",
        [3007] = "DIAMETER_APPLICATION_UNSUPPORTED",
        [3008] = "DIAMETER_INVALID_HDR_BITS",
        [3009] = "DIAMETER_INVALID_AVP_BITS",
        [3010] = "DIAMETER_UNKNOWN_PEER",
        [4001] = "DIAMETER_AUTHENTICATION_REJECTED",
        [4002] = "DIAMETER_OUT_OF_SPACE",
        [4003] = "ELECTION_LOST",
        [4010] = "DIAMETER_END_USER_SERVICE_DENIED",
        [4011] = "DIAMETER_CREDIT_CONTROL_NOT_APPLICABLE",
        [4012] = "DIAMETER_CREDIT_LIMIT_REACHED",
        [5001] = "DIAMETER_AVP_UNSUPPORTED",
        [5002] = "DIAMETER_UNKNOWN_SESSION_ID",
        [5003] = "DIAMETER_AUTHORIZATION_REJECTED",
        [5004] = "DIAMETER_INVALID_AVP_VALUE",
        [5005] = "DIAMETER_MISSING_AVP",
        [5006] = "DIAMETER_RESOURCES_EXCEEDED",
        [5007] = "DIAMETER_CONTRADICTING_AVPS",
        [5008] = "DIAMETER_AVP_NOT_ALLOWED",
        [5009] = "DIAMETER_AVP_OCCURS_TOO_MANY_TIMES",
        [5010] = "DIAMETER_NO_COMMON_APPLICATION",
        [5011] = "DIAMETER_UNSUPPORTED_VERSION",
        [5012] = "DIAMETER_UNABLE_TO_COMPLY",
        [5013] = "DIAMETER_INVALID_BIT_IN_HEADER",
        [5014] = "DIAMETER_INVALID_AVP_LENGTH",
        [5015] = "DIAMETER_INVALID_MESSAGE_LENGTH",
        [5016] = "DIAMETER_INVALID_AVP_BIT_COMBO",
        [5017] = "DIAMETER_NO_COMMON_SECURITY",
        [5030] = "DIAMETER_USER_UNKNOWN",
        [5031] = "DIAMETER_RATING_FAILED",
    };

    private static readonly string?[] RequestTypes = [null, "INITIAL_REQUEST", "UPDATE_REQUEST", "TERMINATION_REQUEST", "EVENT_REQUEST"];
    private static readonly string?[] RecordTypes = [null, "EVENT_RECORD", "START_RECORD", "INTERIM_RECORD", "STOP_RECORD"];
    private static readonly string?[] SessionStates = ["STATE_MAINTAINED", "NO_STATE_MAINTAINED"];
    private static readonly string?[] DisconnectCauses = ["REBOOTING", "BUSY", "DO_NOT_WANT_TO_TALK_TO_YOU"];
    private static readonly string?[] SubscriptionTypes = ["END_USER_E164", "END_USER_IMSI", "END_USER_SIP_URI", "END_USER_NAI", "END_USER_PRIVATE"];

    private static readonly string?[] TerminationCauses =
        [null, "DIAMETER_LOGOUT", "DIAMETER_SERVICE_NOT_PROVIDED", "DIAMETER_BAD_ANSWER", "DIAMETER_ADMINISTRATIVE", "DIAMETER_LINK_BROKEN", "DIAMETER_AUTH_EXPIRED", "DIAMETER_USER_MOVED", "DIAMETER_SESSION_TIMEOUT"];

    /// <summary>Whether a command is registered.</summary>
    public static bool IsKnownCommand(int command) => Commands.ContainsKey(command);

    /// <summary>The name of a command.</summary>
    public static string Command(int command) => Commands.TryGetValue(command, out var name) ? name : string.Create(CultureInfo.InvariantCulture, $"Command-{command}");

    /// <summary>The name of an application, or null.</summary>
    public static string? Application(uint application) => Applications.GetValueOrDefault(application);

    /// <summary>The name of a result code, or null.</summary>
    public static string? Result(uint code) => Results.GetValueOrDefault(code);

    /// <summary>The name of a number in an enumerated attribute of the standard, or null.</summary>
    public static string? Value(uint code, uint vendor, int number)
    {
        string?[] names = vendor != 0 ? [] : code switch
        {
            273 => DisconnectCauses,
            277 => SessionStates,
            295 => TerminationCauses,
            416 => RequestTypes,
            450 => SubscriptionTypes,
            480 => RecordTypes,
            _ => [],
        };
        return number >= 0 && number < names.Length ? names[number] : null;
    }
}
