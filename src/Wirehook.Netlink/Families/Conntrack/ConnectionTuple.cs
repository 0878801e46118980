using Wirehook.Netlink.Codec;
using Wirehook.Packets;

namespace Wirehook.Netlink.Families.Conntrack;

/// <summary>One direction of a connection: addresses, and ports or the numbers of ICMP.</summary>
internal struct ConnectionTuple
{
    public IpAddress? Source { get; private set; }

    public IpAddress? Destination { get; private set; }

    public byte? Protocol { get; private set; }

    public ushort? SourcePort { get; private set; }

    public ushort? DestinationPort { get; private set; }

    public ushort? IcmpId { get; private set; }

    public byte? IcmpType { get; private set; }

    public byte? IcmpCode { get; private set; }

    /// <summary>Reads what CTA_TUPLE_ORIG or CTA_TUPLE_REPLY holds.</summary>
    public static ConnectionTuple Decode(NetlinkAttributes attributes)
    {
        var tuple = default(ConnectionTuple);
        foreach (var attribute in attributes)
        {
            switch ((TupleAttribute)attribute.Type)
            {
                case TupleAttribute.Addresses: tuple.SetAddresses(attribute.Nested); break;
                case TupleAttribute.Transport: tuple.SetTransport(attribute.Nested); break;
                default: break;
            }
        }

        return tuple;
    }

    private void SetAddresses(NetlinkAttributes attributes)
    {
        foreach (var attribute in attributes)
        {
            switch ((TupleAddressAttribute)attribute.Type)
            {
                case TupleAddressAttribute.SourceIPv4 or TupleAddressAttribute.SourceIPv6: Source = attribute.Address; break;
                case TupleAddressAttribute.DestinationIPv4 or TupleAddressAttribute.DestinationIPv6: Destination = attribute.Address; break;
                default: break;
            }
        }
    }

    private void SetTransport(NetlinkAttributes attributes)
    {
        foreach (var attribute in attributes)
        {
            switch ((TupleTransportAttribute)attribute.Type)
            {
                case TupleTransportAttribute.Number: Protocol = attribute.Byte; break;
                case TupleTransportAttribute.SourcePort: SourcePort = attribute.UInt16BigEndian; break;
                case TupleTransportAttribute.DestinationPort: DestinationPort = attribute.UInt16BigEndian; break;
                case TupleTransportAttribute.IcmpId or TupleTransportAttribute.Icmpv6Id: IcmpId = attribute.UInt16BigEndian; break;
                case TupleTransportAttribute.IcmpType or TupleTransportAttribute.Icmpv6Type: IcmpType = attribute.Byte; break;
                case TupleTransportAttribute.IcmpCode or TupleTransportAttribute.Icmpv6Code: IcmpCode = attribute.Byte; break;
                default: break;
            }
        }
    }
}
