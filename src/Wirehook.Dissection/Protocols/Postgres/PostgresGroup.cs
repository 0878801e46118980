using Wirehook.Dissection.Engine;
using Wirehook.Dissection.Items;
using Wirehook.Dissection.Pairing;
using Wirehook.Packets;

namespace Wirehook.Dissection.Protocols.Postgres;

/// <summary>
/// What one ReadyForQuery answers: a simple query, a start of a session, or the messages of the extended protocol up to Sync. The exchanges of a group are
/// answered in order; behind an error the server passes over the rest of the group.
/// </summary>
internal sealed class PostgresGroup : PendingMessage
{
    private const int Overhead = 1024;
    private const int ReportStep = 4096;
    private long _reported;

    /// <summary>Its first exchange.</summary>
    public required PostgresExchange First { get; init; }

    /// <summary>Its last exchange so far.</summary>
    public required PostgresExchange Last { get; set; }

    /// <summary>The exchange that the server answers now.</summary>
    public required PostgresExchange Current { get; set; }

    /// <summary>How many exchanges it has.</summary>
    public int Count { get; set; } = 1;

    /// <summary>Whether it belongs to the extended protocol.</summary>
    public bool IsExtended { get; init; }

    /// <summary>Whether the client may still add to it.</summary>
    public bool IsOpen { get; set; }

    /// <summary>Whether the server reported an error: it answers nothing until Sync.</summary>
    public bool HasFailed { get; set; }

    /// <summary>Whether the server has begun to answer.</summary>
    public bool HasBegun { get; set; }

    /// <summary>Why its exchanges leave alone; null while they do not.</summary>
    public ItemError? Left { get; set; }

    /// <summary>Bytes that it keeps by now; what it kept when it began to wait is a constant, so that sums agree.</summary>
    public long Kept { get; set; }

    /// <inheritdoc/>
    public override long Held => Overhead;

    /// <summary>An exchange joins it.</summary>
    public void Add(PostgresExchange exchange)
    {
        Last.Next = exchange;
        Last = exchange;
        Count++;
    }

    /// <summary>It keeps <paramref name="bytes"/> more.</summary>
    public void Grow(DissectionMemory memory, long bytes)
    {
        Kept += bytes;
        if (Owner is null || Kept - _reported < ReportStep) return;
        _reported = Kept;
        memory.ReportMessage(this, Overhead + Kept);
    }

    /// <inheritdoc/>
    internal override void Detach()
    {
        for (var exchange = Current; exchange is not null; exchange = exchange.Next)
        {
            // An item may be read elsewhere by now.
            if (!exchange.HasLeft) exchange.Detach();
        }
    }

    /// <summary>A long answer is no missing answer.</summary>
    internal override void Expire(Timestamp now)
    {
        if (!HasBegun) base.Expire(now);
    }
}
