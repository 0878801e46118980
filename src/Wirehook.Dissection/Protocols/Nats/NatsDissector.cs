using Wirehook.Dissection.Contract;
using Wirehook.Dissection.Items;
using Wirehook.Packets;
using Wirehook.Packets.Flows;

namespace Wirehook.Dissection.Protocols.Nats;

/// <summary>Dissects one connection: lines, and payloads of the sizes that the lines say.</summary>
internal sealed class NatsDissector(FlowContext context) : StreamDissector
{
    /// <summary>What is kept of a message that is too long to wait for.</summary>
    private const int KeptOfLongest = 16 << 10;

    private const int MostArguments = 5;
    private const int TlsHandshake = 22;
    private static readonly ItemError CutByGap = ItemError.Gap("Part of the message was not captured.");
    private static readonly ItemError CutByEnd = ItemError.Connection("The connection ended inside the message.");
    private readonly NatsConversation _conversation = new(context);
    private readonly NatsSide _forward = new();
    private readonly NatsSide _reverse = new();
    private bool _emitted;

    /// <inheritdoc/>
    public override StreamStep Dissect(Direction direction, ReadOnlySpan<byte> data, Timestamp timestamp)
    {
        var side = SideOf(direction);
        if (side.Remaining > 0) return Pass(side, direction, data.Length, timestamp);
        if (side.IsLost && !TryResume(side, data, out var skipped)) return StreamStep.Resync(skipped);
        if (data is [TlsHandshake, 3, ..] && _emitted) return StreamStep.HandOver(0, new Upgrade("tls") { Inner = NatsModule.Nats.Name, ClientDirection = direction });
        side.Started ??= timestamp;
        if (!NatsLine.TryRead(data, out var line)) return data.Length > context.Options.HeadLimit ? Lose(side, data.Length) : StreamStep.NeedMore();
        if (!TryMeasure(line, out var size)) return Lose(side, data.Length);
        if (size > data.Length) return Await(side, line.Length, size, data);
        if (line.HasPayload && data[size - 1] != '\n') return Lose(side, data.Length);
        Accept(side, direction, line, data[..size], size, timestamp);
        return StreamStep.Consume(size);
    }

    /// <inheritdoc/>
    /// <remarks>Where the gap ends inside the payload that it interrupts, the size says where the next message begins.</remarks>
    public override void OnGap(Direction direction, ReadOnlySpan<byte> undigested, long length, Timestamp timestamp)
    {
        var side = SideOf(direction);
        if (side.Remaining == 0 && !side.IsLost && NatsLine.TryRead(undigested, out var line) && TryMeasure(line, out var size))
        {
            side.PassedSize = size;
            side.Kept = context.Arena.Keep(undigested);
            side.Remaining = size - undigested.Length;
        }

        if (side.PassedSize > 0) EmitBroken(side, direction, CutByGap, timestamp);
        side.IsLost = length == 0 || length > side.Remaining;
        side.Remaining = side.IsLost ? 0 : side.Remaining - length;
        side.Started = null;
        _conversation.OnGap();
    }

    /// <inheritdoc/>
    public override void OnDirectionEnd(Direction direction, ReadOnlySpan<byte> undigested, Timestamp timestamp)
    {
        var side = SideOf(direction);
        if (side.Remaining == 0 && _emitted && !side.IsLost && NatsLine.TryRead(undigested, out var line) && TryMeasure(line, out var size))
        {
            side.PassedSize = size;
            side.Kept = context.Arena.Keep(undigested);
        }

        if (side.PassedSize > 0) EmitBroken(side, direction, CutByEnd, timestamp);
        (side.Remaining, side.Started) = (0, null);
    }

    /// <inheritdoc/>
    public override void OnEnd(FlowEnd? end, Timestamp timestamp)
    {
        OnDirectionEnd(Direction.Forward, default, timestamp);
        OnDirectionEnd(Direction.Reverse, default, timestamp);
        _conversation.Flush(end);
    }

    /// <summary>How many bytes the message has. False where the line is none of the protocol.</summary>
    private bool TryMeasure(in NatsLine line, out int size)
    {
        size = line.Length;
        if (line.Operation == NatsOperation.Unknown) return _emitted && NatsLine.IsWord(line.Word);
        if (!line.HasPayload) return true;
        Span<Range> words = stackalloc Range[MostArguments];
        if (!line.TryReadSizes(words, out _, out _, out var total)) return false;
        size += total + 2;
        return true;
    }

    private StreamStep Lose(NatsSide side, int length)
    {
        if (!_emitted) return StreamStep.Reject("not-nats");
        (side.IsLost, side.Started) = (true, null);
        _conversation.OnGap();
        return StreamStep.Resync(length);
    }

    /// <summary>Looks for a line behind which a message is whole.</summary>
    private static bool TryResume(NatsSide side, ReadOnlySpan<byte> data, out int skipped)
    {
        skipped = 0;
        while (!NatsEvidence.IsMessage(data[skipped..]))
        {
            var end = data[skipped..].IndexOf((byte)'\n');
            if (end < 0 || skipped + end + 1 == data.Length)
            {
                skipped = data.Length;
                return false;
            }

            skipped += end + 1;
        }

        side.IsLost = false;
        return skipped == 0;
    }

    /// <summary>Waits for the whole message, or passes over one that is longer than may wait.</summary>
    private StreamStep Await(NatsSide side, int lineLength, int size, ReadOnlySpan<byte> data)
    {
        if (size <= context.Options.BufferLimit) return StreamStep.NeedMore(size);
        var kept = lineLength + KeptOfLongest;
        if (data.Length < kept) return StreamStep.NeedMore(kept);
        side.PassedSize = size;
        side.Kept = context.Arena.Keep(data[..kept]);
        side.Remaining = size - kept;
        return StreamStep.Consume(kept);
    }

    private StreamStep Pass(NatsSide side, Direction direction, int available, Timestamp timestamp)
    {
        var count = (int)Math.Min(side.Remaining, available);
        side.Remaining -= count;
        if (side.Remaining > 0 || side.PassedSize == 0 || !NatsLine.TryRead(side.Kept.Span, out var line)) return StreamStep.Consume(count);
        Accept(side, direction, line, side.Kept.Span, side.PassedSize, timestamp);
        (side.PassedSize, side.Kept) = (0, default);
        return StreamStep.Consume(count);
    }

    private void Accept(NatsSide side, Direction direction, in NatsLine line, ReadOnlySpan<byte> bytes, int size, Timestamp timestamp)
    {
        _emitted = true;
        var kept = bytes[..Math.Min(bytes.Length, context.Options.BodyLimit + line.Length)];
        if (kept.Length < size) context.Losses.BodyBytes.Add(size - kept.Length);
        var started = side.Started ?? timestamp;
        side.Started = null;
        _conversation.Accept(direction, line, new NatsMessage(context.Arena.Keep(kept), size), size, started, timestamp);
    }

    private void EmitBroken(NatsSide side, Direction direction, ItemError error, Timestamp timestamp)
    {
        _emitted = true;
        context.Emit(new NatsItem(context, direction, side.Started ?? timestamp, new NatsMessage(side.Kept, side.PassedSize), null)
        {
            IsBroken = true,
            RequestSize = side.PassedSize,
            Error = error,
        });
        (side.PassedSize, side.Kept) = (0, default);
    }

    private NatsSide SideOf(Direction direction) => direction == Direction.Forward ? _forward : _reverse;
}
