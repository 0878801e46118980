using System.Text.Json;
using Wirehook.Netlink.Families;
using Wirehook.Netlink.Monitor;

namespace Wirehook.Netlink.Tests.Monitor;

/// <summary>Compares what a monitor knows with what <c>ip -json</c> shows of the kernel. Neighbours that need no resolving (NOARP) are left out,
/// by <c>ip</c> as well: the kernel does not announce that they come.</summary>
internal static class KernelState
{
    /// <summary>Fails where any link, address, route, neighbour, rule or next hop differs. Waits a while, because the last events may be under way.</summary>
    public static void AssertSame(TestNamespace ns, NetworkMonitor monitor, int seconds = 10)
    {
        var end = Environment.TickCount64 + (seconds * 1000);
        while (true)
        {
            var (kernel, known) = (OfKernel(ns), OfMonitor(monitor, ns.Name));
            if (kernel.SequenceEqual(known) || Environment.TickCount64 > end)
            {
                Assert.Equal(kernel, known);
                return;
            }

            Thread.Sleep(50);
        }
    }

    private static string[] OfKernel(TestNamespace ns) =>
    [
        .. Read(ns, "link show", l => $"link {Of(l, "ifindex")} {Of(l, "ifname")} {Of(l, "mtu")} {Of(l, "address")} {Of(l, "operstate")}"),
        .. Sorted(Read(ns, "address show", l => l).SelectMany(Addresses)),
        .. Read(ns, "-4 route show table all", l => $"route {Destination(l, "0.0.0.0/0", 32)} {Of(l, "gateway")} {Of(l, "dev")} {Of(l, "metric", "0")}"),
        .. Read(ns, "-6 route show table all", l => $"route {Destination(l, "::/0", 128)} {Of(l, "gateway")} {Of(l, "dev")} {Of(l, "metric", "0")}"),
        .. Read(ns, "neigh show", l => $"neigh {Of(l, "dst")} {Of(l, "dev")} {Of(l, "lladdr")}"),
        .. Read(ns, "nexthop show", l => $"nexthop {Of(l, "id")}"),
    ];

    private static IEnumerable<string> Addresses(JsonElement link) =>
        link.GetProperty("addr_info").EnumerateArray().Select(a => $"addr {Of(link, "ifindex")} {Of(a, "local")}/{Of(a, "prefixlen")}");

    private static string[] OfMonitor(NetworkMonitor monitor, string ns)
    {
        var links = monitor.Objects(ns, "link");
        var names = links.ToDictionary(l => l.Field("index"), l => l.Field("name"));
        return
        [
            .. Sorted(links.Select(l => $"link {l.Field("index")} {l.Field("name")} {l.Field("mtu")} {l.Field("address")} {l.Field("state")}")),
            .. Sorted(monitor.Objects(ns, "addr").Select(a => $"addr {a.Field("ifindex")} {a.Field("local")}/{a.Field("prefixlen")}")),
            .. Sorted(monitor.Objects(ns, "route").Where(r => r.Field("dst").Contains('.')).Select(r => Route(r, names))),
            .. Sorted(monitor.Objects(ns, "route").Where(r => r.Field("dst").Contains(':')).Select(r => Route(r, names))),
            .. Sorted(monitor.Objects(ns, "neigh").Where(n => n.Field("dst").Length > 0 && n.Field("state") is not ("NOARP" or "NONE" or "")).Select(n => $"neigh {n.Field("dst")} {names.GetValueOrDefault(n.Field("ifindex"))} {n.Field("lladdr")}")),
            .. Sorted(monitor.Objects(ns, "nexthop").Select(n => $"nexthop {n.Field("id")}")),
        ];
    }

    private static string Route(NetlinkObject route, Dictionary<string, string> names) =>
        $"route {route.Field("dst")} {route.Field("gateway")} {names.GetValueOrDefault(route.Field("oif"), "")} {route.Field("priority")}";

    private static IEnumerable<string> Read(TestNamespace ns, string what, Func<JsonElement, string> line) => Sorted(Read(ns, what, l => l).Select(line));

    private static IEnumerable<JsonElement> Read(TestNamespace ns, string what, Func<JsonElement, JsonElement> keep)
    {
        var text = ns.Ip("-json " + what);
        return text.Trim().Length == 0 ? [] : JsonDocument.Parse(text).RootElement.EnumerateArray().Where(e => e.EnumerateObject().Any()).Select(keep);
    }

    private static IEnumerable<string> Sorted(IEnumerable<string> lines) => lines.Order(StringComparer.Ordinal);

    private static string Destination(JsonElement route, string all, int full)
    {
        var text = Of(route, "dst");
        return text == "default" ? all : text.Contains('/') ? text : $"{text}/{full}";
    }

    private static string Of(JsonElement element, string name, string absent = "") => element.TryGetProperty(name, out var value) ? value.ToString() : absent;
}
