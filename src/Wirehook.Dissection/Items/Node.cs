using Wirehook.Dissection.Records;

namespace Wirehook.Dissection.Items;

/// <summary>The machine on which the capture happened.</summary>
/// <param name="ip">Its address.</param>
/// <param name="name">Its name.</param>
public sealed class Node(string ip, string name) : Record
{
    private byte[]? _json;

    /// <summary>The declaration of this record.</summary>
    public static RecordType RecordType { get; } = new("Node", "The machine on which the capture happened.",
    [
        new("ip", "string", "The machine's address.", static r => FieldValue.From(((Node)r).Ip)),
        new("name", "string", "The machine's name.", static r => FieldValue.From(((Node)r).Name)),
    ]);

    /// <summary>The machine's address.</summary>
    public string Ip { get; } = ip;

    /// <summary>The machine's name.</summary>
    public string Name { get; } = name;

    /// <inheritdoc/>
    public override RecordType Type => RecordType;

    /// <inheritdoc/>
    internal override ReadOnlySpan<byte> ConstantJson => _json ??= JsonBytes.Encode(this);
}
