using Wirehook.Dissection.Contract;
using Wirehook.Dissection.Items;
using Wirehook.Packets;

namespace Wirehook.Dissection.Protocols.Flows;

/// <summary>A connection or flow of which records are made: at its beginning, at intervals while packets come, at its end.</summary>
internal sealed class Recorded(TrafficSource traffic, FlowContext context, Protocol protocol, long group)
{
    private TrafficCounts _recorded;

    /// <summary>What the records tell of.</summary>
    public TrafficSource Traffic { get; } = traffic;

    /// <summary>The connection, or the flow's first one.</summary>
    public FlowContext Context { get; } = context;

    /// <summary>When the latest record was made, or was looked at and left out.</summary>
    public Timestamp RecordedAt { get; private set; }

    /// <summary>Its place among those whose next record is due.</summary>
    public LinkedListNode<Recorded>? Place { get; set; }

    /// <summary>The first record: nothing is counted yet.</summary>
    public void EmitBegin(Timestamp now) => Emit("in_progress", now, default);

    /// <summary>A record of what came since the one before; none where nothing came.</summary>
    public void EmitProgress(Timestamp now)
    {
        var counts = Traffic.Counts;
        if (counts == _recorded) RecordedAt = now;
        else Emit(counts is { PacketsSent: > 0, PacketsReceived: > 0 } ? "open" : "in_progress", now, counts);
    }

    /// <summary>The last record.</summary>
    public void EmitEnd() => Emit("closed", Traffic.Latest, Traffic.Counts);

    private void Emit(string state, Timestamp now, TrafficCounts counts)
    {
        var since = RecordedAt.UnixNanoseconds == 0 ? 0 : now.Since(RecordedAt);
        var record = new FlowRecord
        {
            Begin = Context.Flow.Started,
            End = now,
            Transport = protocol.Layer4,
            LocalPeer = Traffic.LocalPeer,
            RemotePeer = Traffic.RemotePeer,
            State = state,
            Protocols = Traffic.Protocols,
            Group = group,
            Counts = counts,
            Recent = counts - _recorded,
            RecentNanoseconds = since,
        };
        (_recorded, RecordedAt) = (counts, now);
        Context.Emit(new FlowItem(Context, protocol, now, record) { RequestSize = counts.BytesSent, ResponseSize = counts.BytesReceived });
    }
}
