using Wirehook.Packets;

namespace Wirehook.Netlink.State;

/// <summary>What happened that may have taken IPv4 routes away without announcement: the kernel flushes them with their interface, source address or nexthop.
/// Bounded: beyond the limit everything is suspect.</summary>
public sealed class RouteAudit
{
    private const int Limit = 1024;

    internal RouteAudit()
    {
    }

    internal HashSet<int> Interfaces { get; } = [];

    internal HashSet<int> GoneInterfaces { get; } = [];

    internal HashSet<IpAddress> Sources { get; } = [];

    internal HashSet<uint> NextHops { get; } = [];

    /// <summary>Whether more is suspect than can be listed.</summary>
    internal bool IsAll { get; private set; }

    internal bool IsEmpty => !IsAll && Size == 0;

    private int Size => Interfaces.Count + GoneInterfaces.Count + Sources.Count + NextHops.Count;

    /// <summary>Routes over this interface: it went down or its carrier changed.</summary>
    public void AddInterface(int interfaceIndex)
    {
        if (HasRoom()) Interfaces.Add(interfaceIndex);
    }

    /// <summary>Routes over this interface, which is gone, so that the kernel cannot be asked about it alone.</summary>
    public void AddGoneInterface(int interfaceIndex)
    {
        if (HasRoom()) GoneInterfaces.Add(interfaceIndex);
    }

    /// <summary>Routes that prefer this source address: it was removed.</summary>
    public void AddSource(IpAddress address)
    {
        if (HasRoom()) Sources.Add(address);
    }

    /// <summary>Routes over this nexthop object: it was removed or changed.</summary>
    public void AddNextHop(uint id)
    {
        if (HasRoom()) NextHops.Add(id);
    }

    /// <summary>Every route.</summary>
    public void AddAll() => IsAll = true;

    internal void Clear()
    {
        Interfaces.Clear();
        GoneInterfaces.Clear();
        Sources.Clear();
        NextHops.Clear();
        IsAll = false;
    }

    private bool HasRoom()
    {
        if (Size >= Limit) IsAll = true;
        return !IsAll;
    }
}
