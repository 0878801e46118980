using System.Buffers.Binary;
using System.Globalization;
using Wirehook.Dissection.Records;
using Wirehook.Packets;

namespace Wirehook.Dissection.Protocols.Dhcp;

/// <summary>One DHCP or BOOTP message, read from its bytes when a field is asked for.</summary>
internal sealed class DhcpMessage(ReadOnlyMemory<byte> message) : Record
{
    private const int NameOffset = 44;
    private const int NameLength = 64;
    private const int FileOffset = 108;
    private const int FileLength = 128;
    private const byte Overload = 52;
    private FieldValue[]? _options;

    /// <summary>The declaration of this record.</summary>
    public static RecordType RecordType { get; } = new("DhcpMessage", "A DHCP message.",
    [
        new("messageType", "string", "What the message is: `DISCOVER`, `OFFER`, `REQUEST`, `ACK` …; `BOOTREQUEST` or `BOOTREPLY` without that option.", static r => FieldValue.From(((DhcpMessage)r).MessageType)),
        new("transactionId", "string", "The number that question and answer share, such as `0x3d1d`.", static r => FieldValue.From(((DhcpMessage)r).TransactionId)),
        new("hops", "number", "Relays that the message passed.", static r => FieldValue.From(((DhcpMessage)r).Byte(3))),
        new("secs", "number", "Seconds since the client began.", static r => FieldValue.From(((DhcpMessage)r).Word(8))),
        new("broadcast", "boolean", "Whether the client wants its answer broadcast.", static r => FieldValue.From((((DhcpMessage)r).Word(10) & 0x8000) != 0)),
        new("clientAddress", "string", "The address that the client has (`ciaddr`); absent when it has none.", static r => ((DhcpMessage)r).Address(12), Optional: true),
        new("yourAddress", "string", "The address that the client is given (`yiaddr`).", static r => ((DhcpMessage)r).Address(16), Optional: true),
        new("serverAddress", "string", "The next server of a network boot (`siaddr`).", static r => ((DhcpMessage)r).Address(20), Optional: true),
        new("relayAddress", "string", "The relay's address (`giaddr`).", static r => ((DhcpMessage)r).Address(24), Optional: true),
        new("clientHardwareAddress", "string", "The client's hardware address (`chaddr`).", static r => FieldValue.From(((DhcpMessage)r).HardwareAddress)),
        new("serverName", "string", "The server's name (`sname`).", static r => ((DhcpMessage)r).Text(NameOffset, NameLength, 2), Optional: true),
        new("bootFile", "string", "The file to boot from (`file`).", static r => ((DhcpMessage)r).Text(FileOffset, FileLength, 1), Optional: true),
        new("options", "DhcpOption[]", "The options in order.", static r => FieldValue.From(((DhcpMessage)r).Options)),
    ], DhcpOption.RecordType);

    /// <inheritdoc/>
    public override RecordType Type => RecordType;

    private string MessageType => DhcpMessageTypes.Name4(DhcpPacket.MessageTypeOf(message.Span), message.Span[0]);

    private string TransactionId => "0x" + BinaryPrimitives.ReadUInt32BigEndian(message.Span[4..]).ToString("x", CultureInfo.InvariantCulture);

    private string HardwareAddress => ByteText.Hardware(message.Span.Slice(28, Math.Min((int)message.Span[2], 16)));

    private FieldValue[] Options => _options ??= ReadOptions();

    private byte Byte(int offset) => message.Span[offset];

    private int Word(int offset) => BinaryPrimitives.ReadUInt16BigEndian(message.Span[offset..]);

    private FieldValue Address(int offset)
    {
        var bytes = message.Span.Slice(offset, 4);
        return bytes.ContainsAnyExcept((byte)0) ? FieldValue.From(IpAddress.FromIPv4(bytes).ToString()) : FieldValue.Absent;
    }

    /// <summary>A text of one of the fixed fields; absent where it is empty or holds options instead.</summary>
    private FieldValue Text(int offset, int length, int overloadBit)
    {
        var field = message.Span.Slice(offset, length);
        var end = field.IndexOf((byte)0);
        if (end == 0 || (OverloadOf() & overloadBit) != 0) return FieldValue.Absent;
        return FieldValue.From(ByteText.OrHex(end < 0 ? field : field[..end]));
    }

    private int OverloadOf()
    {
        if (!DhcpPacket.HasCookie(message.Span)) return 0;
        for (var at = DhcpPacket.OptionsOffset; DhcpPacket.TryReadOption(message.Span, ref at, out var code, out var value);)
        {
            if (code == Overload && value.Length == 1) return message.Span[value.Start];
        }

        return 0;
    }

    /// <summary>The options of the field of their own, and of the two that they may overflow into (RFC 2131 §4.1).</summary>
    private FieldValue[] ReadOptions()
    {
        var options = new List<FieldValue>();
        if (!DhcpPacket.HasCookie(message.Span)) return [];
        Read(message[DhcpPacket.OptionsOffset..], options);
        var overload = OverloadOf();
        if ((overload & 1) != 0) Read(message.Slice(FileOffset, FileLength), options);
        if ((overload & 2) != 0) Read(message.Slice(NameOffset, NameLength), options);
        return [.. options];
    }

    private static void Read(ReadOnlyMemory<byte> area, List<FieldValue> options)
    {
        for (var at = 0; DhcpPacket.TryReadOption(area.Span, ref at, out var code, out var value);)
        {
            options.Add(FieldValue.From(new DhcpOption(code, area.Slice(value.Start, value.Length))));
        }
    }
}
