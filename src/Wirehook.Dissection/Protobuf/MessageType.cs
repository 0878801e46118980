namespace Wirehook.Dissection.Protobuf;

/// <summary>How a field's value is to be read (protocol buffers' scalar types).</summary>
internal enum FieldType : byte
{
    /// <summary>A type that is declared elsewhere and not known: a guess decides.</summary>
    Unknown,
    Double,
    Float,
    Int64,
    UInt64,
    Int32,
    Fixed64,
    Fixed32,
    Bool,
    String,
    Group,
    Message,
    Bytes,
    UInt32,
    Enum,
    SFixed32,
    SFixed64,
    SInt32,
    SInt64,
}

/// <summary>A field of a message type.</summary>
internal sealed class MessageField(string name, int number, FieldType type, string typeName, bool repeated)
{
    /// <summary>The field's name as declared.</summary>
    public string Name { get; } = name;

    /// <summary>The field's number.</summary>
    public int Number { get; } = number;

    /// <summary>How its value is read; set when the name of its type is resolved.</summary>
    public FieldType Type { get; set; } = type;

    /// <summary>The name of its message or enum type as declared; empty for a scalar.</summary>
    public string TypeName { get; } = typeName;

    /// <summary>Whether there may be many.</summary>
    public bool Repeated { get; } = repeated;

    /// <summary>Its message type, once resolved.</summary>
    public MessageType? Message { get; set; }

    /// <summary>Its enum's names by value, once resolved.</summary>
    public IReadOnlyDictionary<int, string>? Names { get; set; }
}

/// <summary>A message type: its fields by number.</summary>
internal sealed class MessageType(string fullName)
{
    /// <summary>The name with its package.</summary>
    public string FullName { get; } = fullName;

    /// <summary>Whether it is the entry of a map: key 1, value 2.</summary>
    public bool IsMapEntry { get; set; }

    /// <summary>The fields by number.</summary>
    public Dictionary<int, MessageField> Fields { get; } = [];
}
