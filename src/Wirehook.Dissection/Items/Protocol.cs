using Wirehook.Dissection.Records;

namespace Wirehook.Dissection.Items;

/// <summary>An application protocol as every item names it, declared once by its module.</summary>
public sealed class Protocol : Record
{
    private byte[]? _json;
    private FieldValue[]? _ports;

    /// <summary>The declaration of this record.</summary>
    public static RecordType RecordType { get; } = new("Protocol", "The application protocol of an item.",
    [
        new("name", "string", "Identifies the protocol, such as `http`.", static r => FieldValue.From(((Protocol)r).Name)),
        new("version", "string", "The protocol's version, such as `1.1`.", static r => FieldValue.From(((Protocol)r).Version)),
        new("abbr", "string", "Short name for people.", static r => FieldValue.From(((Protocol)r).Abbreviation)),
        new("longName", "string", "Full name for people.", static r => FieldValue.From(((Protocol)r).LongName)),
        new("macro", "string", "The query word that selects the protocol.", static r => FieldValue.From(((Protocol)r).Macro)),
        new("backgroundColor", "string", "Badge background, `#rrggbb`.", static r => FieldValue.From(((Protocol)r).BackgroundColor)),
        new("foregroundColor", "string", "Badge text colour, `#rrggbb`.", static r => FieldValue.From(((Protocol)r).ForegroundColor)),
        new("fontSize", "number", "Badge font size in pixels.", static r => FieldValue.From(((Protocol)r).FontSize)),
        new("referenceLink", "string", "Where the protocol is specified.", static r => FieldValue.From(((Protocol)r).ReferenceLink)),
        new("ports", "string[]", "Ports that the protocol commonly uses.", static r => FieldValue.From(((Protocol)r).PortValues)),
        new("layer4", "string", "`tcp`, `udp`, `icmp`, `icmpv6` or `sctp`.", static r => FieldValue.From(((Protocol)r).Layer4)),
        new("priority", "number", "Order of detection: lower is asked first.", static r => FieldValue.From(((Protocol)r).Priority)),
    ]);

    /// <summary>Identifies the protocol, such as <c>http</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The protocol's version, such as <c>1.1</c>.</summary>
    public required string Version { get; init; }

    /// <summary>Short name for people.</summary>
    public required string Abbreviation { get; init; }

    /// <summary>Full name for people.</summary>
    public required string LongName { get; init; }

    /// <summary>The query word that selects the protocol.</summary>
    public required string Macro { get; init; }

    /// <summary>Badge background, <c>#rrggbb</c>.</summary>
    public required string BackgroundColor { get; init; }

    /// <summary>Badge text colour, <c>#rrggbb</c>.</summary>
    public required string ForegroundColor { get; init; }

    /// <summary>Badge font size in pixels.</summary>
    public required int FontSize { get; init; }

    /// <summary>Where the protocol is specified.</summary>
    public required string ReferenceLink { get; init; }

    /// <summary>Ports that the protocol commonly uses: a hint for detection, never a condition.</summary>
    public required IReadOnlyList<ushort> Ports { get; init; }

    /// <summary><c>tcp</c>, <c>udp</c>, <c>icmp</c>, <c>icmpv6</c> or <c>sctp</c>.</summary>
    public required string Layer4 { get; init; }

    /// <summary>Order of detection: lower is asked first.</summary>
    public required int Priority { get; init; }

    /// <inheritdoc/>
    public override RecordType Type => RecordType;

    /// <inheritdoc/>
    internal override ReadOnlySpan<byte> ConstantJson => _json ??= JsonBytes.Encode(this);

    private FieldValue[] PortValues => _ports ??= [.. Ports.Select(p => FieldValue.From(p.ToString(System.Globalization.CultureInfo.InvariantCulture)))];
}
