using System.Globalization;
using Wirehook.Dissection.Records;
using Wirehook.Packets.Flows;

namespace Wirehook.Dissection.Items;

/// <summary>One side of an item's conversation: the seed's <c>src</c> and <c>dst</c>.</summary>
public sealed class ItemEndpoint : Record
{
    private readonly Endpoint _endpoint;
    private string? _ip;
    private string? _port;

    /// <summary>The side at <paramref name="endpoint"/>.</summary>
    /// <param name="endpoint">Address and port.</param>
    /// <param name="name">The name it resolves to, empty where none is known.</param>
    public ItemEndpoint(Endpoint endpoint, string name = "")
    {
        (_endpoint, Name) = (endpoint, name);
    }

    /// <summary>The declaration of this record.</summary>
    public static RecordType RecordType { get; } = new("Endpoint", "One side of a conversation.",
    [
        new("ip", "string", "IPv4 or IPv6 address.", static r => FieldValue.From(((ItemEndpoint)r).Ip)),
        new("name", "string", "The name that the address resolves to, or empty.", static r => FieldValue.From(((ItemEndpoint)r).Name)),
        new("port", "string", "Port, in decimal.", static r => FieldValue.From(((ItemEndpoint)r).Port)),
    ]);

    /// <summary>IPv4 or IPv6 address as text.</summary>
    public string Ip => _ip ??= _endpoint.Address.ToString();

    /// <summary>The name that the address resolves to, or empty.</summary>
    public string Name { get; }

    /// <summary>Port in decimal.</summary>
    public string Port => _port ??= _endpoint.Port.ToString(CultureInfo.InvariantCulture);

    /// <inheritdoc/>
    public override RecordType Type => RecordType;
}
