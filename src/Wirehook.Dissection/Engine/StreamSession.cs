using Wirehook.Dissection.Contract;
using Wirehook.Packets;
using Wirehook.Packets.Flows;

namespace Wirehook.Dissection.Engine;

/// <summary>
/// One TCP flow. While no protocol is known, the bytes of both directions wait in small buffers; afterwards they go to the dissector as they
/// come, and only the beginning of an incomplete message waits.
/// </summary>
internal sealed class StreamSession(FlowContext context, ProtocolModule[] modules) : MemoryHolder, IFlowHandler
{
    private StreamDetection? _detection = new(context, modules);
    private StreamFeed? _feed;

    public void OnData(Direction direction, ReadOnlySpan<byte> data, Timestamp timestamp)
    {
        if (_feed is not null)
        {
            _feed.OnData(direction, data, timestamp);
            if (_feed.State != StreamFeedState.Following) Leave(timestamp);
        }
        else if (_detection is not null)
        {
            _detection.OnData(direction, data, timestamp);
            Follow(timestamp, final: false);
        }

        Account();
        context.AfterData(timestamp);
    }

    public void OnGap(Direction direction, long length, GapReason reason, Timestamp timestamp)
    {
        if (_feed is not null)
        {
            context.Losses.GapBytes.Add(length);
            _feed.OnGap(direction, length, timestamp);
            if (_feed.State != StreamFeedState.Following) Leave(timestamp);
        }
        else if (_detection is not null)
        {
            Follow(timestamp, final: true);
            if (_feed is not null) OnGap(direction, length, reason, timestamp);
            else _detection?.OnGap(direction);
        }

        Account();
    }

    public void OnDirectionEnd(Direction direction, Timestamp timestamp)
    {
        if (_feed is not null)
        {
            _feed.OnDirectionEnd(direction, timestamp);
            if (_feed.State != StreamFeedState.Following) Leave(timestamp);
        }
        else
        {
            _detection?.OnDirectionEnd(direction);
        }

        Account();
    }

    public void OnEnd(FlowEnd end, Timestamp timestamp)
    {
        if (_detection is not null) Follow(timestamp, final: true);
        _feed?.OnEnd(end, timestamp);
        if (_detection is { SawData: true, Identified: false }) context.Losses.UnidentifiedStreams.Add();
        _detection?.Clear();
        (_feed, _detection) = (null, null);
        Account();
    }

    public void OnDatagram(Direction direction, ReadOnlySpan<byte> data, int missing, Timestamp timestamp)
    {
    }

    /// <summary>Gives the stream up: what it holds leaves as at its end, and the rest is ignored.</summary>
    internal override void Release(Timestamp now)
    {
        _feed?.OnEnd(FlowEnd.Evicted, now);
        _detection?.Clear();
        (_feed, _detection) = (null, null);
        Account();
    }

    private void Account()
    {
        var held = (_feed?.Held ?? 0) + (_detection?.Held ?? 0);
        if (held != HeldBytes) context.Memory.ReportStream(this, held);
    }

    /// <summary>Lets detection decide, and as long as dissectors reject what it found, decide again.</summary>
    private void Follow(Timestamp timestamp, bool final)
    {
        while (_detection is not null && _feed is null)
        {
            var module = _detection.Decide(final, out var certain);
            if (module is null) return;
            _feed = new StreamFeed(context, module, certain);
            _detection.PassTo(_feed);
            if (_feed.State == StreamFeedState.Following)
            {
                // A certain dissector rejects nothing, and detection's state is the larger part of what an idle connection costs.
                if (certain) _detection = null;
                return;
            }

            Leave(timestamp, follow: false);
        }
    }

    /// <summary>The dissector is done: the stream goes back to detection, or is ignored from here on.</summary>
    private void Leave(Timestamp timestamp, bool follow = true)
    {
        var feed = _feed!;
        _feed = null;
        switch (feed.State)
        {
            case StreamFeedState.Rejected:
                _detection!.Reject(feed);
                break;
            case StreamFeedState.HandedOver:
                _detection ??= new StreamDetection(context, modules);
                _detection.Restart(feed, timestamp);
                break;
            default:
                _detection?.Clear();
                _detection = null;
                return;
        }

        if (follow) Follow(timestamp, final: false);
    }
}
