using Wirehook.Dissection.Contract;
using Wirehook.Packets;
using Wirehook.Packets.Flows;

namespace Wirehook.Dissection.Engine;

/// <summary>One flow with those who watch it: payload reaches them before it is dissected, the end after.</summary>
internal sealed class WatchedSession(FlowContext context, IFlowHandler? dissection, FlowWatcher[] watchers) : IFlowHandler
{
    public void OnData(Direction direction, ReadOnlySpan<byte> data, Timestamp timestamp)
    {
        foreach (var watcher in watchers) watcher.OnPayload(direction, data, 0, timestamp);
        dissection?.OnData(direction, data, timestamp);
        if (dissection is null) context.AfterData(timestamp);
    }

    public void OnDatagram(Direction direction, ReadOnlySpan<byte> data, int missing, Timestamp timestamp)
    {
        foreach (var watcher in watchers) watcher.OnPayload(direction, data, missing, timestamp);
        dissection?.OnDatagram(direction, data, missing, timestamp);
        if (dissection is null) context.AfterData(timestamp);
    }

    public void OnGap(Direction direction, long length, GapReason reason, Timestamp timestamp)
    {
        foreach (var watcher in watchers) watcher.OnGap(direction, length, timestamp);
        dissection?.OnGap(direction, length, reason, timestamp);
    }

    public void OnDirectionEnd(Direction direction, Timestamp timestamp) => dissection?.OnDirectionEnd(direction, timestamp);

    public void OnEnd(FlowEnd end, Timestamp timestamp)
    {
        dissection?.OnEnd(end, timestamp);
        foreach (var watcher in watchers) watcher.OnEnd(end, timestamp);
    }
}
