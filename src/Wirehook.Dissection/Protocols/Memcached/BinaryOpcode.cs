namespace Wirehook.Dissection.Protocols.Memcached;

/// <summary>The operations of the binary protocol.</summary>
internal static class BinaryOpcode
{
    /// <summary>Ask for statistics; many responses, the last one empty.</summary>
    public const byte Stat = 0x10;

    /// <summary>Change when an item expires; its response has flags and no value.</summary>
    public const byte Touch = 0x1c;

    private static readonly string[] Names =
    [
        "get", "set", "add", "replace", "delete", "increment", "decrement", "quit", "flush", "getq", "noop", "version", "getk", "getkq", "append", "prepend",
        "stat", "setq", "addq", "replaceq", "deleteq", "incrementq", "decrementq", "quitq", "flushq", "appendq", "prependq", "verbosity", "touch", "gat", "gatq",
        "", "sasl list mechs", "sasl auth", "sasl step", "gatk", "gatkq",
    ];

    /// <summary>Whether there is such an operation.</summary>
    public static bool IsKnown(byte opcode) => opcode < Names.Length && Names[opcode].Length > 0;

    /// <summary>Its name, in lower case; a number where there is none.</summary>
    public static string NameOf(byte opcode) => IsKnown(opcode) ? Names[opcode] : "0x" + opcode.ToString("x2", System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Whether the operation answers only failures, or only hits.</summary>
    public static bool IsQuiet(byte opcode) => opcode is 0x09 or 0x0d or (>= 0x11 and <= 0x1a) or 0x1e or 0x24;

    /// <summary>Whether a request may have extras of this length.</summary>
    public static bool AllowsExtras(byte opcode, int length) => opcode switch
    {
        0x01 or 0x02 or 0x03 or 0x11 or 0x12 or 0x13 => length == 8,
        0x05 or 0x06 or 0x15 or 0x16 => length == 20,
        0x08 or 0x18 => length is 0 or 4,
        0x1b or 0x1c or 0x1d or 0x1e or 0x23 or 0x24 => length == 4,
        _ => length == 0,
    };

    /// <summary>Whether a request must have a key; where it may have one, whether it has.</summary>
    public static bool NeedsKey(byte opcode, int length) => opcode switch
    {
        0x07 or 0x08 or 0x0a or 0x0b or 0x17 or 0x18 or 0x1b or 0x20 => false,
        Stat => length > 0,
        _ => true,
    };

    /// <summary>A response's status in the specification's words.</summary>
    public static string StatusName(ushort status) => status switch
    {
        0x00 => "NO_ERROR",
        0x01 => "KEY_NOT_FOUND",
        0x02 => "KEY_EXISTS",
        0x03 => "VALUE_TOO_LARGE",
        0x04 => "INVALID_ARGUMENTS",
        0x05 => "ITEM_NOT_STORED",
        0x06 => "NON_NUMERIC_VALUE",
        0x07 => "WRONG_VBUCKET",
        0x08 or 0x20 => "AUTHENTICATION_ERROR",
        0x09 or 0x21 => "AUTHENTICATION_CONTINUE",
        0x81 => "UNKNOWN_COMMAND",
        0x82 => "OUT_OF_MEMORY",
        0x83 => "NOT_SUPPORTED",
        0x84 => "INTERNAL_ERROR",
        0x85 => "BUSY",
        0x86 => "TEMPORARY_FAILURE",
        _ => "0x" + status.ToString("x4", System.Globalization.CultureInfo.InvariantCulture),
    };
}
