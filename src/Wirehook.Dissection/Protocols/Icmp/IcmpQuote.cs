using System.Buffers.Binary;
using Wirehook.Dissection.Records;
using Wirehook.Packets;

namespace Wirehook.Dissection.Protocols.Icmp;

/// <summary>The beginning of the packet that an ICMP error is about: enough of it to name the conversation that failed.</summary>
internal sealed class IcmpQuote : Record
{
    private const int IPv4HeaderLength = 20;
    private const int IPv6HeaderLength = 40;
    private readonly IpAddress _source;
    private readonly IpAddress _destination;
    private readonly int _protocol;
    private readonly int _length;
    private readonly int _timeToLive;
    private readonly int _sourcePort = -1;
    private readonly int _destinationPort = -1;
    private readonly int _icmpType = -1;

    private IcmpQuote(ReadOnlySpan<byte> packet, int version)
    {
        ReadOnlySpan<byte> transport;
        var first = true;
        if (version == 4)
        {
            (_source, _destination) = (IpAddress.FromIPv4(packet[12..]), IpAddress.FromIPv4(packet[16..]));
            (_timeToLive, _protocol, _length) = (packet[8], packet[9], BinaryPrimitives.ReadUInt16BigEndian(packet[2..]));
            first = (BinaryPrimitives.ReadUInt16BigEndian(packet[6..]) & 0x1FFF) == 0;
            transport = packet[Math.Min(packet.Length, Math.Max(IPv4HeaderLength, (packet[0] & 0xF) * 4))..];
        }
        else
        {
            (_source, _destination) = (IpAddress.FromIPv6(packet[8..]), IpAddress.FromIPv6(packet[24..]));
            (_protocol, _timeToLive, _length) = (packet[6], packet[7], BinaryPrimitives.ReadUInt16BigEndian(packet[4..]) + IPv6HeaderLength);
            transport = SkipExtensions(packet[IPv6HeaderLength..], ref _protocol, ref first);
        }

        if (first && !transport.IsEmpty && _protocol is (1 or 58)) _icmpType = transport[0];
        if (!first || transport.Length < 4 || _protocol is not (6 or 17 or 132)) return;
        (_sourcePort, _destinationPort) = (BinaryPrimitives.ReadUInt16BigEndian(transport), BinaryPrimitives.ReadUInt16BigEndian(transport[2..]));
    }

    /// <summary>The declaration of this record.</summary>
    public static RecordType RecordType { get; } = new("IcmpQuotedPacket", "The packet that an ICMP error or redirect is about.",
    [
        new("srcIp", "string", "Its sender.", static r => FieldValue.From(((IcmpQuote)r)._source.ToString())),
        new("dstIp", "string", "Its receiver.", static r => FieldValue.From(((IcmpQuote)r)._destination.ToString())),
        new("srcPort", "number", "Its sender's port, where the transport has ports.", static r => OrAbsent(((IcmpQuote)r)._sourcePort), Optional: true),
        new("dstPort", "number", "Its receiver's port, where the transport has ports.", static r => OrAbsent(((IcmpQuote)r)._destinationPort), Optional: true),
        new("icmpType", "number", "Its type, where it is an ICMP message itself.", static r => OrAbsent(((IcmpQuote)r)._icmpType), Optional: true),
        new("protocol", "string", "Its transport: `tcp`, `udp`, `icmp` …; the number where it has no name.", static r => FieldValue.From(IcmpNames.TransportName(((IcmpQuote)r)._protocol))),
        new("length", "number", "Its length in bytes, as its IP header says.", static r => FieldValue.From(((IcmpQuote)r)._length)),
        new("ttl", "number", "Its time to live or hop limit when the error arose.", static r => FieldValue.From(((IcmpQuote)r)._timeToLive)),
    ]);

    /// <inheritdoc/>
    public override RecordType Type => RecordType;

    /// <summary>Reads a quoted packet; null where not even its IP header is there.</summary>
    public static IcmpQuote? Read(ReadOnlyMemory<byte> packet)
    {
        if (packet.IsEmpty) return null;
        var version = packet.Span[0] >> 4;
        return version switch
        {
            4 when packet.Length >= IPv4HeaderLength => new IcmpQuote(packet.Span, 4),
            6 when packet.Length >= IPv6HeaderLength => new IcmpQuote(packet.Span, 6),
            _ => null,
        };
    }

    /// <summary>Passes over extension headers (RFC 8200 §4) to the transport.</summary>
    private static ReadOnlySpan<byte> SkipExtensions(ReadOnlySpan<byte> rest, scoped ref int protocol, scoped ref bool first)
    {
        const int Fragment = 44;
        while (protocol is 0 or 43 or 60 or Fragment && rest.Length >= 8)
        {
            if (protocol == Fragment) first = BinaryPrimitives.ReadUInt16BigEndian(rest[2..]) >> 3 == 0;
            var length = protocol == Fragment ? 8 : (rest[1] + 1) * 8;
            protocol = rest[0];
            rest = rest[Math.Min(rest.Length, length)..];
        }

        return rest;
    }

    private static FieldValue OrAbsent(int value) => value < 0 ? FieldValue.Absent : FieldValue.From(value);
}
