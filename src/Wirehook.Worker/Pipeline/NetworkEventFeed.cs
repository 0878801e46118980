using Wirehook.Netlink.Events;
using Wirehook.Netlink.Monitor;
using Wirehook.Scripting;

namespace Wirehook.Worker.Pipeline;

/// <summary>
/// Hands the events of a network monitor to the scripts: at once while they keep up, in larger batches while they are behind, so that few events do not fill the
/// queue. Never waits; events for which the queue has no room are counted as missed by each script.
/// </summary>
public sealed class NetworkEventFeed : INetworkEventSink
{
    private readonly Lock _lock = new();
    private readonly ScriptLane _lane;
    private readonly NetworkEventTally _tally;
    private EventBatch _batch;

    /// <summary>A feed.</summary>
    /// <param name="lane">Where events go.</param>
    /// <param name="tally">Counts them.</param>
    public NetworkEventFeed(ScriptLane lane, NetworkEventTally tally)
    {
        (_lane, _tally, _batch) = (lane, tally, lane.Rent());
    }

    /// <inheritdoc/>
    public void OnEvents(IReadOnlyList<NetworkEvent> batch)
    {
        lock (_lock)
        {
            for (var i = 0; i < batch.Count; i++)
            {
                _tally.Add(batch[i]);
                _batch.AddNetworkEvent(batch[i]);
                if (_batch.IsFull) Submit();
            }

            if (!_lane.IsBehind) Submit();
        }
    }

    /// <summary>Hands over what was held back. To be called now and then, from any thread, and once after the monitor has ended.</summary>
    public void Flush()
    {
        lock (_lock)
        {
            Submit();
        }
    }

    private void Submit()
    {
        if (_batch.IsEmpty) return;
        _lane.Submit(_batch);
        _batch = _lane.Rent();
    }
}
