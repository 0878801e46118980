using System.Globalization;

namespace Wirehook.Dissection.Protocols.Sctp;

/// <summary>Names of chunk types, causes and payload protocols (IANA, SCTP Parameters).</summary>
internal static class SctpNames
{
    private static readonly string[] Causes =
    [
        "", "Invalid Stream Identifier", "Missing Mandatory Parameter", "Stale Cookie", "Out of Resource", "Unresolvable Address", "Unrecognized Chunk Type", "Invalid Mandatory Parameter",
        "Unrecognized Parameters", "No User Data", "Cookie Received While Shutting Down", "Restart of an Association with New Addresses", "User-Initiated Abort", "Protocol Violation",
    ];

    /// <summary>The name of a chunk type, or its number.</summary>
    public static string ChunkType(byte type) => type switch
    {
        0 => "DATA",
        1 => "INIT",
        2 => "INIT ACK",
        3 => "SACK",
        4 => "HEARTBEAT",
        5 => "HEARTBEAT ACK",
        6 => "ABORT",
        7 => "SHUTDOWN",
        8 => "SHUTDOWN ACK",
        9 => "ERROR",
        10 => "COOKIE ECHO",
        11 => "COOKIE ACK",
        12 => "ECNE",
        13 => "CWR",
        14 => "SHUTDOWN COMPLETE",
        15 => "AUTH",
        16 => "NR-SACK",
        64 => "I-DATA",
        128 => "ASCONF ACK",
        130 => "RE-CONFIG",
        132 => "PAD",
        192 => "FORWARD TSN",
        193 => "ASCONF",
        194 => "I-FORWARD TSN",
        _ => type.ToString(CultureInfo.InvariantCulture),
    };

    /// <summary>The name of an error cause, or its number.</summary>
    public static string Cause(int cause) => cause > 0 && cause < Causes.Length ? Causes[cause] : cause.ToString(CultureInfo.InvariantCulture);

    /// <summary>The name of what DATA carries, or null.</summary>
    public static string? PayloadProtocol(uint id) => id switch
    {
        1 => "IUA",
        2 => "M2UA",
        3 => "M3UA",
        4 => "SUA",
        5 => "M2PA",
        6 => "V5UA",
        7 => "H.248",
        11 => "DUA",
        18 => "S1AP",
        19 => "RUA",
        20 => "HNBAP",
        24 => "SBc-AP",
        25 => "NBAP",
        27 => "X2AP",
        29 => "LCS-AP",
        43 => "M2AP",
        44 => "M3AP",
        46 => "Diameter",
        47 => "Diameter DTLS",
        50 => "WebRTC DCEP",
        51 => "WebRTC String",
        53 => "WebRTC Binary",
        56 => "WebRTC String Empty",
        57 => "WebRTC Binary Empty",
        60 => "NGAP",
        61 => "XnAP",
        62 => "F1AP",
        64 => "E1AP",
        _ => null,
    };
}
