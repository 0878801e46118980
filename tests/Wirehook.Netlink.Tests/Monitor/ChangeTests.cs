using Wirehook.Netlink.Events;
using Wirehook.Netlink.Families;
using Wirehook.Netlink.Monitor;
using Wirehook.Tests;

namespace Wirehook.Netlink.Tests.Monitor;

/// <summary>Every kind of change that <c>ip</c> and <c>tc</c> can cause here, as events with the right fields; and the state afterwards, which is the kernel's.</summary>
public sealed class ChangeTests : IDisposable
{
    private readonly TestNamespace _ns = new();
    private readonly EventCollector _events = new();
    private NetworkMonitor? _monitor;

    public void Dispose()
    {
        _monitor?.Dispose();
        _ns.Dispose();
    }

    [RootFact("ip")]
    public void Links()
    {
        Begin("link add va type veth peer name vb");
        Cause("link set va mtu 1400", "link.mtu_changed", e => Old(e, "mtu") == "1500" && New(e, "mtu") == "1400");
        Cause("link set va address 02:00:00:00:00:07", "link.address_changed", e => New(e, "address") == "02:00:00:00:00:07");
        Cause("link set va promisc on", "link.promiscuous_on", e => e.Interface == "va");
        Cause("link set va promisc off", "link.promiscuous_off", e => e.Interface == "va");
        Cause("link set va name vc", "link.renamed", e => e.Interface == "vc" && Old(e, "name") == "va");
        Cause("link add bri type bridge", "link.added", e => e.Interface == "bri" && New(e, "kind") == "bridge");
        Cause("link set vc master bri", "link.master_changed", e => e.Interface == "vc" && New(e, "master").Length > 0);
        Cause("link set vc nomaster", "link.master_changed", e => e.Interface == "vc" && New(e, "master") is "" or "0");
        Cause("link set vc up", "link.up", e => e.Interface == "vc");
        Cause("link set vb up", "link.carrier_gained", e => e.Interface == "vc");

        // The kernel announces other names only of links that are up.
        Cause("link property add dev vc altname other-name", "link.altname_changed", e => e.Interface == "vc");
        Cause("link set vb down", "link.carrier_lost", e => e.Interface == "vc" && !e.Events.Contains("link.down"));
        Cause("link set vc down", "link.down", e => e.Interface == "vc");
        Cause("link del vc", "link.removed", e => e.Interface == "vc");
        KernelState.AssertSame(_ns, _monitor!);
    }

    [RootFact("ip")]
    public void Link_moved_to_another_namespace()
    {
        using var other = new TestNamespace();
        _monitor = NetworkMonitor.Start(new MonitorOptions { Namespaces = [_ns.Name, other.Name] }, TimeProvider.System, _events);
        Assert.True(_monitor.WaitUntilReady(TimeSpan.FromSeconds(10)));
        _ns.Ip("link add va type veth peer name vb");
        Cause($"link set va netns {other.Name}", "link.moved_away", e => e.Interface == "va" && e.Namespace == _ns.Name);
        _events.Wait("link.added", e => e.Interface == "va" && e.Namespace == other.Name);
        KernelState.AssertSame(_ns, _monitor);
        KernelState.AssertSame(other, _monitor);
    }

    [RootFact("ip")]
    public void Addresses()
    {
        Begin("link add va type veth peer name vb");
        var added = Cause("addr add 10.9.0.1/24 dev va label va:x", "addr.added", e => New(e, "local") == "10.9.0.1");
        Assert.Equal(("va", "24", "RTM_NEWADDR"), (added.Interface, New(added, "prefixlen"), added.MessageName));
        Assert.True(added.PortId > 0);
        Cause("addr change 10.9.0.1/24 dev va valid_lft 1000 preferred_lft 900", "addr.changed", e => New(e, "local") == "10.9.0.1");
        Cause("addr add fd00::1/64 dev va", "addr.added", e => New(e, "local") == "fd00::1");
        Cause("addr del 10.9.0.1/24 dev va", "addr.removed", e => e.Interface == "va" && New(e, "local") == "10.9.0.1");
        KernelState.AssertSame(_ns, _monitor!);
    }

    [RootFact("ip")]
    public void Routes_with_those_that_vanish_without_announcement()
    {
        Begin("link add va type veth peer name vb", "link set va up", "link set vb up", "addr add 10.9.0.1/24 dev va");
        Cause("route add 10.20.0.0/16 via 10.9.0.2", "route.added", e => New(e, "dst") == "10.20.0.0/16" && New(e, "gateway") == "10.9.0.2" && e.Interface == "va");
        Cause("route replace 10.20.0.0/16 via 10.9.0.3", "route.changed", e => Old(e, "gateway") == "10.9.0.2" && New(e, "gateway") == "10.9.0.3");
        Cause("route del 10.20.0.0/16", "route.removed", e => New(e, "dst") == "10.20.0.0/16");
        Cause("route add default via 10.9.0.2", "route.default_added", e => New(e, "gateway") == "10.9.0.2");
        Cause("route replace default via 10.9.0.4", "route.default_changed", e => New(e, "gateway") == "10.9.0.4");
        Cause("route del default", "route.default_removed");
        _ns.Ip("route add 10.30.0.0/16 via 10.9.0.2");
        _ns.Ip("nexthop add id 7 via 10.9.0.9 dev va");
        Cause("route add 10.40.0.0/16 nhid 7", "route.added", e => New(e, "dst") == "10.40.0.0/16");
        Cause("link set va down", "route.removed", e => New(e, "dst") == "10.30.0.0/16" && e.Synthetic);
        _events.Wait("route.removed", e => New(e, "dst") == "10.40.0.0/16" && e.Synthetic);
        _events.Wait("nexthop.removed", e => New(e, "id") == "7" && e.Synthetic);
        KernelState.AssertSame(_ns, _monitor!);
    }

