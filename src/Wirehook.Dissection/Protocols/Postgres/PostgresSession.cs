using Wirehook.Dissection.Contract;
using Wirehook.Dissection.Items;
using Wirehook.Dissection.Pairing;
using Wirehook.Packets;
using Wirehook.Packets.Flows;

namespace Wirehook.Dissection.Protocols.Postgres;

/// <summary>What both sides of a connection share: who is logged in, prepared statements and portals, groups that wait for their answer, and the way items leave.</summary>
internal sealed class PostgresSession
{
    private static readonly ItemError Incomplete = ItemError.PairNotFound("The capture ends before the response does.");
    private static readonly ItemError NoRequest = ItemError.PairNotFound("The request was not found in the stream.");
    private static readonly ItemError Disagrees = ItemError.Gap("Which request the response belongs to is unknown, because part of the stream was not captured.");
    private static readonly ItemError TooMany = ItemError.PairNotFound("Too many requests of the stream waited for their response.");
    private PostgresExchange? _orphanCopy;
    private bool _discarded;

    public PostgresSession(FlowContext context)
    {
        Context = context;
        Pairing = new OrderedPairing<PostgresGroup>(context, OnLeft);
        Statements = new Remembered<string, PostgresStatement>(context);
        Portals = new Remembered<string, PostgresPortal>(context);
        IsUncertain = !context.AtStart;
    }

    public FlowContext Context { get; }

    /// <summary>The direction in which the client sends.</summary>
    public Direction ClientDirection { get; set; }

    /// <summary>Groups that wait for ReadyForQuery.</summary>
    public OrderedPairing<PostgresGroup> Pairing { get; }

    /// <summary>Prepared statements by name; the unnamed one has the empty name.</summary>
    public Remembered<string, PostgresStatement> Statements { get; }

    /// <summary>Named portals, and the statement of the unnamed one.</summary>
    public Remembered<string, PostgresPortal> Portals { get; }

    /// <summary>Who is logged in, where the start of the session was seen.</summary>
    public PostgresLogin? Login { get; set; }

    /// <summary>The group that the client is adding to.</summary>
    public PostgresGroup? Open { get; private set; }

    /// <summary>Whether the client's messages before the next one may be missing.</summary>
    public bool IsUncertain { get; private set; }

    /// <summary>Whether both sides send CopyData, as they do in replication.</summary>
    public bool IsReplicating { get; set; }

    /// <summary>Whether the connection was seen to be PostgreSQL's beyond doubt.</summary>
    public bool Accepted { get; set; }

    /// <summary>What the server sends that answers no known request.</summary>
    public PostgresReply? Orphan { get; set; }

    /// <summary>An exchange becomes a group of its own.</summary>
    /// <param name="exchange">Its first exchange.</param>
    /// <param name="message">The client's message.</param>
    /// <param name="extended">Whether the client may add to it until Sync.</param>
    public PostgresGroup Begin(PostgresExchange exchange, in PostgresMessage message, bool extended)
    {
        if (Open is not null)
        {
            // A client that asks anew without Sync breaks the protocol's order: what answers what is unknown.
            CloseOpen();
            Pairing.OnGap();
        }

        EndCopy();
        var group = new PostgresGroup
        {
            Timestamp = message.Ended,
            Size = message.Size,
            First = exchange,
            Last = exchange,
            Current = exchange,
            IsExtended = extended,
            IsOpen = extended,
        };
        if (extended) Open = group;
        Pairing.Add(group);
        // Its first messages may be missing: what the server answers to them is not to be taken for the answer to those that follow.
        if (extended && IsUncertain && group.Owner is not null) ((IPendingOwner)Pairing).Leave(group, Disagrees);
        IsUncertain &= extended;
        return group;
    }

    /// <summary>The client sent Sync: nothing joins the open group any more.</summary>
    public void CloseOpen()
    {
        if (Open is not { } group) return;
        (Open, IsUncertain, group.IsOpen) = (null, false, false);
        if (group.Left is { } because) EmitRequest(group.Last, because);
    }

    /// <summary>The client goes on with a group that it had closed: Sync means nothing to the server while data is copied in.</summary>
    public void Reopen(PostgresGroup group)
    {
        if (Open is null && group is { IsExtended: true, IsOpen: false }) (Open, group.IsOpen) = (group, true);
    }

    /// <summary>What the client copies although no COPY is known of.</summary>
    public PostgresExchange OrphanCopy(in PostgresMessage message) =>
        _orphanCopy ??= new PostgresExchange { Command = "CopyData", Started = message.Started, Login = Login };

