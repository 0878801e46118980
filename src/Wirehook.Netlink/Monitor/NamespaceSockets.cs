using Wirehook.Netlink.Codec;
using Wirehook.Netlink.Families;

namespace Wirehook.Netlink.Monitor;

/// <summary>A socket that listens to multicast groups, and nothing else: requests have a socket of their own, so that answers never fill this one.</summary>
/// <param name="Socket">The socket.</param>
/// <param name="Families">The families whose groups it joined.</param>
/// <param name="Status">What it was granted.</param>
internal sealed record MonitorSocket(NetlinkSocket Socket, IReadOnlyList<NetlinkFamily> Families, SocketStatus Status);

/// <summary>The sockets of one namespace: per protocol one that listens, and one for dumps where a family has any.</summary>
internal sealed class NamespaceSockets : IDisposable
{
    private const int QueryBufferBytes = 1 << 20;

    private NamespaceSockets(IReadOnlyList<MonitorSocket> monitors, IReadOnlyList<NetlinkSocket> queries)
    {
        (Monitors, Queries) = (monitors, queries);
    }

    /// <summary>The listening sockets, NETLINK_ROUTE first.</summary>
    public IReadOnlyList<MonitorSocket> Monitors { get; }

    /// <summary>The sockets for dumps.</summary>
    public IReadOnlyList<NetlinkSocket> Queries { get; }

    /// <summary>The socket for dumps of a protocol; null where there is none.</summary>
    public NetlinkSocket? QueryOf(int protocol) => Queries.FirstOrDefault(q => q.Protocol == protocol);

    /// <summary>Opens them in the namespace of the calling thread.</summary>
    /// <param name="options">Which families, and the receive buffer to ask for.</param>
    /// <param name="own">Whether it is Wirehook's own namespace: only there uevents are heard, because the kernel repeats most of them in every namespace.</param>
    /// <param name="allIds">Whether to hear from namespaces that have an id here as well.</param>
    /// <exception cref="MonitorException">Not even NETLINK_ROUTE can be opened.</exception>
    public static NamespaceSockets Open(MonitorOptions options, bool own, bool allIds)
    {
        var (monitors, queries) = (new List<MonitorSocket>(), new List<NetlinkSocket>());
        foreach (var protocol in NetlinkFamily.All.Where(options.Includes).GroupBy(f => f.Protocol).OrderBy(g => g.Key))
        {
            if (protocol.Key == NetlinkProtocol.Uevent && !own) continue;
            if (OpenMonitor(protocol.Key, [.. protocol], options.ReceiveBufferBytes) is not { } monitor)
            {
                if (protocol.Key == NetlinkProtocol.Route) throw MonitorErrors.System("a netlink socket cannot be opened");
                continue;
            }

            if (allIds && protocol.Key == NetlinkProtocol.Route) monitor.Socket.TryListenToAllNamespaces();
            monitors.Add(monitor);
            if (monitor.Families.Any(f => f.Dumps.Count > 0) && OpenQuery(protocol.Key) is { } query) queries.Add(query);
        }

        return new NamespaceSockets(monitors, queries);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var monitor in Monitors) monitor.Socket.Dispose();
        foreach (var query in Queries) query.Dispose();
    }

    private static MonitorSocket? OpenMonitor(int protocol, NetlinkFamily[] families, int bufferBytes)
    {
        if (NetlinkSocket.TryOpen(protocol) is not { } socket) return null;

        // Enlarged before anything can arrive.
        socket.EnlargeBuffer(bufferBytes);
        var (joined, missing, groups) = (new List<NetlinkFamily>(), new List<string>(), new SortedSet<int>());
        foreach (var family in families)
        {
            var granted = family.Groups.Where(g => groups.Contains(g) || socket.TryJoin(g)).ToArray();
            groups.UnionWith(granted);
            if (granted.Length == family.Groups.Count) joined.Add(family);
            else missing.Add(family.Name);
        }

        var status = new SocketStatus(protocol, [.. groups], socket.ReceiveBufferBytes, missing);
        if (groups.Count > 0 || protocol == NetlinkProtocol.Route) return new MonitorSocket(socket, joined, status);
        socket.Dispose();
        return new MonitorSocket(socket, [], status);
    }

    private static NetlinkSocket? OpenQuery(int protocol)
    {
        var query = NetlinkSocket.TryOpen(protocol);
        query?.CheckStrictly();
        query?.EnlargeBuffer(QueryBufferBytes);
        return query;
    }
}
