namespace Wirehook.Dissection.Protocols.Kafka;

/// <summary>How a field is written.</summary>
internal enum KafkaType : byte
{
    Bool,
    Int8,
    Int16,
    Int32,
    Int64,
    Uuid,
    String,
    Bytes,
    Records,
    Struct,
}

/// <summary>One field of a message, for the versions that have it.</summary>
internal sealed record KafkaField
{
    public required string Name { get; init; }

    public required KafkaType Type { get; init; }

    public bool IsArray { get; init; }

    public short MinVersion { get; init; }

    public short MaxVersion { get; init; } = short.MaxValue;

    /// <summary>The tag of a tagged field, or -1.</summary>
    public int Tag { get; init; } = -1;

    /// <summary>The fields of a struct.</summary>
    public KafkaField[] Fields { get; init; } = [];

    /// <summary>
    /// For an array that items show as <c>{ length, first, more }</c>: the name of the first element, otherwise null.
    /// </summary>
    public string? FirstName { get; init; }

    /// <summary>Whether messages of <paramref name="version"/> have the field.</summary>
    public bool IsIn(short version) => version >= MinVersion && version <= MaxVersion;
}

/// <summary>The body of a request or response in all of its versions.</summary>
/// <param name="Fields">Its fields, in the order in which they are written.</param>
/// <param name="FirstFlexible">The first version with compact types and tagged fields.</param>
/// <param name="Latest">The last version that the fields describe.</param>
internal sealed record KafkaSchema(KafkaField[] Fields, short FirstFlexible, short Latest);
