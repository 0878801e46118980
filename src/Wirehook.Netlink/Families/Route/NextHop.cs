using System.Globalization;
using System.Text;
using Wirehook.Packets;

namespace Wirehook.Netlink.Families.Route;

/// <summary>One way of a multipath route (linux/rtnetlink.h struct rtnexthop).</summary>
/// <param name="Gateway">The next router; null where the destination is on the link.</param>
/// <param name="InterfaceIndex">The interface to leave by.</param>
/// <param name="Weight">Its share of the traffic, from 1.</param>
/// <param name="Flags">RTNH_F_…</param>
internal readonly record struct NextHop(IpAddress? Gateway, int InterfaceIndex, int Weight, byte Flags) : IComparable<NextHop>
{
    private const byte Dead = 1;
    private const byte OnLink = 4;
    private const byte LinkDown = 16;

    /// <summary>The flags that are kept. Others say where the hardware does the forwarding.</summary>
    public const byte KnownFlags = Dead | OnLink | LinkDown;

    /// <summary>The interface's name where it is known.</summary>
    public string? InterfaceName { get; init; }

    public bool IsSamePath(in NextHop other) => other.Gateway == Gateway && other.InterfaceIndex == InterfaceIndex;

    public int CompareTo(NextHop other)
    {
        var (own, its) = (Gateway ?? default, other.Gateway ?? default);
        var order = own.High.CompareTo(its.High);
        if (order == 0) order = own.Low.CompareTo(its.Low);
        if (order == 0) order = InterfaceIndex.CompareTo(other.InterfaceIndex);
        return order != 0 ? order : Weight.CompareTo(other.Weight);
    }

    /// <summary>As <c>ip route</c> writes it: <c>via 10.0.0.1 dev eth0 weight 1</c>.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        if (Gateway is { } gateway) text.Append("via ").Append(gateway.ToString()).Append(' ');
        text.Append("dev ").Append(InterfaceName ?? InterfaceIndex.ToString(CultureInfo.InvariantCulture));
        text.Append(CultureInfo.InvariantCulture, $" weight {Weight}");
        if ((Flags & OnLink) != 0) text.Append(" onlink");
        if ((Flags & Dead) != 0) text.Append(" dead");
        if ((Flags & LinkDown) != 0) text.Append(" linkdown");
        return text.ToString();
    }
}
