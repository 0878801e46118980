namespace Wirehook.Netlink.Families.Link;

/// <summary>A network interface as a message of struct ifinfomsg told it. What the members mean is said by <see cref="LinkFamily"/>'s fields.</summary>
internal sealed class LinkObject(NetlinkFamily family) : NetlinkObject
{
    private const uint Up = 1;
    private const uint Promiscuous = 0x100;
    private const uint LowerUp = 0x10000;
    private const uint AllFlags = uint.MaxValue;
    private const byte BridgeFamily = 7;

    public override NetlinkFamily Family { get; } = family;
    public override int InterfaceIndex => Index;
    public override string? InterfaceName => Name;
    public override int IdentityHash => Index;
    public override bool OwnsInterface => !IsPartial;

    public int Index { get; init; }
    public uint Flags { get; private set; }
    public byte AddressFamily { get; init; }
    public ushort Type { get; init; }
    public string? Name { get; set; }
    public uint? Mtu { get; set; }
    public byte? OperState { get; set; }
    public string? Address { get; set; }
    public string? Broadcast { get; set; }
    public string? Qdisc { get; set; }
    public string? Kind { get; set; }
    public string? SlaveKind { get; set; }
    public uint? Master { get; set; }
    public string? MasterName { get; private set; }
    public uint? Link { get; set; }
    public string? LinkName { get; private set; }
    public int? LinkNamespaceId { get; set; }
    public string[]? AlternativeNames { get; set; }
    public string? Alias { get; set; }
    public uint? Group { get; set; }
    public uint? QueueLength { get; set; }
    public byte? Carrier { get; set; }
    public uint? CarrierChanges { get; set; }
    public byte? Mode { get; set; }
    public uint? Promiscuity { get; set; }
    public uint? AllMulticast { get; set; }
    public byte? PortState { get; set; }
    public ushort? Vlan { get; set; }
    public uint? Vni { get; set; }
    public uint? VrfTable { get; set; }
    public string? PermanentAddress { get; set; }
    public uint? MinMtu { get; set; }
    public uint? MaxMtu { get; set; }
    public uint? SendQueues { get; set; }
    public uint? ReceiveQueues { get; set; }
    public string? ParentDevice { get; set; }
    public string? ParentBus { get; set; }
    public string? PhysicalPort { get; set; }
    public string? SwitchId { get; set; }
    public byte? ProtocolDown { get; set; }
    public int? NewNamespaceId { get; set; }
    public uint? NewIndex { get; set; }
    public uint? Cause { get; set; }

    /// <summary>The flags that an announcement says have changed (ifi_change): all of them for an interface that is new in its namespace. Null in answers to dumps.</summary>
    public uint? ChangedFlags { get; init; }

    public uint InitialFlags
    {
        init => Flags = value;
    }

    /// <summary>Bridge ports (AF_BRIDGE) and wireless events lack most attributes. Every whole message has the MTU.</summary>
    public override bool IsPartial => AddressFamily == BridgeFamily || Mtu is null;

    public override NetlinkObject? Before
    {
        get
        {
            if (IsPartial || ChangedFlags is null or AllFlags) return null;
            var before = (LinkObject)MemberwiseClone();
            before.Flags ^= ChangedFlags.Value;
            return before;
        }
    }

    public bool IsUp => (Flags & Up) != 0;

    public bool HasCarrier => (Flags & LowerUp) != 0;

    public bool IsPromiscuous => (Flags & Promiscuous) != 0 || Promiscuity > 0;

    public override string ToString() => LinkText.Describe(this);

    public override bool IsSameObject(NetlinkObject other) => other is LinkObject link && link.Index == Index;

    /// <summary>Whether all state is the same but for names, flags, operational state, carrier and master, which change far more often than anything else.</summary>
    public bool HasSameRareState(LinkObject other) =>
        Type == other.Type && Mtu == other.Mtu && Address == other.Address && Broadcast == other.Broadcast && Qdisc == other.Qdisc && Kind == other.Kind
        && Link == other.Link && LinkNamespaceId == other.LinkNamespaceId && Alias == other.Alias && Group == other.Group && QueueLength == other.QueueLength
        && Mode == other.Mode && Promiscuity == other.Promiscuity && AllMulticast == other.AllMulticast && Vlan == other.Vlan && Vni == other.Vni
        && VrfTable == other.VrfTable && PermanentAddress == other.PermanentAddress && MinMtu == other.MinMtu && MaxMtu == other.MaxMtu
        && SendQueues == other.SendQueues && ReceiveQueues == other.ReceiveQueues && ParentDevice == other.ParentDevice && ParentBus == other.ParentBus
        && PhysicalPort == other.PhysicalPort && SwitchId == other.SwitchId && ProtocolDown == other.ProtocolDown && Index == other.Index;

    public override void ResolveNames(IInterfaceNames names)
    {
        if (Master is { } master) MasterName = names.NameOf((int)master);
        if (Link is { } link && link != Index && LinkNamespaceId is null) LinkName = names.NameOf((int)link);
    }

    /// <summary>This state with what a partial message told.</summary>
    public LinkObject With(LinkObject part)
    {
        var merged = (LinkObject)MemberwiseClone();
        merged.Flags = part.Flags;
        merged.Name = part.Name ?? Name;
        merged.OperState = part.OperState ?? OperState;
        merged.Address = part.Address ?? Address;
        merged.PortState = part.PortState ?? PortState;
        merged.Mtu = part.Mtu ?? Mtu;
        if (part.Master is null) return merged;
        merged.Master = part.Master;
        merged.MasterName = part.MasterName;
        return merged;
    }
}
