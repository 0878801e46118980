using Wirehook.Dissection.Contract;
using Wirehook.Dissection.Items;
using Wirehook.Packets;
using Wirehook.Packets.Flows;

namespace Wirehook.Dissection.Protocols.WebSocket;

/// <summary>Dissects one connection: every frame is an item.</summary>
internal sealed class WebSocketDissector : StreamDissector
{
    /// <summary>What is kept of a frame that is too long to wait for.</summary>
    private const int KeptOfLongest = 16 << 10;

    private static readonly ItemError CutByGap = ItemError.Gap("Part of the frame was not captured.");
    private static readonly ItemError CutByEnd = ItemError.Connection("The connection ended inside the frame.");
    private readonly FlowContext _context;
    private readonly WebSocketMessages _messages;
    private readonly WebSocketSide _forward = new();
    private readonly WebSocketSide _reverse = new();
    private Direction? _client;
    private bool _emitted;

    public WebSocketDissector(FlowContext context)
    {
        _context = context;
        _client = context.Upgrade?.ClientDirection;
        _messages = new WebSocketMessages(context, WebSocketNegotiation.Read(context.Upgrade));
    }

    /// <inheritdoc/>
    public override StreamStep Dissect(Direction direction, ReadOnlySpan<byte> data, Timestamp timestamp)
    {
        var side = SideOf(direction);
        if (side.Passage is { } passage) return Pass(side, direction, passage, data.Length, timestamp);
        if (side.IsLost && !TryResume(side, direction, data)) return StreamStep.Resync(data.Length);
        side.Started ??= timestamp;
        if (!WebSocketFrameHeader.TryRead(data, out var header, out var needed)) return StreamStep.NeedMore(needed);
        if (!header.IsValid) return OnInvalid(side, data.Length);
        _client ??= header.IsMasked ? direction : direction ^ Direction.Reverse;
        if (header.FrameLength > data.Length) return Await(side, header, data);
        Accept(side, direction, header, data.Slice(header.Length, (int)header.PayloadLength), null, timestamp);
        return StreamStep.Consume((int)header.FrameLength);
    }

    /// <inheritdoc/>
    /// <remarks>Where the gap ends inside the frame that it interrupts, the header says where the next frame begins.</remarks>
    public override void OnGap(Direction direction, ReadOnlySpan<byte> undigested, long length, Timestamp timestamp)
    {
        var side = SideOf(direction);
        if (side.Passage is null && !side.IsLost && WebSocketFrameHeader.TryRead(undigested, out var header, out _) && header.IsValid && _client is not null)
        {
            var payload = undigested[header.Length..];
            var kept = _context.Arena.Keep(payload[..Math.Min(payload.Length, KeptOfLongest)]);
            side.Passage = new WebSocketPassage(header, kept, header.PayloadLength - payload.Length);
        }

        if (side.Passage is { } passage && length > 0)
        {
            passage.IsBroken = true;
            passage.Remaining -= length;
            if (passage.Remaining > 0) return;
            side.IsLost = passage.Remaining < 0;
            EndPassage(side, direction, passage, CutByGap, timestamp);
        }
        else
        {
            side.IsLost = true;
        }

        side.Started = null;
        if (side.IsLost) _messages.OnGap(side, direction, length, timestamp);
    }

    /// <inheritdoc/>
    public override void OnDirectionEnd(Direction direction, ReadOnlySpan<byte> undigested, Timestamp timestamp)
    {
        var side = SideOf(direction);
        if (side.Passage is { } passage)
        {
            passage.IsBroken = true;
            EndPassage(side, direction, passage, CutByEnd, timestamp);
        }
        else if (!side.IsLost && _client is not null && WebSocketFrameHeader.TryRead(undigested, out var header, out _) && header.IsValid)
        {
            Accept(side, direction, header, undigested[header.Length..], CutByEnd, timestamp);
        }

        side.Started = null;
        _messages.OnDirectionEnd(direction, timestamp);
    }

    /// <inheritdoc/>
    public override void OnEnd(FlowEnd? end, Timestamp timestamp)
    {
        if (_forward.Passage is not null) OnDirectionEnd(Direction.Forward, default, timestamp);
        if (_reverse.Passage is not null) OnDirectionEnd(Direction.Reverse, default, timestamp);
        WebSocketMessages.Free(_forward);
        WebSocketMessages.Free(_reverse);
        _messages.OnEnd(end, timestamp);
    }

    private StreamStep Pass(WebSocketSide side, Direction direction, WebSocketPassage passage, int available, Timestamp timestamp)
    {
        side.Started ??= timestamp;
        var count = (int)Math.Min(passage.Remaining, available);
        passage.Remaining -= count;
        if (passage.Remaining == 0) EndPassage(side, direction, passage, passage.IsBroken ? CutByGap : null, timestamp);
        return StreamStep.Consume(count);
    }

    private void EndPassage(WebSocketSide side, Direction direction, WebSocketPassage passage, ItemError? error, Timestamp timestamp)
    {
        side.Passage = null;
        Accept(side, direction, passage.Header, passage.Payload.Span, error, timestamp);
    }

    /// <summary>Waits for the whole frame, or passes over one that is longer than may wait.</summary>
    private StreamStep Await(WebSocketSide side, in WebSocketFrameHeader header, ReadOnlySpan<byte> data)
    {
        if (header.FrameLength <= _context.Options.BufferLimit) return StreamStep.NeedMore((int)header.FrameLength);
        var kept = header.Length + KeptOfLongest;
        if (data.Length < kept) return StreamStep.NeedMore(kept);
        side.Passage = new WebSocketPassage(header, _context.Arena.Keep(data[header.Length..kept]), header.FrameLength - kept);
        return StreamStep.Consume(kept);
    }

    private StreamStep OnInvalid(WebSocketSide side, int length)
    {
        if (!_emitted) return StreamStep.Reject("not-websocket");
        (side.IsLost, side.Started) = (true, null);
        return StreamStep.Resync(length);
    }

    private bool TryResume(WebSocketSide side, Direction direction, ReadOnlySpan<byte> data)
    {
        side.IsLost = !WebSocketEvidence.IsLikely(data, masked: direction == _client);
        return !side.IsLost;
    }

    /// <summary>A frame has come, as far as it was captured.</summary>
    /// <param name="side">Its direction's state.</param>
    /// <param name="direction">Who sent it.</param>
    /// <param name="header">Its header.</param>
    /// <param name="payload">Its payload as on the wire, or the beginning of it.</param>
    /// <param name="broken">Why part of it was not captured; null where all was.</param>
    /// <param name="timestamp">When its last byte was captured.</param>
    private void Accept(WebSocketSide side, Direction direction, in WebSocketFrameHeader header, ReadOnlySpan<byte> payload, ItemError? broken, Timestamp timestamp)
    {
        var started = side.Started ?? timestamp;
        side.Started = null;
        _emitted = true;
        var frame = _messages.Read(side, direction, header, payload, broken is not null, direction == _client, out var problem);
        var item = new WebSocketItem(_context, _client!.Value, direction == _client, frame, header.FrameLength, broken is null, started) { Error = broken ?? problem };
        _context.Emit(item);
        _messages.Carry(direction, timestamp);
    }

    private WebSocketSide SideOf(Direction direction) => direction == Direction.Forward ? _forward : _reverse;
}
