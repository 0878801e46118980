using System.Runtime.InteropServices;
using Wirehook.Netlink.Codec;

namespace Wirehook.Netlink.Families.Link;

/// <summary>Reads struct ifinfomsg and its attributes (linux/rtnetlink.h, linux/if_link.h).</summary>
internal static class LinkDecoder
{
    private const int FixedLength = 16;
    private const int MostAlternativeNames = 256;

    public static LinkObject? Decode(LinkFamily family, in NetlinkMessage message)
    {
        var body = message.Body;
        if (body.Length < FixedLength) return null;
        var link = new LinkObject(family)
        {
            AddressFamily = body[0],
            Type = MemoryMarshal.Read<ushort>(body[2..]),
            Index = MemoryMarshal.Read<int>(body[4..]),
            InitialFlags = MemoryMarshal.Read<uint>(body[8..]),
            ChangedFlags = (message.Flags & NetlinkFlags.Multi) == 0 ? MemoryMarshal.Read<uint>(body[12..]) : null,
        };
        if (link.Index <= 0) return null;
        foreach (var attribute in NetlinkAttributes.Behind(body, FixedLength))
        {
            if (attribute.Type <= LinkAttribute.Group) ReadFrequent(link, attribute);
            else ReadOther(link, attribute);
        }

        return link;
    }

    private static void ReadFrequent(LinkObject link, in NetlinkAttribute attribute)
    {
        switch (attribute.Type)
        {
            case LinkAttribute.Address: link.Address = attribute.HardwareAddress; break;
            case LinkAttribute.Broadcast: link.Broadcast = attribute.HardwareAddress; break;
            case LinkAttribute.Name: link.Name = attribute.Text; break;
            case LinkAttribute.Mtu: link.Mtu = attribute.UInt32; break;
            case LinkAttribute.Link: link.Link = attribute.UInt32; break;
            case LinkAttribute.Qdisc: link.Qdisc = attribute.Text; break;
            case LinkAttribute.Master: link.Master = attribute.UInt32; break;
            case LinkAttribute.PortInfo: ReadPort(link, attribute); break;
            case LinkAttribute.QueueLength: link.QueueLength = attribute.UInt32; break;
            case LinkAttribute.OperState: link.OperState = attribute.Byte; break;
            case LinkAttribute.Mode: link.Mode = attribute.Byte; break;
            case LinkAttribute.Info: ReadInfo(link, attribute); break;
            case LinkAttribute.Alias: link.Alias = attribute.Text; break;
            case LinkAttribute.Group: link.Group = attribute.UInt32; break;
        }
    }

    private static void ReadOther(LinkObject link, in NetlinkAttribute attribute)
    {
        switch (attribute.Type)
        {
            case LinkAttribute.Promiscuity: link.Promiscuity = attribute.UInt32; break;
            case LinkAttribute.SendQueues: link.SendQueues = attribute.UInt32; break;
            case LinkAttribute.ReceiveQueues: link.ReceiveQueues = attribute.UInt32; break;
            case LinkAttribute.Carrier: link.Carrier = attribute.Byte; break;
            case LinkAttribute.CarrierChanges: link.CarrierChanges = attribute.UInt32; break;
            case LinkAttribute.SwitchId: link.SwitchId = attribute.HardwareAddress; break;
            case LinkAttribute.LinkNamespaceId: link.LinkNamespaceId = attribute.Int32; break;
            case LinkAttribute.PhysicalPort: link.PhysicalPort = attribute.Text; break;
            case LinkAttribute.ProtocolDown: link.ProtocolDown = attribute.Byte; break;
            case LinkAttribute.Event: link.Cause = attribute.UInt32; break;
            case LinkAttribute.NewNamespaceId: link.NewNamespaceId = attribute.Int32; break;
            case LinkAttribute.NewIndex: link.NewIndex = attribute.UInt32; break;
            case LinkAttribute.MinMtu: link.MinMtu = attribute.UInt32; break;
            case LinkAttribute.MaxMtu: link.MaxMtu = attribute.UInt32; break;
            case LinkAttribute.Properties: ReadProperties(link, attribute); break;
            case LinkAttribute.PermanentAddress: link.PermanentAddress = attribute.HardwareAddress; break;
            case LinkAttribute.ParentDevice: link.ParentDevice = attribute.Text; break;
            case LinkAttribute.ParentBus: link.ParentBus = attribute.Text; break;
            case LinkAttribute.AllMulticast: link.AllMulticast = attribute.UInt32; break;
        }
    }

    private static void ReadInfo(LinkObject link, in NetlinkAttribute info)
    {
        foreach (var attribute in info.Nested)
        {
            switch (attribute.Type)
            {
                case LinkAttribute.InfoKind: link.Kind = attribute.Text; break;
                case LinkAttribute.InfoData: ReadData(link, attribute); break;
                case LinkAttribute.InfoSlaveKind: link.SlaveKind = attribute.Text; break;
                case LinkAttribute.InfoSlaveData when link.SlaveKind == "bridge": ReadPort(link, attribute); break;
            }
        }
    }

    private static void ReadData(LinkObject link, in NetlinkAttribute data)
    {
        const int FirstAttribute = 1;
        if (link.Kind is not ("vlan" or "vxlan" or "vrf")) return;
        foreach (var attribute in data.Nested)
        {
            if (attribute.Type != FirstAttribute) continue;
            switch (link.Kind)
            {
                case "vlan": link.Vlan = attribute.UInt16; break;
                case "vxlan": link.Vni = attribute.UInt32; break;
                default: link.VrfTable = attribute.UInt32; break;
            }
        }
    }

    private static void ReadPort(LinkObject link, in NetlinkAttribute port)
    {
        foreach (var attribute in port.Nested)
        {
            if (attribute.Type == LinkAttribute.PortState) link.PortState = attribute.Byte;
        }
    }

    private static void ReadProperties(LinkObject link, in NetlinkAttribute properties)
    {
        var names = new List<string>();
        foreach (var attribute in properties.Nested)
        {
            if (attribute.Type == LinkAttribute.AlternativeName && names.Count < MostAlternativeNames) names.Add(attribute.Text);
        }

        if (names.Count > 0) link.AlternativeNames = [.. names];
    }
}
