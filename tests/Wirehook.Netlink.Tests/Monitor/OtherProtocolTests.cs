using System.Net;
using System.Net.Sockets;
using Wirehook.Netlink.Events;
using Wirehook.Netlink.Families;
using Wirehook.Netlink.Monitor;
using Wirehook.Tests;

namespace Wirehook.Netlink.Tests.Monitor;

/// <summary>What the kernel tells over protocols other than NETLINK_ROUTE, live.</summary>
public sealed class OtherProtocolTests : IDisposable
{
    private readonly TestNamespace _ns = new();
    private readonly EventCollector _events = new();

    public void Dispose() => _ns.Dispose();

    [RootFact("ip", "nft")]
    public void Rulesets()
    {
        using var monitor = Begin();
        Inside("nft", "add table inet t; add chain inet t c { type filter hook input priority 0; }; add rule inet t c tcp dport 22 accept");
        _events.Wait("nft.table_added");
        _events.Wait("nft.chain_added", e => EventSchema.Find("nft.hook")!.Get(e).ToString() == "input");
        _events.Wait("nft.rule_added");
        _events.Wait("nft.generation_changed", e => EventSchema.Find("nft.process_name")!.Get(e).ToString() == "nft");
        Inside("nft", "delete table inet t");
        _events.Wait("nft.table_removed");
    }

    [RootFact("ip", "conntrack")]
    public void Connections()
    {
        using var monitor = Begin();
        const string Tuple = "-p udp -s 10.9.0.1 -d 10.9.0.2 --sport 1111 --dport 53";
        Inside("conntrack", $"-I {Tuple} -t 100".Split(' '));
        _events.Wait("ct.new", e => EventSchema.Find("ct.dst_port")!.Get(e).AsNumber == 53);
        Inside("conntrack", $"-U {Tuple} -m 9".Split(' '));
        _events.Wait("ct.updated", e => EventSchema.Find("netlink.ct.mark")!.Get(e).AsNumber == 9);
        Inside("conntrack", $"-D {Tuple}".Split(' '));
        _events.Wait("ct.destroyed");
    }

    [RootFact("ip")]
    public void Closed_sockets()
    {
        using var monitor = NetworkMonitor.Start(new MonitorOptions { Families = MonitorOptions.FamiliesFor(["event == 'sock.destroyed'"]) }, TimeProvider.System, _events);
        Assert.True(monitor.WaitUntilReady(TimeSpan.FromSeconds(10)));
        int port;
        using (var socket = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0))) port = ((IPEndPoint)socket.Client.LocalEndPoint!).Port;
        var e = _events.Wait("sock.destroyed", x => EventSchema.Find("netlink.diag.src_port")!.Get(x).AsNumber == port);
        Assert.Equal(17, EventSchema.Find("netlink.diag.protocol")!.Get(e).AsNumber);
    }

    [Fact]
    public void Sockets_are_listened_to_only_where_somebody_asks()
    {
        Assert.False(new MonitorOptions().Includes(Family("sock")));
        Assert.True(new MonitorOptions().Includes(Family("ct")));
        Assert.Empty(MonitorOptions.FamiliesFor(["interface =~ 'socket0'", "link.up"]));
        Assert.Equal(NetlinkFamily.All.Select(f => f.Name), MonitorOptions.FamiliesFor(["", "netlink.diag.dst_port == 80"]));
    }

    private static NetlinkFamily Family(string name) => NetlinkFamily.All.Single(f => f.Name == name);

    private NetworkMonitor Begin()
    {
        var monitor = NetworkMonitor.Start(new MonitorOptions { Namespaces = [_ns.Name] }, TimeProvider.System, _events);
        Assert.True(monitor.WaitUntilReady(TimeSpan.FromSeconds(10)));
        return monitor;
    }

    private void Inside(string command, params string[] arguments) => TestNamespace.Run("ip", ["netns", "exec", _ns.Name, command, .. arguments]);
}
