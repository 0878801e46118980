using Wirehook.EventHooks.Running;
using Wirehook.Netlink.Events;

namespace Wirehook.EventHooks.Hooks.Scheduling;

/// <summary>One matched event on its way through a hook's queue, its run, and its retries.</summary>
internal sealed class WaitingRun
{
    public WaitingRun(HookQueue queue, NetworkEvent networkEvent, long ticket, long since)
    {
        (Queue, Event, Ticket, Since) = (queue, networkEvent, ticket, since);
        Place = new LinkedListNode<WaitingRun>(this);
    }

    public HookQueue Queue { get; }

    /// <summary>The event; coalescing puts a newer one in its place.</summary>
    public NetworkEvent Event { get; set; }

    /// <summary>Position among all matches of all hooks: event order, then registration order.</summary>
    public long Ticket { get; }

    /// <summary>When this attempt began to wait, as the time provider's timestamp.</summary>
    public long Since { get; set; }

    /// <summary>When the attempt under way was taken for running.</summary>
    public long StartedAt { get; set; }

    public int Attempt { get; set; } = 1;

    /// <summary>What earlier attempts took.</summary>
    public TimeSpan Spent { get; set; }

    /// <summary>What came of the last attempt; null before the first.</summary>
    public ProcessResult? LastResult { get; set; }

    /// <summary>The runs of the same interface.</summary>
    public KeyLane? Lane { get; set; }

    /// <summary>Its place in the hook's order of arrival.</summary>
    public LinkedListNode<WaitingRun> Place { get; }
}

/// <summary>The waiting runs of one hook for one interface: one after the other, in order.</summary>
internal sealed class KeyLane(RunKey key)
{
    public RunKey Key { get; } = key;

    public Queue<WaitingRun> Waiting { get; } = new();

    /// <summary>The last one that still waits: what coalescing replaces. Null where none waits.</summary>
    public WaitingRun? Newest { get; set; }

    /// <summary>Whether one of them runs, or waits for its retry.</summary>
    public bool Busy { get; set; }

    /// <summary>Whether the lane stands in its hook's list of lanes that could run.</summary>
    public bool Listed { get; set; }
}
