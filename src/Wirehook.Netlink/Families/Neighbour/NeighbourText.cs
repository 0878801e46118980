using Wirehook.Netlink.Events;

namespace Wirehook.Netlink.Families.Neighbour;

/// <summary>Neighbours in the words of <c>ip neighbour</c> and <c>bridge fdb</c>.</summary>
internal static class NeighbourText
{
    /// <summary>Such as <c>10.0.0.1 lladdr 02:42:ac:11:00:02 REACHABLE</c>.</summary>
    public static string Describe(NeighbourObject neighbour) => new ObjectWords(neighbour)
        .Value("dst").Named("lladdr", "lladdr").Value("state").Named("flags", "flags", 0).Named("vlan", "vlan").Named("master", "master_name").ToString();
}
