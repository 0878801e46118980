using Wirehook.Netlink.Events;

namespace Wirehook.Netlink.Families.Link;

/// <summary>Interfaces in the words of <c>ip link</c>.</summary>
internal static class LinkText
{
    /// <summary>Such as <c>index 2 flags UP,BROADCAST mtu 1500 state UP kind veth address 02:42:ac:11:00:02</c>.</summary>
    public static string Describe(LinkObject link) => new ObjectWords(link)
        .Named("index", "index").Named("flags", "flags").Named("mtu", "mtu").Named("state", "state").Named("kind", "kind").Named("vlan", "vlan")
        .Named("address", "address").Named("peer", "link_name").Named("peer-netns", "link_netnsid").Named("master", "master_name").Named("port-state", "port_state")
        .Named("altnames", "altnames").Named("alias", "alias").Named("moved to netns", "new_netnsid").ToString();
}
