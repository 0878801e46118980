using Wirehook.Netlink.Codec;
using Wirehook.Netlink.Families;

namespace Wirehook.Netlink.Tests.State;

/// <summary>A little kernel: random changes of links, addresses, routes and neighbours, each with the announcement that Linux makes for it.</summary>
internal sealed class KernelModel(Random random)
{
    private const int Interfaces = 6;
    private readonly SortedDictionary<int, byte[]> _links = [];
    private readonly SortedDictionary<string, byte[]> _addresses = [];
    private readonly SortedDictionary<string, byte[]> _neighbours = [];

    /// <summary>IPv4 routes by destination in the order in which Linux keeps those of one key; the gateways.</summary>
    private readonly SortedDictionary<string, List<string>> _routes = [];

    /// <summary>Announcements that nobody has read yet.</summary>
    public Queue<byte[]> Announcements { get; } = new();

    /// <summary>One random change.</summary>
    public void Change()
    {
        switch (random.Next(10))
        {
            case < 3: ChangeLink(1 + random.Next(Interfaces)); break;
            case < 5: ChangeAddress(1 + random.Next(Interfaces)); break;
            case < 8: ChangeRoute("10." + random.Next(4) + ".0.0/16"); break;
            default: ChangeNeighbour(1 + random.Next(Interfaces), "192.0.2." + random.Next(5)); break;
        }
    }

    /// <summary>What a dump of a family would show now.</summary>
    public byte[][] Snapshot(NetlinkFamily family, byte[] request) => family.Name switch
    {
        "link" => [.. _links.Values],
        "addr" => [.. _addresses.Values],
        "neigh" when request[NetlinkMessage.HeaderLength] == 0 => [.. _neighbours.Values],
        "route" when request[NetlinkMessage.HeaderLength] == 2 => [.. _routes.SelectMany(r => r.Value.Select(g => Route(24, r.Key, g, 0)))],
        _ => [],
    };

    private void ChangeLink(int index)
    {
        if (_links.Remove(index, out var known) && random.Next(5) == 0)
        {
            Announcements.Enqueue(Samples.DelLink(index, "if" + index));
            foreach (var gone in _addresses.Where(a => a.Key.StartsWith(index + "/", StringComparison.Ordinal)).ToArray()) Delete(_addresses, gone.Key, 21);
            foreach (var gone in _neighbours.Where(n => n.Key.StartsWith(index + "/", StringComparison.Ordinal)).ToArray()) Delete(_neighbours, gone.Key, 29);
            return;
        }

        var name = random.Next(4) == 0 ? "renamed" + index : "if" + index;
        var (flags, mtu) = ((uint)random.Next(2), random.Next(3) == 0 ? 9000u : 1500u);
        Announcements.Enqueue(_links[index] = Samples.NewLink(index, name, flags, mtu));
        if (known is not null && random.Next(3) == 0) Announcements.Enqueue(Samples.NewLink(index, name, flags, mtu, 7));
    }

    private void ChangeAddress(int index)
    {
        if (!_links.ContainsKey(index)) return;
        var address = "198.51.100." + random.Next(4);
        var key = index + "/" + address;
        if (_addresses.ContainsKey(key) && random.Next(2) == 0) Delete(_addresses, key, 21);
        else Announcements.Enqueue(_addresses[key] = Samples.Address(20, index, address, 24, (byte)(0x80 + random.Next(2))));
    }

    private void ChangeNeighbour(int index, string address)
    {
        if (!_links.ContainsKey(index)) return;
        var key = index + "/" + address;
        if (_neighbours.ContainsKey(key) && random.Next(2) == 0) Delete(_neighbours, key, 29);
        else Announcements.Enqueue(_neighbours[key] = Samples.Neighbour(28, index, address, (ushort)(2 << random.Next(2)), [2, 0, 0, 0, 0, (byte)random.Next(3)]));
    }

    /// <summary>As <c>ip route add</c>, <c>append</c>, <c>replace</c> and <c>del</c> do: a replacement takes the place of the first.</summary>
    private void ChangeRoute(string destination)
    {
        if (!_routes.TryGetValue(destination, out var gateways)) _routes.Add(destination, gateways = []);
        var gateway = "192.0.2." + (1 + random.Next(5));
        var choice = random.Next(4);
        if (choice == 0 && gateways.Count > 0)
        {
            var index = random.Next(gateways.Count);
            Announcements.Enqueue(Route(25, destination, gateways[index], 0));
            gateways.RemoveAt(index);
        }
        else if (gateways.Contains(gateway))
        {
            return;
        }
        else if (choice == 1 && gateways.Count > 0)
        {
            gateways[0] = gateway;
            Announcements.Enqueue(Route(24, destination, gateway, NetlinkFlags.Replace));
        }
        else
        {
            gateways.Add(gateway);
            Announcements.Enqueue(Route(24, destination, gateway, NetlinkFlags.Create | NetlinkFlags.Append));
        }
    }

    private void Delete(SortedDictionary<string, byte[]> objects, string key, ushort type)
    {
        objects.Remove(key, out var last);
        var deletion = last!.ToArray();
        deletion[4] = (byte)type;
        Announcements.Enqueue(deletion);
    }

    private static byte[] Route(ushort type, string destination, string gateway, ushort flags) => Samples.Route(type, destination, gateway, 2, 100, flags);
}
