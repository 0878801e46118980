using Wirehook.Dissection.Compression;
using Wirehook.Dissection.Contract;
using Wirehook.Dissection.Items;
using Wirehook.Dissection.Pairing;
using Wirehook.Packets.Flows;

namespace Wirehook.Dissection.Protocols.MySql;

/// <summary>What both sides of a connection share: what was agreed on, who is logged in, prepared statements, commands that wait, and the way items leave.</summary>
internal sealed class MySqlSession
{
    private static readonly ItemError Incomplete = ItemError.PairNotFound("The capture ends before the response does.");
    private static readonly ItemError NoRequest = ItemError.PairNotFound("The request was not found in the stream.");
    private static readonly ItemError Unknown = ItemError.Gap("Which request the response belongs to is unknown, because part of the stream was not captured.");
    private bool _discarded;

    public MySqlSession(FlowContext context)
    {
        Context = context;
        Pairing = new OrderedPairing<MySqlExchange>(context, OnLeft);
        Statements = new Remembered<uint, MySqlStatement>(context);
        IsLoggingIn = context.AtStart;
    }

    public FlowContext Context { get; }

    /// <summary>The direction in which the client sends.</summary>
    public Direction ClientDirection { get; set; }

    /// <summary>Commands that wait for their answer.</summary>
    public OrderedPairing<MySqlExchange> Pairing { get; }

    /// <summary>Prepared statements by their number.</summary>
    public Remembered<uint, MySqlStatement> Statements { get; }

    /// <summary>The statement that was prepared last; clients of MariaDB execute it as number -1.</summary>
    public MySqlStatement? LatestStatement { get; set; }

    /// <summary>The payload of the server's greeting, until the login takes it.</summary>
    public byte[] Greeting { get; set; } = [];

    /// <summary>What the greeting took on the wire.</summary>
    public MySqlReply? GreetingReply { get; set; }

    /// <summary>What both sides can; unknown bits where the login was not seen.</summary>
    public MySqlCapabilities Capabilities { get; set; } = MySqlCapabilities.Protocol41;

    /// <summary>Whether the login was seen, so that <see cref="Capabilities"/> are known.</summary>
    public bool KnowsCapabilities { get; set; }

    /// <summary>How both sides compress by now; null where they do not.</summary>
    public CompressionAlgorithm? Compression { get; set; }

    /// <summary>Whether the client has yet to be let in.</summary>
    public bool IsLoggingIn { get; set; }

    /// <summary>The user, where the login was seen.</summary>
    public string? User { get; set; }

    /// <summary>The database in use, as far as that is known.</summary>
    public string? Database { get; set; }

    /// <summary>Whether the connection was seen to be MySQL's beyond doubt.</summary>
    public bool Accepted { get; set; }

    /// <summary>An answer to no known command.</summary>
    public MySqlReply? Orphan { get; set; }

    /// <summary>The response to <paramref name="exchange"/>, which waits, is complete.</summary>
    public void Finish(MySqlExchange exchange)
    {
        Pairing.Take(out _);
        exchange.Reply!.IsComplete = true;
        Emit(new MySqlItem(Context, ClientDirection, exchange, exchange.Reply));
    }

    /// <summary>An answer to no known command is complete.</summary>
    public void FinishOrphan()
    {
        if (Orphan is not { } reply) return;
        Orphan = null;
        Pairing.Take(out var because);
        EmitReply(reply, because ?? NoRequest);
    }

    /// <summary>A command that is not answered leaves, or one whose answer is unknown.</summary>
    public void EmitRequest(MySqlExchange exchange, ItemError? error) => Emit(new MySqlItem(Context, ClientDirection, exchange, null) { Error = error });

    /// <summary>What the server sends of its own accord leaves.</summary>
    public void EmitReply(MySqlReply reply, ItemError? error)
    {
        reply.IsComplete = true;
        Emit(new MySqlItem(Context, ClientDirection, null, reply) { Error = error });
    }

    /// <summary>Bytes of either side are missing: whatever waits leaves.</summary>
    public void OnLost()
    {
        Pairing.OnGap();
        Orphan = null;
        LatestStatement = null;
        IsLoggingIn = false;
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
        if (Pairing.Next is { Reply: not null } exchange)
        {
            Pairing.Take(out _);
            Emit(new MySqlItem(Context, ClientDirection, exchange, exchange.Reply) { Error = Incomplete });
        }

        Pairing.Flush(end);
        if (Orphan is { } orphan) Emit(new MySqlItem(Context, ClientDirection, null, orphan) { Error = Context.AtStart ? Incomplete : Unknown });
        if (GreetingReply is { } greeting) EmitReply(greeting, end is null ? null : NoRequest);
        (Orphan, GreetingReply) = (null, null);
        Statements.Clear();
    }

    private void OnLeft(MySqlExchange exchange, ItemError because) => EmitRequest(exchange, because);

    private void Emit(MySqlItem item)
    {
        if (_discarded) return;
        Accepted = true;
        Context.Emit(item);
    }
}

/// <summary>What the dissector inside TLS has to know of what came before.</summary>
/// <param name="Greeting">The payload of the server's greeting.</param>
internal sealed record MySqlUpgradeState(byte[] Greeting);