    [RootFact("ip")]
    public void Neighbours()
    {
        Begin("link add va type veth peer name vb", "link set va up", "link set vb up", "addr add 10.9.0.1/24 dev va");
        Cause("neigh add 10.9.0.5 lladdr 02:00:00:00:00:05 dev va", "neigh.added", e => New(e, "dst") == "10.9.0.5" && New(e, "lladdr") == "02:00:00:00:00:05");
        Cause("neigh change 10.9.0.5 lladdr 02:00:00:00:00:06 dev va", "neigh.address_changed", e => New(e, "lladdr") == "02:00:00:00:00:06");
        Cause("neigh change 10.9.0.5 dev va nud stale", "neigh.stale", e => New(e, "dst") == "10.9.0.5");
        Cause("neigh change 10.9.0.5 dev va nud reachable", "neigh.reachable", e => New(e, "dst") == "10.9.0.5");
        Cause("neigh del 10.9.0.5 dev va", "neigh.removed", e => New(e, "dst") == "10.9.0.5");
        KernelState.AssertSame(_ns, _monitor!);
    }

    [RootFact("ip", "tc")]
    public void Rules_next_hops_and_traffic_control()
    {
        Begin("link add va type veth peer name vb", "link set va up", "link set vb up", "addr add 10.9.0.1/24 dev va");
        Cause("rule add from 10.7.0.0/16 table 77", "rule.added", e => New(e, "table") == "77");
        Cause("rule del from 10.7.0.0/16 table 77", "rule.removed", e => New(e, "table") == "77");
        Cause("nexthop add id 5 via 10.9.0.2 dev va", "nexthop.added", e => New(e, "id") == "5" && e.Interface == "va");
        Cause("nexthop replace id 5 via 10.9.0.3 dev va", "nexthop.changed", e => New(e, "gateway") == "10.9.0.3");
        Cause("nexthop del id 5", "nexthop.removed", e => New(e, "id") == "5");
        _ns.Tc("qdisc add dev va root pfifo limit 10");
        _events.Wait("qdisc.added", e => e.Interface == "va" && New(e, "kind") == "pfifo");
        _ns.Tc("qdisc del dev va root");
        _events.Wait("qdisc.removed", e => e.Interface == "va");
        KernelState.AssertSame(_ns, _monitor!);
    }

    [RootFact("ip")]
    public void Namespace_ids()
    {
        using var other = new TestNamespace();
        Begin();
        Cause($"netns set {other.Name} 4711", "netns.added", e => New(e, "id") == "4711");
        other.Dispose();
        _events.Wait("netns.removed", e => New(e, "id") == "4711");
    }

    [RootFact("ip")]
    public void Flaps_come_one_by_one()
    {
        Begin("link add va type veth peer name vb");
        _ns.Batch(Enumerable.Range(0, 200).SelectMany(_ => new[] { "link set va up", "link set va down" }));
        var changes = _events.WaitForCount(e => e.Interface == "va" && (e.Events.Contains("link.up") || e.Events.Contains("link.down")), 400);
        Assert.Equal(400, changes.Length);
        Assert.All(changes, (e, i) => Assert.Contains(i % 2 == 0 ? "link.up" : "link.down", e.Events));
        KernelState.AssertSame(_ns, _monitor!);
    }

    [RootFact("ip")]
    public void Nothing_is_missed_in_twenty_thousand_changes_at_full_speed()
    {
        Begin("link add va type veth peer name vb", "link set va up", "link set vb up");
        _ns.Batch(Enumerable.Range(0, 20_000).Select(i => $"route add 10.{i >> 8}.{i & 255}.0/24 dev va"));
        var routes = _events.WaitForCount(e => e.MessageType == 24 && New(e, "table") == "254" && New(e, "dst").EndsWith(".0/24", StringComparison.Ordinal), 20_000);
        Assert.Equal(20_000, routes.Select(e => New(e, "dst")).Distinct().Count());
        Assert.Equal(20_000, routes.Length);
        Assert.Equal(0, _monitor!.Status.Overruns);
        Assert.Equal(_events.Events.Select((_, i) => i + 1L), _events.Events.Select(e => e.Sequence));
        Assert.Equal(routes[0].PortId, routes[^1].PortId);
    }

    private static string New(NetworkEvent e, string field) => e.Current is { } current ? Of(current, field) : "";

    private static string Old(NetworkEvent e, string field) => e.Previous is { } previous ? Of(previous, field) : "";

    private static string Of(NetlinkObject subject, string field) => subject.Family.Fields.FirstOrDefault(f => f.Name == field)?.Get(subject).ToString() ?? "";

    private void Begin(params string[] commands)
    {
        foreach (var command in commands) _ns.Ip(command);
        _monitor = MonitorState.Start(_ns, _events);
    }

    private NetworkEvent Cause(string command, string name, Func<NetworkEvent, bool>? holds = null)
    {
        _ns.Ip(command);
        return _events.Wait(name, holds);
    }
}
