namespace Wirehook.Dissection.Protocols.Postgres;

/// <summary>The types of messages (PostgreSQL documentation, "Message Formats") and what the documentation calls them.</summary>
internal static class PostgresMessages
{
    private static readonly bool[] FromServer = Mark("RKSvZTDCEINAnst123GHWdcV");
    private static readonly bool[] FromClient = Mark("QPBDECSHXpdcfF");

    /// <summary>Whether a side sends messages of the type.</summary>
    public static bool IsKnown(byte type, bool server) => (server ? FromServer : FromClient)[type];

    /// <summary>What the documentation calls a message of the client.</summary>
    public static string ClientName(byte type) => (char)type switch
    {
        'Q' => "Query",
        'P' => "Parse",
        'B' => "Bind",
        'D' => "Describe",
        'E' => "Execute",
        'C' => "Close",
        'S' => "Sync",
        'H' => "Flush",
        'X' => "Terminate",
        'p' => "Authentication",
        'd' => "CopyData",
        'c' => "CopyDone",
        'f' => "CopyFail",
        'F' => "FunctionCall",
        _ => "Unknown",
    };

    private static bool[] Mark(string types)
    {
        var known = new bool[256];
        foreach (var type in types) known[type] = true;
        return known;
    }
}
