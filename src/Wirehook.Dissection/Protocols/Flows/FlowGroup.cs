using Wirehook.Dissection.Contract;
using Wirehook.Packets;

namespace Wirehook.Dissection.Protocols.Flows;

/// <summary>The traffic of all connections of one client to one service.</summary>
internal sealed class FlowGroup(FlowContext first, FlowKey key, long number) : TrafficSource
{
    private readonly HashSet<FlowContext> _live = [];
    private readonly List<string> _protocols = [];
    private TrafficCounts _ended;
    private Timestamp _latest = first.Flow.Started;

    public FlowKey Key { get; } = key;

    /// <summary>Order of appearance, from 1: what connections' records name as their group.</summary>
    public long Number { get; } = number;

    /// <summary>Connections that go on.</summary>
    public int Live => _live.Count;

    /// <summary>The records made of it; null where none are wanted.</summary>
    public Recorded? Record { get; set; }

    public override IReadOnlyList<string> Protocols
    {
        get
        {
            foreach (var connection in _live) Note(connection.WatchedProtocols);
            return [.. _protocols];
        }
    }

    public override string LocalPeer => Key.Client.ToString();

    public override string RemotePeer => Key.Service.ToString();

    public override TrafficCounts Counts
    {
        get
        {
            var sum = _ended;
            foreach (var connection in _live) sum += TrafficCounts.Of(connection.Flow.Traffic!);
            return sum;
        }
    }

    public override Timestamp Latest
    {
        get
        {
            var latest = _latest;
            foreach (var connection in _live)
            {
                var other = SingleTraffic.LatestOf(connection.Flow);
                if (other.Since(latest) > 0) latest = other;
            }

            return latest;
        }
    }

    public void Begin(FlowContext connection) => _live.Add(connection);

    public void End(FlowContext connection)
    {
        if (!_live.Remove(connection)) return;
        _ended += TrafficCounts.Of(connection.Flow.Traffic!);
        var latest = SingleTraffic.LatestOf(connection.Flow);
        if (latest.Since(_latest) > 0) _latest = latest;
        Note(connection.WatchedProtocols);
    }

    private void Note(IReadOnlyList<string> protocols)
    {
        foreach (var protocol in protocols)
        {
            if (!_protocols.Contains(protocol)) _protocols.Add(protocol);
        }
    }
}
