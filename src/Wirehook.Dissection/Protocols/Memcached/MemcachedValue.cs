using Wirehook.Dissection.Records;

namespace Wirehook.Dissection.Protocols.Memcached;

/// <summary>One value of a response.</summary>
internal sealed class MemcachedValue : Record
{
    private readonly string _value;
    private readonly bool _encoded;

    public MemcachedValue(string key, ReadOnlySpan<byte> value, long size)
    {
        (Key, Size) = (key, size);
        _value = MemcachedText.Of(value, out _encoded);
    }

    /// <summary>The declaration of this record.</summary>
    public static RecordType RecordType { get; } = new("MemcachedValue", "One value of a response.",
    [
        new("key", "string", "Its key; empty where the response does not say.", static r => FieldValue.From(((MemcachedValue)r).Key)),
        new("flags", "number", "What the client stored beside it.", static r => MemcachedText.Number(((MemcachedValue)r).Flags), Optional: true),
        new("cas", "string", "Its version, in decimal.", static r => FieldValue.From(((MemcachedValue)r).Cas), Optional: true),
        new("size", "number", "Bytes of the value.", static r => FieldValue.From(((MemcachedValue)r).Size)),
        new("value", "string", "The value; text, or base64 where `encoding` says so.", static r => FieldValue.From(((MemcachedValue)r)._value)),
        new("encoding", "string", "`base64` where the value is not UTF-8.", static r => FieldValue.From(((MemcachedValue)r)._encoded ? "base64" : null), Optional: true),
    ]);

    /// <summary>The key, or empty.</summary>
    public string Key { get; }

    /// <summary>Bytes of the value.</summary>
    public long Size { get; }

    /// <summary>What the client stored beside it.</summary>
    public double? Flags { get; init; }

    /// <summary>Its version.</summary>
    public string? Cas { get; init; }

    /// <inheritdoc/>
    public override RecordType Type => RecordType;
}
