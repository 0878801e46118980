using System.Buffers.Binary;
using Wirehook.Dissection.Records;
using Wirehook.Packets;

namespace Wirehook.Dissection.Protocols.Icmp;

/// <summary>One ICMP or ICMPv6 message, read from its bytes when a field is asked for.</summary>
internal sealed class IcmpMessage(ReadOnlyMemory<byte> message, long size, bool version6) : Record
{
    private IcmpQuote? _quote;
    private NeighborDiscovery? _discovery;

    /// <summary>The declaration of this record.</summary>
    public static RecordType RecordType { get; } = new("IcmpMessage", "An ICMP or ICMPv6 message.",
    [
        new("version", "number", "4 for ICMP, 6 for ICMPv6.", static r => FieldValue.From(((IcmpMessage)r).IsVersion6 ? 6 : 4)),
        new("type", "string", "What the message is, such as `EchoRequest`, `DestinationUnreachable` or `NeighborSolicitation`; the number where it has no name.", static r => FieldValue.From(((IcmpMessage)r).TypeName)),
        new("typeNumber", "number", "The type as a number.", static r => FieldValue.From(((IcmpMessage)r).TypeNumber)),
        new("code", "number", "The code, which says more about the type.", static r => FieldValue.From(((IcmpMessage)r).Code)),
        new("codeName", "string", "The code's name, such as `Port` of `DestinationUnreachable`; only present where it has one.", static r => FieldValue.From(((IcmpMessage)r).CodeName), Optional: true),
        new("length", "number", "Bytes of the message, header included.", static r => FieldValue.From(((IcmpMessage)r).Length)),
        new("checksum", "number", "The checksum as sent.", static r => FieldValue.From(((IcmpMessage)r).Word(2))),
        new("identifier", "number", "Echo and the like: the identifier that request and reply share.", static r => ((IcmpMessage)r).Numbered(4), Optional: true),
        new("sequence", "number", "Echo and the like: the sequence number that request and reply share.", static r => ((IcmpMessage)r).Numbered(6), Optional: true),
        new("payload", "string", "Echo: the data, base64.", static r => FieldValue.From(((IcmpMessage)r).Payload), Optional: true),
        new("gateway", "string", "ICMP redirect: the gateway to use instead.", static r => FieldValue.From(((IcmpMessage)r).Gateway), Optional: true),
        new("mtu", "number", "The size that fits: next hop's MTU of a packet that was too big, or a router's MTU option, in bytes.", static r => ((IcmpMessage)r).Mtu, Optional: true),
        new("pointer", "number", "Parameter problem: offset of the byte at fault.", static r => ((IcmpMessage)r).Pointer, Optional: true),
        new("quoted", "IcmpQuotedPacket", "Errors and redirects: the packet that they are about.", static r => FieldValue.From(((IcmpMessage)r).Quote), Optional: true),
        new("target", "string", "Neighbour discovery: the address that is asked for, announced or redirected to.", static r => FieldValue.From(((IcmpMessage)r).Discovery?.Target), Optional: true),
        new("destination", "string", "ICMPv6 redirect: the destination that it is about.", static r => FieldValue.From(((IcmpMessage)r).Discovery?.Destination), Optional: true),
        new("flags", "string[]", "Neighbour discovery: flags such as `router`, `solicited`, `override`, `managed`, `other`.", static r => FieldValue.From(((IcmpMessage)r).Discovery?.Flags), Optional: true),
        new("linkLayerAddress", "string", "Neighbour discovery: the link-layer address in its options.", static r => FieldValue.From(((IcmpMessage)r).Discovery?.LinkLayerAddress), Optional: true),
        new("hopLimit", "number", "Router advertisement: the hop limit to use.", static r => ((IcmpMessage)r).Advertised(static d => d.HopLimit), Optional: true),
        new("lifetime", "number", "Router advertisement: seconds for which the router serves as default.", static r => ((IcmpMessage)r).Advertised(static d => d.Lifetime), Optional: true),
        new("prefixes", "string[]", "Router advertisement: prefixes, such as `2001:db8::/64`.", static r => FieldValue.From(((IcmpMessage)r).Discovery?.Prefixes), Optional: true),
        new("dnsServers", "string[]", "Router advertisement: recursive DNS servers.", static r => FieldValue.From(((IcmpMessage)r).Discovery?.DnsServers), Optional: true),
        new("groups", "string[]", "Multicast listener discovery: the multicast addresses.", static r => FieldValue.From(((IcmpMessage)r).Groups), Optional: true),
    ], IcmpQuote.RecordType);

    /// <inheritdoc/>
    public override RecordType Type => RecordType;

    private bool IsVersion6 => version6;

    private long Length => size;

    private byte TypeNumber => message.Span[0];

    private int Code => message.Length > 1 ? message.Span[1] : 0;

    private string TypeName => IcmpNames.TypeName(TypeNumber, version6);

    private string? CodeName => IcmpNames.CodeName(TypeNumber, Code, version6);

    private bool IsEcho => version6 ? TypeNumber is 128 or 129 : TypeNumber is 0 or 8;

    private string? Payload => IsEcho && message.Length >= IcmpExchange.HeaderLength ? Convert.ToBase64String(message.Span[IcmpExchange.HeaderLength..]) : null;

    private string? Gateway => !version6 && TypeNumber == 5 && message.Length >= 8 ? IpAddress.FromIPv4(message.Span[4..]).ToString() : null;

    private NeighborDiscovery? Discovery => _discovery ??= version6 ? NeighborDiscovery.Read(message.Span) : null;

    private FieldValue[]? Groups => version6 ? ListenerGroups.Read(message.Span) : null;

    private FieldValue Mtu
    {
        get
        {
            if (version6 && TypeNumber == 2 && message.Length >= 8) return FieldValue.From(BinaryPrimitives.ReadUInt32BigEndian(message.Span[4..]));
            if (!version6 && (TypeNumber, Code) == (3, 4) && message.Length >= 8) return FieldValue.From(Word(6));
            return Discovery is { Mtu: > 0 } discovery ? FieldValue.From(discovery.Mtu) : FieldValue.Absent;
        }
    }

    private FieldValue Pointer
    {
        get
        {
            if (message.Length < 8) return FieldValue.Absent;
            if (version6) return TypeNumber == 4 ? FieldValue.From(BinaryPrimitives.ReadUInt32BigEndian(message.Span[4..])) : FieldValue.Absent;
            return TypeNumber == 12 ? FieldValue.From(message.Span[4]) : FieldValue.Absent;
        }
    }

    private IcmpQuote? Quote
    {
        get
        {
            if (_quote is not null) return _quote;
            if (Discovery?.RedirectedPacket is { IsEmpty: false } redirected) return _quote = IcmpQuote.Read(message[redirected.Start..redirected.End]);
            return IcmpExchange.IsError(TypeNumber, version6) && message.Length > IcmpExchange.HeaderLength
                ? _quote = IcmpQuote.Read(message[IcmpExchange.HeaderLength..])
                : null;
        }
    }

    private int Word(int offset) => message.Length >= offset + 2 ? BinaryPrimitives.ReadUInt16BigEndian(message.Span[offset..]) : 0;

    private FieldValue Numbered(int offset) =>
        IcmpExchange.Of(TypeNumber, version6, out _) != 0 && message.Length >= IcmpExchange.HeaderLength ? FieldValue.From(Word(offset)) : FieldValue.Absent;

    private FieldValue Advertised(Func<NeighborDiscovery, int> field) =>
        Discovery is { IsRouterAdvertisement: true } discovery ? FieldValue.From(field(discovery)) : FieldValue.Absent;
}
