namespace Wirehook.Dissection.Protocols.Cassandra;

/// <summary>What messages are (native_protocol_v4.spec §2.4).</summary>
internal static class CassandraOpcodes
{
    public const byte Error = 0x00;
    public const byte Startup = 0x01;
    public const byte Ready = 0x02;
    public const byte Authenticate = 0x03;
    public const byte Options = 0x05;
    public const byte Supported = 0x06;
    public const byte Query = 0x07;
    public const byte Result = 0x08;
    public const byte Prepare = 0x09;
    public const byte Execute = 0x0a;
    public const byte Register = 0x0b;
    public const byte Event = 0x0c;
    public const byte Batch = 0x0d;
    public const byte AuthChallenge = 0x0e;
    public const byte AuthResponse = 0x0f;
    public const byte AuthSuccess = 0x10;

    private static readonly string[] Names =
        ["ERROR", "STARTUP", "READY", "AUTHENTICATE", "CREDENTIALS", "OPTIONS", "SUPPORTED", "QUERY", "RESULT", "PREPARE", "EXECUTE", "REGISTER", "EVENT", "BATCH", "AUTH_CHALLENGE",
            "AUTH_RESPONSE", "AUTH_SUCCESS"];

    /// <summary>The opcode's name.</summary>
    public static string NameOf(byte opcode) => opcode < Names.Length ? Names[opcode] : "UNKNOWN";

    /// <summary>Whether a side sends messages of the opcode.</summary>
    public static bool IsKnown(byte opcode, bool server) => server
        ? opcode is Error or Ready or Authenticate or Supported or Result or Event or AuthChallenge or AuthSuccess
        : opcode is Startup or Options or Query or Prepare or Execute or Register or Batch or AuthResponse;
}

/// <summary>Codes of ERROR (native_protocol_v5.spec §8).</summary>
internal static class CassandraErrors
{
    /// <summary>Whether it is a code of the specification.</summary>
    public static bool IsKnown(int code) => NameOf(code).Length > 0;

    /// <summary>What the specification calls the code; empty where it does not know it.</summary>
    public static string NameOf(int code) => code switch
    {
        0x0000 => "Server error",
        0x000a => "Protocol error",
        0x0100 => "Authentication error",
        0x1000 => "Unavailable",
        0x1001 => "Overloaded",
        0x1002 => "Is bootstrapping",
        0x1003 => "Truncate error",
        0x1100 => "Write timeout",
        0x1200 => "Read timeout",
        0x1300 => "Read failure",
        0x1400 => "Function failure",
        0x1500 => "Write failure",
        0x1600 => "CDC write failure",
        0x1700 => "CAS write unknown",
        0x2000 => "Syntax error",
        0x2100 => "Unauthorized",
        0x2200 => "Invalid",
        0x2300 => "Config error",
        0x2400 => "Already exists",
        0x2500 => "Unprepared",
        _ => "",
    };
}

/// <summary>Levels of consistency (native_protocol_v4.spec §3).</summary>
internal static class CassandraConsistency
{
    private static readonly string[] Names = ["ANY", "ONE", "TWO", "THREE", "QUORUM", "ALL", "LOCAL_QUORUM", "EACH_QUORUM", "SERIAL", "LOCAL_SERIAL", "LOCAL_ONE"];

    /// <summary>The level's name; empty where there is none.</summary>
    public static string NameOf(int level) => level >= 0 && level < Names.Length ? Names[level] : "";
}
