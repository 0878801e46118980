using System.Globalization;
using Wirehook.Dissection.Records;
using Wirehook.Packets;

namespace Wirehook.Dissection.Protocols.Dhcp;

/// <summary>One DHCPv6 message, read from its bytes when a field is asked for.</summary>
internal sealed class Dhcp6Message(ReadOnlyMemory<byte> message) : Record
{
    private FieldValue[]? _options;

    /// <summary>The declaration of this record.</summary>
    public static RecordType RecordType { get; } = new("Dhcp6Message", "A DHCPv6 message.",
    [
        new("messageType", "string", "What the message is: `SOLICIT`, `ADVERTISE`, `REQUEST`, `REPLY` …", static r => FieldValue.From(DhcpMessageTypes.Name6(((Dhcp6Message)r).Span[0]) ?? "")),
        new("transactionId", "string", "The number that question and answer share; of a relay's message that of the message inside.", static r => FieldValue.From(((Dhcp6Message)r).TransactionId)),
        new("hops", "number", "Relays: how many the message passed.", static r => ((Dhcp6Message)r).OfRelay(static m => FieldValue.From(m.Span[1])), Optional: true),
        new("linkAddress", "string", "Relays: an address of the link on which the client is.", static r => ((Dhcp6Message)r).OfRelay(static m => FieldValue.From(IpAddress.FromIPv6(m.Span[2..]).ToString())), Optional: true),
        new("peerAddress", "string", "Relays: who sent the message inside, or is to get it.", static r => ((Dhcp6Message)r).OfRelay(static m => FieldValue.From(IpAddress.FromIPv6(m.Span[18..]).ToString())), Optional: true),
        new("options", "Dhcp6Option[]", "The options in order.", static r => FieldValue.From(((Dhcp6Message)r).Options)),
    ], Dhcp6Option.RecordType);

    /// <inheritdoc/>
    public override RecordType Type => RecordType;

    private ReadOnlySpan<byte> Span => message.Span;

    private string TransactionId => "0x" + Dhcp6Packet.TransactionOf(Span).ToString("x", CultureInfo.InvariantCulture);

    private FieldValue[] Options => _options ??= Dhcp6Option.ReadAll(message[Dhcp6Packet.OptionsOffset(Span)..], 0);

    private FieldValue OfRelay(Func<Dhcp6Message, FieldValue> field) => Dhcp6Packet.IsRelay(Span) ? field(this) : FieldValue.Absent;
}
