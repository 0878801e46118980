using System.Collections.Frozen;

namespace Wirehook.Dissection.Protocols.Ldap;

/// <summary>Names of numbers and object identifiers.</summary>
internal static class LdapNames
{
    /// <summary>Starts TLS (RFC 4511 §4.14).</summary>
    public const string StartTls = "1.3.6.1.4.1.1466.20037";

    private static readonly FrozenDictionary<long, string> Results = new Dictionary<long, string>
    {
        [0] = "success",
        [1] = "operationsError",
        [2] = "protocolError",
        [3] = "timeLimitExceeded",
        [4] = "sizeLimitExceeded",
        [5] = "compareFalse",
        [6] = "compareTrue",
        [7] = "authMethodNotSupported",
        [8] = "strongerAuthRequired",
        [10] = "referral",
        [11] = "adminLimitExceeded",
        [12] = "unavailableCriticalExtension",
        [13] = "confidentialityRequired",
        [14] = "saslBindInProgress",
        [16] = "noSuchAttribute",
        [17] = "undefinedAttributeType",
        [18] = "inappropriateMatching",
        [19] = "constraintViolation",
        [20] = "attributeOrValueExists",
        [21] = "invalidAttributeSyntax",
        [32] = "noSuchObject",
        [33] = "aliasProblem",
        [34] = "invalidDNSyntax",
        [36] = "aliasDereferencingProblem",
        [48] = "inappropriateAuthentication",
        [49] = "invalidCredentials",
        [50] = "insufficientAccessRights",
        [51] = "busy",
        [52] = "unavailable",
        [53] = "unwillingToPerform",
        [54] = "loopDetect",
        [64] = "namingViolation",
        [65] = "objectClassViolation",
        [66] = "notAllowedOnNonLeaf",
        [67] = "notAllowedOnRDN",
        [68] = "entryAlreadyExists",
        [69] = "objectClassModsProhibited",
        [71] = "affectsMultipleDSAs",
        [80] = "other",
        [118] = "canceled",
        [119] = "noSuchOperation",
        [120] = "tooLate",
        [121] = "cannotCancel",
        [122] = "assertionFailed",
        [123] = "authorizationDenied",
        [4096] = "e-syncRefreshRequired",
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<string, string> Identifiers = new Dictionary<string, string>
    {
        [StartTls] = "StartTLS",
        ["1.3.6.1.4.1.1466.20036"] = "Notice of Disconnection",
        ["1.3.6.1.4.1.4203.1.11.1"] = "Password Modify",
        ["1.3.6.1.4.1.4203.1.11.3"] = "Who am I?",
        ["1.3.6.1.1.8"] = "Cancel",
        ["1.3.6.1.1.21.1"] = "Start Transaction",
        ["1.3.6.1.1.21.3"] = "End Transaction",
        ["1.3.6.1.4.1.1466.101.119.1"] = "Refresh",
        ["1.2.840.113556.1.4.319"] = "Paged Results",
        ["1.2.840.113556.1.4.473"] = "Server Side Sort",
        ["1.2.840.113556.1.4.474"] = "Server Side Sort Response",
        ["1.2.840.113556.1.4.801"] = "SD Flags",
        ["1.2.840.113556.1.4.841"] = "DirSync",
        ["1.2.840.113556.1.4.417"] = "Show Deleted",
        ["1.2.840.113556.1.4.529"] = "Extended DN",
        ["1.2.840.113556.1.4.1339"] = "Domain Scope",
        ["1.2.840.113556.1.4.805"] = "Tree Delete",
        ["2.16.840.1.113730.3.4.2"] = "ManageDsaIT",
        ["2.16.840.1.113730.3.4.3"] = "Persistent Search",
        ["2.16.840.1.113730.3.4.9"] = "Virtual List View",
        ["2.16.840.1.113730.3.4.18"] = "Proxied Authorization",
        ["1.3.6.1.4.1.42.2.27.8.5.1"] = "Password Policy",
        ["1.3.6.1.1.12"] = "Assertion",
        ["1.3.6.1.1.13.1"] = "Pre-Read",
        ["1.3.6.1.1.13.2"] = "Post-Read",
        ["1.3.6.1.4.1.4203.1.9.1.1"] = "Sync Request",
        ["1.3.6.1.4.1.4203.1.9.1.2"] = "Sync State",
        ["1.3.6.1.4.1.4203.1.9.1.3"] = "Sync Done",
        ["1.3.6.1.4.1.4203.1.9.1.4"] = "Sync Info",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>A result code's name (RFC 4511 §4.1.9, IANA).</summary>
    public static string ResultName(long code) => Results.TryGetValue(code, out var name) ? name : code.ToString(System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>The name of an extended operation or control; null where it has none here.</summary>
    public static string? IdentifierName(string identifier) => Identifiers.GetValueOrDefault(identifier);

    /// <summary>A search's scope (RFC 4511 §4.5.1.2).</summary>
    public static string Scope(long scope) => scope switch
    {
        0 => "baseObject",
        1 => "singleLevel",
        2 => "wholeSubtree",
        3 => "subordinateSubtree",
        _ => scope.ToString(System.Globalization.CultureInfo.InvariantCulture),
    };

    /// <summary>When aliases are followed (RFC 4511 §4.5.1.3).</summary>
    public static string Aliases(long value) => value switch
    {
        0 => "neverDerefAliases",
        1 => "derefInSearching",
        2 => "derefFindingBaseObj",
        3 => "derefAlways",
        _ => value.ToString(System.Globalization.CultureInfo.InvariantCulture),
    };

    /// <summary>How a modification changes an attribute (RFC 4511 §4.6, RFC 4525).</summary>
    public static string Change(long value) => value switch
    {
        0 => "add",
        1 => "delete",
        2 => "replace",
        3 => "increment",
        _ => value.ToString(System.Globalization.CultureInfo.InvariantCulture),
    };
}