    /// <summary>The client is done with copying.</summary>
    public void EndCopy()
    {
        if (_orphanCopy is not { } copy) return;
        _orphanCopy = null;
        EmitRequest(copy, ItemError.Gap("The statement that the data belongs to was not captured."));
    }

    /// <summary>The response to the current group is complete: its exchanges leave.</summary>
    public void Finish(PostgresGroup group)
    {
        Pairing.Take(out _);
        for (var exchange = group.Current; exchange is not null; exchange = exchange.Next)
        {
            if (exchange.Reply is { } reply) EmitPair(exchange, reply);
            else EmitRequest(exchange, ItemError.PairNotFound("The server passed over the request, because one before it in the pipeline had failed."));
        }
    }

    /// <summary>An exchange of a group has all its answers, and the next one's begin.</summary>
    public void EmitPair(PostgresExchange exchange, PostgresReply reply)
    {
        if (exchange.HasLeft) return;
        (exchange.HasLeft, reply.IsComplete) = (true, true);
        Emit(new PostgresItem(Context, ClientDirection, exchange, reply));
    }

    /// <summary>The server's answers do not match what is known of the group: its exchanges and answers leave apart.</summary>
    public void Separate(PostgresGroup group)
    {
        ((IPendingOwner)Pairing).Leave(group, Disagrees);
        for (var exchange = group.Current; exchange is not null; exchange = exchange.Next)
        {
            if (exchange.Reply is not { } reply) continue;
            exchange.Reply = null;
            if (exchange == group.Current) Orphan = reply;
            else EmitReply(reply, Disagrees);
        }
    }

    /// <summary>The group has become too large to wait: its exchanges leave alone as they come.</summary>
    public void Overflow(PostgresGroup group)
    {
        if (group.Owner is null) return;
        Context.Losses.PendingMessages.Add(group.Count);
        ((IPendingOwner)Pairing).Leave(group, TooMany);
    }

    /// <summary>A request leaves alone.</summary>
    public void EmitRequest(PostgresExchange exchange, ItemError? error)
    {
        if (exchange.HasLeft) return;
        exchange.HasLeft = true;
        Emit(new PostgresItem(Context, ClientDirection, exchange, null) { Error = error });
    }

    /// <summary>A response, or what the server sends of its own accord, leaves alone.</summary>
    public void EmitReply(PostgresReply reply, ItemError? error)
    {
        reply.IsComplete = true;
        Emit(new PostgresItem(Context, ClientDirection, null, reply) { Error = error });
    }

    /// <summary>Bytes of either side are missing: whatever waits leaves.</summary>
    public void OnLost(bool server)
    {
        Pairing.OnGap();
        if (server) EndOrphan(Disagrees);
        else LoseClient();
    }

    /// <summary>The server's unasked answer is over.</summary>
    public void EndOrphan(ItemError? because)
    {
        if (Orphan is not { } reply) return;
        Orphan = null;
        EmitReply(reply, IsReplicating ? null : because ?? NoRequest);
    }

    /// <summary>The stream is another protocol's: what was made of it is forgotten.</summary>
    public void Discard()
    {
        _discarded = true;
        End(null);
    }

    /// <summary>The flow is over.</summary>
    public void End(FlowEnd? end)
    {
        if (Pairing.Next is { HasBegun: true } group) LeavePartly(group);
        Pairing.Flush(end);
        if (Orphan is not null) EndOrphan(Context.AtStart ? NoRequest : Disagrees);
        CloseOpen();
        EndCopy();
        Statements.Clear();
        Portals.Clear();
    }

    private void LoseClient()
    {
        CloseOpen();
        EndCopy();
        Portals.Clear();
        IsUncertain = true;
    }

    /// <summary>The capture ends within a response: what came of it stays with its request.</summary>
    private void LeavePartly(PostgresGroup group)
    {
        Pairing.Take(out _);
        if (Open == group) Open = null;
        for (var exchange = group.Current; exchange is not null; exchange = exchange.Next)
        {
            if (exchange.HasLeft) continue;
            exchange.HasLeft = true;
            Emit(new PostgresItem(Context, ClientDirection, exchange, exchange.Reply) { Error = Incomplete });
        }
    }

    /// <summary>A group leaves alone; the exchange that the client may still add to waits for the rest of it.</summary>
    private void OnLeft(PostgresGroup group, ItemError because)
    {
        group.Left = because;
        for (var exchange = group.Current; exchange is not null; exchange = exchange.Next)
        {
            if (!group.IsOpen || exchange != group.Last) EmitRequest(exchange, because);
        }
    }

    private void Emit(PostgresItem item)
    {
        if (_discarded) return;
        Accepted = true;
        Context.Emit(item);
    }
}
