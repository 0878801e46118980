using Wirehook.Dissection.Contract;
using Wirehook.Dissection.Engine;
using Wirehook.Packets;

namespace Wirehook.Dissection.Protocols.Redis;

/// <summary>
/// Commands beyond those that may wait for their reply, of a client that sends thousands before it reads: they wait as bytes until replies have come, so that
/// each still meets its own. When they came is remembered.
/// </summary>
internal struct RedisBacklog
{
    private const int MostArrivals = 1024;
    private Queue<(long End, Timestamp Time)>? _arrivals;
    private long _digested;
    private long _noted;
    private bool _closed;

    /// <summary>Whether commands wait that come before further replies.</summary>
    public bool ComesFirst { get; private set; }

    /// <summary>Whether the commands at hand wait.</summary>
    /// <param name="outstanding">How many commands lack their reply.</param>
    /// <param name="length">Bytes at hand.</param>
    /// <param name="timestamp">When the newest of them came.</param>
    /// <param name="options">The limits.</param>
    public bool MustWait(int outstanding, int length, Timestamp timestamp, DissectionOptions options)
    {
        ComesFirst = !_closed && outstanding >= options.PendingLimit && length < options.BufferLimit / 2;
        if (ComesFirst && _digested + length > _noted) Note(_digested + length, timestamp);
        return ComesFirst;
    }

    /// <summary>When the next byte came, given that the newest came now.</summary>
    public readonly Timestamp TimeOfNext(Timestamp now)
    {
        if (_arrivals is null) return now;
        while (_arrivals.TryPeek(out var arrival))
        {
            if (arrival.End > _digested) return arrival.Time;
            _arrivals.Dequeue();
        }

        return now;
    }

    /// <summary>Commands were digested.</summary>
    public void OnStep(in StreamStep step)
    {
        if (step.Kind is StreamStepKind.Consume or StreamStepKind.Resync) _digested += step.Count;
    }

    /// <summary>No replies come any more: nothing waits.</summary>
    public void Close() => (_closed, ComesFirst) = (true, false);

    /// <summary>Replies may come again.</summary>
    public void Reopen() => _closed = false;

    private void Note(long end, Timestamp timestamp)
    {
        _arrivals ??= [];
        // Beyond the limit, a packet counts to the one before.
        if (_arrivals.Count < MostArrivals) _arrivals.Enqueue((end, timestamp));
        _noted = end;
    }
}
