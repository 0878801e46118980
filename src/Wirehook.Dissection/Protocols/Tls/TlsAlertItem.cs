using Wirehook.Dissection.Contract;
using Wirehook.Dissection.Items;
using Wirehook.Dissection.Records;
using Wirehook.Packets;
using Wirehook.Packets.Flows;

namespace Wirehook.Dissection.Protocols.Tls;

/// <summary>An alert: the request where the client sent it, the response where the server did.</summary>
internal sealed class TlsAlertItem : Item
{
    private readonly TlsAlert _alert;
    private readonly bool _fromClient;

    /// <summary>An item of an alert that <paramref name="sender"/>'s side sent.</summary>
    public TlsAlertItem(FlowContext context, Direction client, Direction sender, Timestamp timestamp, Protocol protocol, TlsAlert alert, int size)
        : base(context, client, timestamp)
    {
        (Protocol, _alert, _fromClient) = (protocol, alert, sender == client);
        (RequestSize, ResponseSize) = _fromClient ? (size, 0) : (0, size);
    }

    /// <summary>The declaration of this record.</summary>
    public static RecordType RecordType { get; } =
        Declare("TlsAlertItem", "A TLS alert: `request` where the client sent it, `response` where the server did.", TlsAlert.RecordType, TlsAlert.RecordType);

    /// <inheritdoc/>
    public override RecordType Type => RecordType;

    /// <inheritdoc/>
    public override Protocol Protocol { get; }

    /// <inheritdoc/>
    public override Record? Request => _fromClient ? _alert : null;

    /// <inheritdoc/>
    public override Record? Response => _fromClient ? null : _alert;

    /// <summary>Statistics count hellos.</summary>
    public override bool HasRequest => false;

    /// <summary>Statistics count hellos.</summary>
    public override bool HasResponse => false;
}

/// <summary>What an alert says.</summary>
/// <param name="level">1 for a warning, 2 for a fatal alert.</param>
/// <param name="description">The number of its description.</param>
internal sealed class TlsAlert(byte level, byte description) : Record
{
    /// <summary>The description with which a side says that it sends no more.</summary>
    public const byte CloseNotify = 0;

    /// <summary>The declaration of this record.</summary>
    public static RecordType RecordType { get; } = new("TlsAlert", "A TLS alert.",
    [
        new("type", "string", "Always `Alert`.", static _ => FieldValue.From("Alert")),
        new("level", "string", "`warning` or `fatal`.", static r => FieldValue.From(((TlsAlert)r).Level)),
        new("description", "string", "What is wrong, such as `handshake_failure`.", static r => FieldValue.From(TlsNames.Alert(((TlsAlert)r).Description))),
        new("code", "number", "The number of the description.", static r => FieldValue.From(((TlsAlert)r).Description)),
    ]);

    /// <inheritdoc/>
    public override RecordType Type => RecordType;

    private string Level => level switch { 1 => "warning", 2 => "fatal", _ => TlsNames.Hexadecimal(level) };

    private byte Description => description;
}
