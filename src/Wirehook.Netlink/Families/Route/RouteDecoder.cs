using System.Runtime.InteropServices;
using Wirehook.Netlink.Codec;
using Wirehook.Packets;

namespace Wirehook.Netlink.Families.Route;

/// <summary>Reads struct rtmsg and its attributes (linux/rtnetlink.h).</summary>
internal static class RouteDecoder
{
    public const int FixedLength = 12;
    private const int NextHopLength = 8;
    private const int MostNextHops = 1024;
    private static readonly IpAddress AnyIPv4 = IpAddress.FromIPv4([0, 0, 0, 0]);

    public static RouteObject? Decode(RouteFamily family, ReadOnlySpan<byte> body)
    {
        if (body.Length < FixedLength || body[0] is not (2 or 10)) return null;
        var isIPv4 = body[0] == 2;
        var longest = isIPv4 ? 32 : 128;
        if (body[1] > longest || body[2] > longest) return null;
        var route = new RouteObject(family)
        {
            AddressFamily = body[0],
            DestinationLength = body[1],
            SourceLength = body[2],
            Tos = body[3],
            Table = body[4],
            Protocol = body[5],
            Scope = body[6],
            Type = body[7],
            Flags = MemoryMarshal.Read<uint>(body[8..]),
            Destination = isIPv4 ? AnyIPv4 : default,
            Source = isIPv4 ? AnyIPv4 : default,
        };
        foreach (var attribute in NetlinkAttributes.Behind(body, FixedLength)) Read(route, attribute);
        return route;
    }

    private static void Read(RouteObject route, in NetlinkAttribute attribute)
    {
        switch (attribute.Type)
        {
            case RouteAttribute.Destination: route.Destination = Own(route, attribute) ?? route.Destination; break;
            case RouteAttribute.Source when route.SourceLength > 0: route.Source = Own(route, attribute) ?? route.Source; break;
            case RouteAttribute.InInterface: route.InInterface = attribute.UInt32 ?? 0; break;
            case RouteAttribute.OutInterface: route.OutInterfaceIndex = attribute.UInt32 ?? 0; break;
            case RouteAttribute.Gateway when attribute.Address is { } gateway: route.GatewayAddress = gateway; break;
            case RouteAttribute.Via when Via(attribute) is { } via: route.GatewayAddress = via; break;
            case RouteAttribute.Priority: route.Priority = attribute.UInt32 ?? 0; break;
            case RouteAttribute.PreferredSource: route.PreferredSource = attribute.Address; break;
            case RouteAttribute.Metrics: route.Metrics = ReadMetrics(attribute); break;
            case RouteAttribute.MultiPath: ReadNextHops(route, attribute.Value); break;
            case RouteAttribute.Table: route.Table = attribute.UInt32 ?? route.Table; break;
            case RouteAttribute.Mark: route.Mark = attribute.UInt32; break;
            case RouteAttribute.Preference: route.Preference = attribute.Byte; break;
            case RouteAttribute.EncapsulationType: route.Encapsulation = attribute.UInt16; break;
            case RouteAttribute.Expires: route.Expires = attribute.UInt32; break;
            case RouteAttribute.NextHopId: route.NextHopId = attribute.UInt32 ?? 0; break;
        }
    }

    /// <summary>An address of the route's own family; null for any other length.</summary>
    private static IpAddress? Own(RouteObject route, in NetlinkAttribute attribute) =>
        attribute.Value.Length == (route.IsIPv6 ? 16 : 4) ? attribute.Address : null;

    /// <summary>struct rtvia: the address family in two bytes, then the address.</summary>
    private static IpAddress? Via(in NetlinkAttribute attribute) => attribute.Value.Length switch
    {
        6 => IpAddress.FromIPv4(attribute.Value[2..]),
        18 => IpAddress.FromIPv6(attribute.Value[2..]),
        _ => null,
    };

    private static RouteMetrics ReadMetrics(in NetlinkAttribute metrics)
    {
        var (mtu, window, segment, limit, initial) = ((uint?)null, (uint?)null, (uint?)null, (uint?)null, (uint?)null);
        string? congestion = null;
        foreach (var attribute in metrics.Nested)
        {
            switch (attribute.Type)
            {
                case RouteAttribute.MetricMtu: mtu = attribute.UInt32; break;
                case RouteAttribute.MetricWindow: window = attribute.UInt32; break;
                case RouteAttribute.MetricAdvertisedSegment: segment = attribute.UInt32; break;
                case RouteAttribute.MetricHopLimit: limit = attribute.UInt32; break;
                case RouteAttribute.MetricInitialWindow: initial = attribute.UInt32; break;
                case RouteAttribute.MetricCongestion: congestion = attribute.Text; break;
            }
        }

        return new(mtu, window, segment, limit, initial, congestion);
    }

    private static void ReadNextHops(RouteObject route, ReadOnlySpan<byte> rest)
    {
        var hops = new List<NextHop>();
        while (rest.Length >= NextHopLength && hops.Count < MostNextHops)
        {
            int length = MemoryMarshal.Read<ushort>(rest);
            if (length < NextHopLength || length > rest.Length) break;
            hops.Add(ReadNextHop(rest[..length]));
            rest = rest[Math.Min(rest.Length, (length + 3) & ~3)..];
        }

        if (hops.Count > 0) route.SetNextHops(hops);
    }

    private static NextHop ReadNextHop(ReadOnlySpan<byte> hop)
    {
        IpAddress? gateway = null;
        foreach (var attribute in new NetlinkAttributes(hop[NextHopLength..]))
        {
            if (attribute.Type == RouteAttribute.Gateway) gateway = attribute.Address;
            else if (attribute.Type == RouteAttribute.Via) gateway = Via(attribute);
        }

        return new(gateway, MemoryMarshal.Read<int>(hop[4..]), hop[3] + 1, (byte)(hop[2] & NextHop.KnownFlags));
    }
}

/// <summary>Attribute numbers of linux/rtnetlink.h.</summary>
internal static class RouteAttribute
{
    public const ushort Destination = 1;
    public const ushort Source = 2;
    public const ushort InInterface = 3;
    public const ushort OutInterface = 4;
    public const ushort Gateway = 5;
    public const ushort Priority = 6;
    public const ushort PreferredSource = 7;
    public const ushort Metrics = 8;
    public const ushort MultiPath = 9;
    public const ushort Table = 15;
    public const ushort Mark = 16;
    public const ushort Via = 18;
    public const ushort Preference = 20;
    public const ushort EncapsulationType = 21;
    public const ushort Expires = 23;
    public const ushort NextHopId = 30;

    /// <summary>RTAX_MTU, within RTA_METRICS.</summary>
    public const ushort MetricMtu = 2;

    /// <summary>RTAX_WINDOW.</summary>
    public const ushort MetricWindow = 3;

    /// <summary>RTAX_ADVMSS.</summary>
    public const ushort MetricAdvertisedSegment = 8;

    /// <summary>RTAX_HOPLIMIT.</summary>
    public const ushort MetricHopLimit = 10;

    /// <summary>RTAX_INITCWND.</summary>
    public const ushort MetricInitialWindow = 11;

    /// <summary>RTAX_CC_ALGO.</summary>
    public const ushort MetricCongestion = 16;
}
