using Wirehook.Dissection.Contract;
using Wirehook.Dissection.Items;
using Wirehook.Packets;
using Wirehook.Packets.Flows;

namespace Wirehook.Dissection.Protocols.Flows;

/// <summary>
/// Everything that records are made of: the connections that go on, in the order in which their next record is due, and the flows that they belong to. The
/// number of connections is bounded by the flow table, that of flows here.
/// </summary>
internal sealed class FlowRecords : IExpiring
{
    private const int MostFlows = 65_536;
    private readonly Dictionary<FlowKey, FlowGroup> _groups = [];
    private readonly LinkedList<Recorded> _due = [];
    private long _groupNumbers;

    /// <summary>A connection begins.</summary>
    /// <param name="context">Its context, with counters.</param>
    /// <param name="connection">The protocol of its own records, or null for none.</param>
    /// <param name="flow">The protocol of its flow's records, or null for none.</param>
    public FlowWatcher Begin(FlowContext context, Protocol? connection, Protocol? flow)
    {
        var key = new FlowKey(context.Flow.Transport, context.Flow.Initiator.Address, context.Flow.Responder);
        if (!_groups.TryGetValue(key, out var group))
        {
            if (_groups.Count >= MostFlows) End(OldestGroup());
            group = new FlowGroup(context, key, ++_groupNumbers);
            _groups.Add(key, group);
            if (flow is not null) Schedule(new Recorded(group, context, flow, group.Number), context.Flow.Started);
        }

        group.Begin(context);
        var single = connection is null ? null : new Recorded(new SingleTraffic(context), context, connection, group.Number);
        if (single is not null) Schedule(single, context.Flow.Started);
        return new Watcher(this, context, group, single);
    }

    /// <inheritdoc/>
    public void AdvanceTo(Timestamp now)
    {
        while (_due.First is { } first)
        {
            var interval = first.Value.Context.Options.FlowRecordInterval;
            if (interval <= 0 || now.Since(first.Value.RecordedAt) < interval) return;
            _due.Remove(first);
            first.Value.EmitProgress(now);
            if (first.Value.Traffic is FlowGroup { Live: 0 } quiet && now.Since(quiet.Latest) >= interval) End(quiet);
            else _due.AddLast(first);
        }
    }

    /// <inheritdoc/>
    public void OnCaptureEnd(Timestamp now)
    {
        foreach (var group in _groups.Values.OrderBy(g => g.Number).ToList()) End(group);
    }

    private void Schedule(Recorded recorded, Timestamp now)
    {
        recorded.EmitBegin(now);
        recorded.Place = _due.AddLast(recorded);
        if (recorded.Traffic is FlowGroup group) group.Record = recorded;
    }

    private FlowGroup OldestGroup() => (_due.FirstOrDefault(r => r.Traffic is FlowGroup)?.Traffic as FlowGroup) ?? _groups.Values.First();

    private void End(FlowGroup group)
    {
        _groups.Remove(group.Key);
        if (group.Record is not { } record) return;
        group.Record = null;
        record.EmitEnd();
        Unlink(record);
    }

    private void OnConnectionEnd(FlowGroup group, Recorded? single, FlowContext context)
    {
        if (single is not null)
        {
            single.EmitEnd();
            Unlink(single);
        }

        group.End(context);
        // Without records of its own, a flow is only a number that its connections share.
        if (group is { Live: 0, Record: null }) _groups.Remove(group.Key);
    }

    private void Unlink(Recorded recorded)
    {
        if (recorded.Place?.List is not null) _due.Remove(recorded.Place);
    }

    private sealed class Watcher(FlowRecords records, FlowContext context, FlowGroup group, Recorded? single) : FlowWatcher
    {
        public override void OnEnd(FlowEnd end, Timestamp timestamp) => records.OnConnectionEnd(group, single, context);
    }
}
