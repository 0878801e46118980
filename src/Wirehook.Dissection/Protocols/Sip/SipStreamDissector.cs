using Wirehook.Dissection.Contract;
using Wirehook.Dissection.Items;
using Wirehook.Packets;
using Wirehook.Packets.Flows;

namespace Wirehook.Dissection.Protocols.Sip;

/// <summary>SIP over a stream: Content-Length says where a message ends (RFC 3261 §18.3).</summary>
internal sealed class SipStreamDissector(FlowContext context) : StreamDissector
{
    /// <summary>What is kept of the body of a message that is too long to wait for.</summary>
    private const int KeptOfLongest = 16 << 10;

    private static readonly ItemError CutByGap = ItemError.Gap("Part of the message was not captured.");
    private static readonly ItemError CutByEnd = ItemError.Connection("The connection ended inside the message.");
    private readonly SipTransactions _transactions = new(context);
    private Side _forward;
    private Side _reverse;
    private bool _emitted;

    /// <inheritdoc/>
    public override StreamStep Dissect(Direction direction, ReadOnlySpan<byte> data, Timestamp timestamp)
    {
        ref var side = ref SideOf(direction);
        var searched = side.Searched;
        side.Searched = 0;
        if (side.Remaining > 0) return Pass(ref side, direction, data.Length, timestamp);
        if (SipFraming.CountLineEnds(data) is > 0 and var empty) return StreamStep.Consume(empty);
        var check = SipStartLine.Check(data);
        if (check == SipLineCheck.None) return Lose(ref side, data);
        side.Started ??= timestamp;
        var head = SipFraming.FindHeadEnd(data, searched);
        if (head == 0 && data.Length > context.Options.HeadLimit) return Lose(ref side, data);
        if (head == 0)
        {
            // A head that comes byte by byte is not searched from its beginning each time.
            side.Searched = data.Length;
            return StreamStep.NeedMore();
        }

        var size = head + Math.Max(0, SipFraming.ContentLengthOf(data[..head]));
        if (size > data.Length) return Await(ref side, head, size, data);
        Accept(ref side, direction, SipMessage.Keep(context, data[..head], data[head..size], size, broken: false), timestamp, null);
        return StreamStep.Consume(size);
    }

    /// <inheritdoc/>
    /// <remarks>Where the gap ends inside the body that it interrupts, Content-Length says where the next message begins.</remarks>
    public override void OnGap(Direction direction, ReadOnlySpan<byte> undigested, long length, Timestamp timestamp)
    {
        ref var side = ref SideOf(direction);
        EmitCut(ref side, direction, undigested, CutByGap, timestamp);
        side.Remaining = length == 0 || length >= side.Remaining ? 0 : side.Remaining - length;
        (side.Started, side.Searched) = (null, 0);
    }

    /// <inheritdoc/>
    public override void OnDirectionEnd(Direction direction, ReadOnlySpan<byte> undigested, Timestamp timestamp)
    {
        ref var side = ref SideOf(direction);
        EmitCut(ref side, direction, undigested, CutByEnd, timestamp);
        (side.Remaining, side.Started) = (0, null);
    }

    /// <inheritdoc/>
    public override void OnEnd(FlowEnd? end, Timestamp timestamp)
    {
        OnDirectionEnd(Direction.Forward, default, timestamp);
        OnDirectionEnd(Direction.Reverse, default, timestamp);
        _transactions.Flush(end);
    }

    /// <summary>Passes over what is no message, up to a line that begins one.</summary>
    private StreamStep Lose(ref Side side, ReadOnlySpan<byte> data)
    {
        // From the middle of a connection one direction may begin inside a message, while the other shows that it is SIP.
        if (!_emitted && context.AtStart) return StreamStep.Reject("not-sip");
        side.Started = null;
        var at = 0;
        do
        {
            var end = data[at..].IndexOf((byte)'\n');
            if (end < 0) return StreamStep.Resync(data.Length);
            at += end + 1;
        }
        while (at < data.Length && SipStartLine.Check(data[at..]) == SipLineCheck.None);
        return StreamStep.Resync(at);
    }

    /// <summary>Waits for the whole message, or passes over one that is longer than may wait.</summary>
    private StreamStep Await(ref Side side, int head, int size, ReadOnlySpan<byte> data)
    {
        if (size <= context.Options.BufferLimit) return StreamStep.NeedMore(size);
        var kept = head + KeptOfLongest;
        if (data.Length < kept) return StreamStep.NeedMore(kept);
        side.Passed = SipMessage.Keep(context, data[..head], data[head..kept], size, broken: false);
        side.Remaining = size - kept;
        return StreamStep.Consume(kept);
    }

    private StreamStep Pass(ref Side side, Direction direction, int available, Timestamp timestamp)
    {
        var count = (int)Math.Min(side.Remaining, available);
        side.Remaining -= count;
        if (side.Remaining == 0 && side.Passed is { } passed) Accept(ref side, direction, passed, timestamp, null);
        return StreamStep.Consume(count);
    }

    private void Accept(ref Side side, Direction direction, SipMessage message, Timestamp timestamp, ItemError? error)
    {
        _emitted = true;
        var started = side.Started ?? timestamp;
        (side.Started, side.Passed) = (null, null);
        _transactions.Accept(direction, message, started, timestamp, error);
    }

    /// <summary>The message that has begun will not be whole.</summary>
    private void EmitCut(ref Side side, Direction direction, ReadOnlySpan<byte> undigested, ItemError error, Timestamp timestamp)
    {
        if (side.Passed is { } passed)
        {
            var cut = new SipMessage { Head = passed.Head, Body = passed.Body, Size = passed.Size, IsTruncated = true, IsBroken = true };
            Accept(ref side, direction, cut, timestamp, error);
            return;
        }

        if (side.Remaining > 0 || SipStartLine.Check(undigested) != SipLineCheck.Valid) return;
        var head = SipFraming.FindHeadEnd(undigested);
        if (head == 0) return;
        var size = head + Math.Max(0, SipFraming.ContentLengthOf(undigested[..head]));
        if (size <= undigested.Length) return;
        Accept(ref side, direction, SipMessage.Keep(context, undigested[..head], undigested[head..], size, broken: true), timestamp, error);
        side.Remaining = size - undigested.Length;
    }

    private ref Side SideOf(Direction direction)
    {
        if (direction == Direction.Forward) return ref _forward;
        return ref _reverse;
    }

    private struct Side
    {
        public Timestamp? Started;
        public long Remaining;
        public int Searched;
        public SipMessage? Passed;
    }
}
