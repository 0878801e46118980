using System.Collections.Frozen;
using System.Globalization;

namespace Wirehook.Dissection.Protocols.Dns;

/// <summary>The names of the numbers in DNS messages, from the IANA registry "Domain Name System (DNS) Parameters".</summary>
internal static class DnsMnemonics
{
    private static readonly FrozenDictionary<int, string> Types = new Dictionary<int, string>
    {
        [1] = "A",
        [2] = "NS",
        [3] = "MD",
        [4] = "MF",
        [5] = "CNAME",
        [6] = "SOA",
        [7] = "MB",
        [8] = "MG",
        [9] = "MR",
        [10] = "NULL",
        [11] = "WKS",
        [12] = "PTR",
        [13] = "HINFO",
        [14] = "MINFO",
        [15] = "MX",
        [16] = "TXT",
        [17] = "RP",
        [18] = "AFSDB",
        [19] = "X25",
        [20] = "ISDN",
        [21] = "RT",
        [22] = "NSAP",
        [23] = "NSAP-PTR",
        [24] = "SIG",
        [25] = "KEY",
        [26] = "PX",
        [27] = "GPOS",
        [28] = "AAAA",
        [29] = "LOC",
        [30] = "NXT",
        [31] = "EID",
        [32] = "NIMLOC",
        [33] = "SRV",
        [34] = "ATMA",
        [35] = "NAPTR",
        [36] = "KX",
        [37] = "CERT",
        [38] = "A6",
        [39] = "DNAME",
        [40] = "SINK",
        [41] = "OPT",
        [42] = "APL",
        [43] = "DS",
        [44] = "SSHFP",
        [45] = "IPSECKEY",
        [46] = "RRSIG",
        [47] = "NSEC",
        [48] = "DNSKEY",
        [49] = "DHCID",
        [50] = "NSEC3",
        [51] = "NSEC3PARAM",
        [52] = "TLSA",
        [53] = "SMIMEA",
        [55] = "HIP",
        [56] = "NINFO",
        [57] = "RKEY",
        [58] = "TALINK",
        [59] = "CDS",
        [60] = "CDNSKEY",
        [61] = "OPENPGPKEY",
        [62] = "CSYNC",
        [63] = "ZONEMD",
        [64] = "SVCB",
        [65] = "HTTPS",
        [66] = "DSYNC",
        [99] = "SPF",
        [104] = "NID",
        [105] = "L32",
        [106] = "L64",
        [107] = "LP",
        [108] = "EUI48",
        [109] = "EUI64",
        [249] = "TKEY",
        [250] = "TSIG",
        [251] = "IXFR",
        [252] = "AXFR",
        [253] = "MAILB",
        [254] = "MAILA",
        [255] = "ANY",
        [256] = "URI",
        [257] = "CAA",
        [258] = "AVC",
        [259] = "DOA",
        [260] = "AMTRELAY",
        [261] = "RESINFO",
        [32768] = "TA",
        [32769] = "DLV",
    }.ToFrozenDictionary();

    private static readonly string[] ResponseCodes =
    [
        "No Error", "Format Error", "Server Failure", "Non-Existent Domain", "Not Implemented", "Query Refused",
        "Name Exists when it should not", "RR Set Exists when it should not", "RR Set that should exist does not",
        "Server Not Authoritative for zone", "Name not contained in zone", "DSO-TYPE Not Implemented",
    ];

    private static readonly string[] LateResponseCodes =
    [
        "Bad OPT Version", "Key not recognized", "Signature out of time window", "Bad TKEY Mode", "Duplicate key name",
        "Algorithm not supported", "Bad Truncation", "Bad/missing Server Cookie",
    ];

    /// <summary>The record type's name, or <c>TYPE65280</c> for one without (RFC 3597 §5).</summary>
    public static string TypeName(int type) => Types.TryGetValue(type, out var name) ? name : "TYPE" + Decimal(type);

    /// <summary>Whether the registry knows the record type.</summary>
    public static bool IsKnownType(int type) => Types.ContainsKey(type);

    /// <summary>The class's name, or <c>CLASS4096</c> for one without (RFC 3597 §5).</summary>
    public static string ClassName(int value) => value switch
    {
        1 => "IN",
        2 => "CS",
        3 => "CH",
        4 => "HS",
        254 => "NONE",
        255 => "ANY",
        _ => "CLASS" + Decimal(value),
    };

    /// <summary>The opcode's name, or <c>Opcode 9</c> for an unassigned one.</summary>
    public static string OpCodeName(int value) => value switch
    {
        0 => "Query",
        1 => "Inverse Query",
        2 => "Status",
        4 => "Notify",
        5 => "Update",
        6 => "DNS Stateful Operations",
        _ => "Opcode " + Decimal(value),
    };

    /// <summary>The response code's name, or <c>Rcode 13</c> for an unassigned one.</summary>
    public static string ResponseCodeName(int value) => value switch
    {
        < 12 => ResponseCodes[value],
        >= 16 and < 24 => LateResponseCodes[value - 16],
        _ => "Rcode " + Decimal(value),
    };

    private static string Decimal(int value) => value.ToString(CultureInfo.InvariantCulture);
}
