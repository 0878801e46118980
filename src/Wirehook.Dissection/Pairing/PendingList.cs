using Wirehook.Dissection.Contract;
using Wirehook.Dissection.Items;
using Wirehook.Packets.Flows;

namespace Wirehook.Dissection.Pairing;

/// <summary>Messages of one flow that wait, in the order in which they came; linked through themselves, so that waiting allocates nothing.</summary>
internal sealed class PendingList<TMessage>(FlowContext context, IPendingOwner owner)
    where TMessage : PendingMessage
{
    private PendingMessage? _newest;

    /// <summary>How many wait.</summary>
    public int Count { get; private set; }

    /// <summary>What they hold, in bytes.</summary>
    public long Held { get; private set; }

    /// <summary>The one that waits for the longest, or null.</summary>
    public TMessage? Oldest { get; private set; }

    /// <summary>Whether one more would be beyond the flow's limits.</summary>
    public bool IsOverLimit => Count > context.Options.PendingLimit || (Count > 1 && Held > context.Options.PendingBytesLimit);

    /// <summary>Puts <paramref name="message"/> behind all others.</summary>
    public void Add(TMessage message)
    {
        (message.Owner, message.Before, message.After) = (owner, _newest, null);
        if (_newest is null) Oldest = message;
        else _newest.After = message;
        _newest = message;
        Count++;
        Held += message.Held;
        context.Memory.ReportMessage(message, message.Held);
    }

    /// <summary>Takes <paramref name="message"/>, which waits here, out.</summary>
    public void Remove(TMessage message)
    {
        if (message.Before is null) Oldest = (TMessage?)message.After;
        else message.Before.After = message.After;
        if (message.After is null) _newest = message.Before;
        else message.After.Before = message.Before;
        (message.Owner, message.Before, message.After) = (null, null, null);
        Count--;
        Held -= message.Held;
        context.Memory.ReportMessage(message, 0);
    }

    /// <summary>What a message that still waits at the end of its flow lacks.</summary>
    /// <param name="end">Why the flow ended; null for a hand-over.</param>
    public static ItemError ErrorAt(FlowEnd? end) => end switch
    {
        FlowEnd.Reset => ItemError.Connection("The connection was reset before the response was seen."),
        FlowEnd.Expired => ItemError.Timeout("No response was seen before the stream became idle."),
        _ => ItemError.PairNotFound("The response was not found in the stream."),
    };
}
