using Wirehook.Dissection.Contract;
using Wirehook.Dissection.Items;
using Wirehook.Dissection.Pairing;
using Wirehook.Packets;
using Wirehook.Packets.Flows;

namespace Wirehook.Dissection.Protocols.Nats;

/// <summary>Pairs a connection's messages: PING with PONG, and, where the client asked for it (<c>verbose</c>), each of its messages with +OK or -ERR; in order.</summary>
internal sealed class NatsConversation(FlowContext context)
{
    private static readonly ItemError NoRequest = ItemError.PairNotFound("What the server acknowledges is unknown, because the connection's CONNECT was not captured.");
    private static readonly ItemError Unknown = ItemError.Dissection("The operation is not known.");
    private OrderedPairing<NatsPending>? _acknowledged;
    private OrderedPairing<NatsPending>? _forwardPings;
    private OrderedPairing<NatsPending>? _reversePings;

    /// <summary>Whether the client asked for acknowledgements; null where its CONNECT was not captured.</summary>
    private bool? _verbose;

    /// <summary>Whether every message since CONNECT was captured.</summary>
    private bool _complete;

    /// <summary>A whole message has come.</summary>
    public void Accept(Direction direction, in NatsLine line, NatsMessage message, int size, Timestamp started, Timestamp timestamp)
    {
        switch (line.Operation)
        {
            case NatsOperation.Ping:
                PingsOf(direction).Add(Pending(direction, line.Operation, message, size, started, timestamp));
                return;
            case NatsOperation.Pong:
                Answer(direction, PingsOf(direction ^ Direction.Reverse).Take(out var because), because, message, size, started, timestamp);
                return;
            case NatsOperation.Ok or NatsOperation.Err:
                Acknowledge(direction, line, message, size, started, timestamp);
                return;
            case NatsOperation.Connect:
                _verbose = IsVerbose(line.Arguments);
                // A client says CONNECT before anything else, so nothing is outstanding.
                _complete |= _acknowledged is null && _forwardPings is null && _reversePings is null;
                break;
            default:
                break;
        }

        if (_verbose == true && line.IsFromClient != false) (_acknowledged ??= NewPairing()).Add(Pending(direction, line.Operation, message, size, started, timestamp));
        else context.Emit(new NatsItem(context, direction, started, message, null) { RequestSize = size, Error = line.Operation == NatsOperation.Unknown ? Unknown : null });
    }

    /// <summary>Messages may be missing.</summary>
    public void OnGap()
    {
        _complete = false;
        _acknowledged?.OnGap();
        _forwardPings?.OnGap();
        _reversePings?.OnGap();
    }

    /// <summary>The connection is over.</summary>
    public void Flush(FlowEnd? end)
    {
        _acknowledged?.Flush(end);
        _forwardPings?.Flush(end);
        _reversePings?.Flush(end);
    }

    /// <summary>Whether the options of CONNECT, which is JSON with spaces or without, ask for acknowledgements; servers take that for granted where they do not say so.</summary>
    private static bool IsVerbose(ReadOnlySpan<byte> options)
    {
        var name = "\"verbose\""u8;
        var at = options.IndexOf(name);
        if (at < 0) return true;
        var value = options[(at + name.Length)..].TrimStart(" \t"u8);
        return value is [(byte)':', .. var rest] && rest.TrimStart(" \t"u8).StartsWith("true"u8);
    }

    private static NatsPending Pending(Direction direction, NatsOperation operation, NatsMessage message, int size, Timestamp started, Timestamp timestamp) =>
        new() { Message = message, Operation = operation, Direction = direction, Started = started, Timestamp = timestamp, Size = size };

    /// <summary>Whether an error is about the message that is next to be acknowledged. A refused publication is acknowledged besides, and other errors are about the connection.</summary>
    private static bool IsAnswer(ReadOnlySpan<byte> error, NatsOperation next)
    {
        if (error.IndexOf("Subscription"u8) >= 0) return next == NatsOperation.Sub;
        return error.IndexOf("Unknown Protocol Operation"u8) >= 0 || error.IndexOf("Parser"u8) >= 0
            || (next == NatsOperation.Connect && error.IndexOf("Authorization"u8) >= 0);
    }

    private void Acknowledge(Direction direction, in NatsLine line, NatsMessage message, int size, Timestamp started, Timestamp timestamp)
    {
        var waits = _verbose == true ? _acknowledged ??= NewPairing() : null;
        if (line.Operation == NatsOperation.Err && (waits?.Next is not { } next || !IsAnswer(line.Arguments, next.Operation)))
        {
            Answer(direction, null, null, message, size, started, timestamp);
            return;
        }

        ItemError? because = NoRequest;
        Answer(direction, waits?.Take(out because), because, message, size, started, timestamp);
    }

    private void Answer(Direction direction, NatsPending? request, ItemError? because, NatsMessage message, int size, Timestamp started, Timestamp timestamp) =>
        context.Emit(new NatsItem(context, direction ^ Direction.Reverse, request?.Started ?? started, request?.Message, message)
        {
            RequestSize = request?.Size ?? 0,
            ResponseSize = size,
            ElapsedMilliseconds = request is null ? 0 : timestamp.Since(request.Started) / 1_000_000,
            Error = request is null ? because : null,
        });

    private void EmitUnanswered(NatsPending request, ItemError error) =>
        context.Emit(new NatsItem(context, request.Direction, request.Started, request.Message, null) { RequestSize = request.Size, Error = error });

    private OrderedPairing<NatsPending> NewPairing()
    {
        var pairing = new OrderedPairing<NatsPending>(context, EmitUnanswered);
        if (_complete) pairing.OnIdle();
        return pairing;
    }

    private OrderedPairing<NatsPending> PingsOf(Direction direction) => direction == Direction.Forward ? _forwardPings ??= NewPairing() : _reversePings ??= NewPairing();
}
