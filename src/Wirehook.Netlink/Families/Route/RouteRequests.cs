using Wirehook.Netlink.Codec;
using Wirehook.Netlink.State;

namespace Wirehook.Netlink.Families.Route;

/// <summary>Dump requests for routes, and what they cover.</summary>
internal static class RouteRequests
{
    public const ushort GetRoute = 26;
    public const byte IPv4 = 2;
    public const byte IPv6 = 10;

    /// <summary>All routes of one address family.</summary>
    public static byte[] All(byte addressFamily) => NetlinkRequest.Dump(GetRoute, Fixed(addressFamily));

    /// <summary>The routes of one address family that leave by one interface.</summary>
    public static byte[] Over(byte addressFamily, int interfaceIndex) =>
        NetlinkRequest.Dump(GetRoute, [.. Fixed(addressFamily), .. NetlinkRequest.Attribute(RouteAttribute.OutInterface, (uint)interfaceIndex)]);

    /// <summary>Whether the answer to a request with this body would show the route.</summary>
    public static bool Covers(ReadOnlySpan<byte> request, RouteObject route)
    {
        if (request.IsEmpty || (request[0] != 0 && request[0] != route.AddressFamily)) return false;
        foreach (var attribute in NetlinkAttributes.Behind(request, RouteDecoder.FixedLength))
        {
            switch (attribute.Type)
            {
                case RouteAttribute.OutInterface when !route.Uses(attribute.Int32 ?? 0):
                case RouteAttribute.Table when attribute.UInt32 != route.Table:
                    return false;
            }
        }

        return true;
    }

    /// <summary>The request that shows what became of the cached routes of one address family that the audit suspects; null where it suspects none.</summary>
    /// <remarks>IPv4 routes vanish silently with their interface, source address or nexthop. The deletion of IPv6 routes is announced, but not that a nexthop of several is
    /// dead; and of neither that its link is down.</remarks>
    public static byte[]? Audit(RouteAudit audit, ObjectTable cached, byte addressFamily)
    {
        var only = 0;
        for (var i = 0; i < cached.Capacity; i++)
        {
            if (cached.At(i).Subject is not RouteObject route || route.AddressFamily != addressFamily) continue;
            if (audit.IsAll || (addressFamily == IPv4 && IsLost(audit, route))) return All(addressFamily);
            if (SuspectInterface(audit, route) is not (> 0 and var suspect) || suspect == only) continue;
            if (only != 0) return All(addressFamily);
            only = suspect;
        }

        return only == 0 ? null : Over(addressFamily, only);
    }

    private static bool IsLost(RouteAudit audit, RouteObject route)
    {
        if (route.NextHopId != 0 && audit.NextHops.Contains(route.NextHopId)) return true;
        if (route.PreferredSource is { } source && audit.Sources.Contains(source)) return true;
        return audit.GoneInterfaces.Count > 0 && FirstOf(audit.GoneInterfaces, route) != 0;
    }

    private static int SuspectInterface(RouteAudit audit, RouteObject route) => audit.Interfaces.Count > 0 ? FirstOf(audit.Interfaces, route) : 0;

    private static int FirstOf(HashSet<int> interfaces, RouteObject route)
    {
        if (route.NextHops is null) return interfaces.Contains((int)route.OutInterface) ? (int)route.OutInterface : 0;
        foreach (var hop in route.NextHops)
        {
            if (interfaces.Contains(hop.InterfaceIndex)) return hop.InterfaceIndex;
        }

        return 0;
    }

    private static byte[] Fixed(byte addressFamily)
    {
        var body = new byte[RouteDecoder.FixedLength];
        body[0] = addressFamily;
        return body;
    }
}
