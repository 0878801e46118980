using Wirehook.Dissection.Records;

namespace Wirehook.Dissection.Protocols.Redis;

/// <summary>What one message says, in the words of its record.</summary>
internal sealed class RedisContent
{
    /// <summary>The name of its RESP type.</summary>
    public string TypeName { get; set; } = "";

    /// <summary>Command or kind of a pushed message, in upper case.</summary>
    public string Command { get; set; } = "";

    /// <summary>The first argument.</summary>
    public string Key { get; set; } = "";

    /// <summary>The second argument or all from there, or the reply's content.</summary>
    public string Value { get; set; } = "";

    /// <summary>A reply of one well-known word.</summary>
    public string Keyword { get; set; } = "";

    /// <summary>Arguments of a command.</summary>
    public FieldValue[]? Arguments { get; set; }

    /// <summary>Values of a reply that has many.</summary>
    public IReadOnlyList<FieldValue>? Elements { get; set; }

    /// <summary>Keys and values of attributes.</summary>
    public IReadOnlyList<FieldValue>? Attributes { get; set; }

    /// <summary>First word of an error.</summary>
    public string? ErrorCode { get; set; }

    /// <summary>Whether the reply is null.</summary>
    public bool IsNull { get; set; }

    /// <summary>Whether some strings are in base64.</summary>
    public bool IsEncoded { get; set; }
}
