using Wirehook.Packets.Flows;

namespace Wirehook.Packets.Reassembly;

/// <summary>When waiting may be given up.</summary>
internal enum GiveUp
{
    /// <summary>Only what has waited long enough.</summary>
    WhenDue,

    /// <summary>Anything: memory is needed.</summary>
    ForRoom,

    /// <summary>Anything: no more packets come.</summary>
    AtEnd,
}

/// <summary>
/// Decides when bytes go to the follower. Within a direction they go in sequence. Across directions a segment waits until the bytes that its sender had
/// acknowledged were delivered or given up, so that a response never precedes its request and an unseen request is known as a gap before its response.
/// <para>
/// A hole is given up when the receiver acknowledged its bytes and reordering by the capture is excluded (<see cref="ReassemblyContext.ReorderingExcluded"/>);
/// when nothing acknowledges it, a retransmission may still come, and it waits for the limits in time or bytes. A direction that starts in mid-stream waits
/// for the reordering window before its lowest byte becomes the start. One acknowledged number with nothing behind it is taken for an unseen FIN.
/// </para>
/// </summary>
internal sealed class TcpDelivery(ReassemblyContext context)
{
    /// <summary>Farthest that bytes after an unseen handshake may be from the lowest acknowledgement and still count as a gap behind it.</summary>
    private const int LongestLostStart = 1 << 20;

    /// <summary>Delivers a segment that is next in its direction from the capture buffer; false where it must wait or overlaps bytes that wait.</summary>
    public bool TryDeliver(TcpConnection connection, Direction direction, ReadOnlySpan<byte> data, int missing, in SegmentStamp stamp)
    {
        ref var stream = ref connection.Stream(direction);
        var end = stream.Next + (uint)(data.Length + missing);
        if (stream.Holds && (int)(stream.Held!.First.Sequence - end) < 0) return false;
        if (!IsCausal(connection.Opposite(direction), stamp)) return false;
        Emit(connection, direction, data, stamp.Timestamp);
        if (missing > 0) EmitGap(connection, direction, missing, GapReason.SnapLength, stamp.Timestamp);
        return true;
    }

    /// <summary>Delivers everything that need not wait any longer, in capture order where both directions can go on.</summary>
    public void Drain(TcpConnection connection)
    {
        while (true)
        {
            var forward = CanAdvance(connection, Direction.Forward, out var forwardPacket);
            var reverse = CanAdvance(connection, Direction.Reverse, out var reversePacket);
            if (!forward && !reverse) return;
            Advance(connection, forward && (!reverse || forwardPacket <= reversePacket) ? Direction.Forward : Direction.Reverse);
        }
    }

    /// <summary>Gives up one thing that was waited for, if it is time (or <paramref name="when"/> says so); true where <see cref="Drain"/> may now go on.</summary>
    public bool GiveUpOne(TcpConnection connection, GiveUp when) =>
        TrySynchronise(connection, Direction.Forward, when)
        || TrySynchronise(connection, Direction.Reverse, when)
        || TryGiveUpAcknowledged(connection, when)
        || TryGiveUpUnacknowledged(connection, Direction.Forward, when)
        || TryGiveUpUnacknowledged(connection, Direction.Reverse, when);

    private static bool IsCausal(in TcpStream opposite, in SegmentStamp stamp)
    {
        if (!stamp.Acknowledged || opposite.Ended) return true;
        if (opposite.Synchronised) return !opposite.AcknowledgedAhead || (int)(stamp.Acknowledgment - opposite.Next) <= 0
            || (int)(stamp.Acknowledgment - opposite.Ahead!.Last.Acknowledgment) > 0;
        return !opposite.Holds || (int)(stamp.Acknowledgment - opposite.Held!.First.Sequence) <= 0;
    }

    private static bool CanAdvance(TcpConnection connection, Direction direction, out long packet)
    {
        ref var stream = ref connection.Stream(direction);
        packet = 0;
        if (stream.Ended || !stream.Synchronised) return false;
        if (stream.FinSeen && (int)(stream.Fin - stream.Next) <= 0)
        {
            packet = stream.FinStamp.Packet;
            return IsCausal(connection.Opposite(direction), stream.FinStamp);
        }

        if (!stream.Holds || (int)(stream.Held!.First.Sequence - stream.Next) > 0) return false;
        packet = stream.Held.First.Stamp.Packet;
        return IsCausal(connection.Opposite(direction), stream.Held.First.Stamp);
    }

    /// <summary>Delivers the first waiting segment, which is next, or reaches FIN.</summary>
    private void Advance(TcpConnection connection, Direction direction)
    {
        ref var stream = ref connection.Stream(direction);
        if (stream.FinSeen && (int)(stream.Fin - stream.Next) <= 0)
        {
            End(connection, direction);
            return;
        }

        var head = stream.Held!.First;
        var skip = (int)(stream.Next - head.Sequence);
        if (skip < 0)
        {
            // A handshake that came late put the stream's start half the number space away from bytes that were held before it.
            context.OutOfWindow.Add(head.Length);
        }
        else if (skip < head.Length)
        {
            if (head.Data is null) EmitGap(connection, direction, head.Length - skip, GapReason.SnapLength, head.Stamp.Timestamp);
            else Emit(connection, direction, head.Data.AsSpan(skip, head.Length - skip), head.Stamp.Timestamp);
        }

        RemoveFirst(stream.Held);
    }

    private void RemoveFirst(HeldSegments held)
    {
        var before = held.Charged;
        held.RemoveFirst();
        context.Book(held.Charged - before);
    }

    private void End(TcpConnection connection, Direction direction)
    {
        ref var stream = ref connection.Stream(direction);
        while (stream.Holds)
        {
            context.OutOfWindow.Add(stream.Held!.First.Length);
            RemoveFirst(stream.Held);
        }

        stream.Next = stream.Fin + 1;
        stream.Ended = true;
        stream.Ahead?.Clear();
        connection.Handler!.OnDirectionEnd(direction, stream.FinStamp.Timestamp);
    }

    private bool TrySynchronise(TcpConnection connection, Direction direction, GiveUp when)
    {
        ref var stream = ref connection.Stream(direction);
        if (stream.Synchronised || stream.Ended || !(stream.Holds || stream.FinSeen)) return false;
        var start = stream.Holds ? stream.Held!.First.Sequence : stream.Fin;
        var handshake = connection.Opposite(direction).SynSeen && stream.AcknowledgedEarly;
        var certain = handshake && stream.EarlyLowest == start;
        var (packet, elapsed) = stream.Holds ? (stream.EarlyPacket, stream.EarlyElapsed) : (stream.FinStamp.Packet, stream.FinStamp.Elapsed);
        if (when == GiveUp.WhenDue && !certain && !context.ReorderingExcluded(packet, elapsed)) return false;
        if (handshake && (int)(start - stream.EarlyLowest) is > 0 and < LongestLostStart) start = stream.EarlyLowest;
        stream.StartAt(start, context.Clock);
        stream.Initial = start - 1;
        return true;
    }

    private bool TryGiveUpAcknowledged(TcpConnection connection, GiveUp when)
    {
        var forward = IsDue(connection.Stream(Direction.Forward), when, out var forwardPacket);
        var reverse = IsDue(connection.Stream(Direction.Reverse), when, out var reversePacket);
        if (!forward && !reverse) return false;
        GiveUpAcknowledged(connection, forward && (!reverse || forwardPacket <= reversePacket) ? Direction.Forward : Direction.Reverse);
        return true;
    }

    private bool IsDue(in TcpStream stream, GiveUp when, out long packet)
    {
        packet = 0;
        if (!stream.AcknowledgedAhead) return false;
        var first = stream.Ahead!.First;
        packet = first.Packet;
        return when != GiveUp.WhenDue || context.ReorderingExcluded(first.Packet, first.Elapsed);
    }

    private void GiveUpAcknowledged(TcpConnection connection, Direction direction)
    {
        ref var stream = ref connection.Stream(direction);
        var ahead = stream.Ahead!;
        var length = (int)(AcknowledgedBefore(ahead, connection.Opposite(direction)) - stream.Next);
        if (stream.Holds) length = Math.Min(length, (int)(stream.Held!.First.Sequence - stream.Next));
        if (stream.FinSeen) length = Math.Min(length, (int)(stream.Fin - stream.Next));
        if (length <= 0)
        {
            // The next bytes or FIN are here and wait for the other direction, which waits for them: a retransmission carried a later acknowledgement.
            Advance(connection, direction);
        }
        else if ((int)(ahead.Last.Acknowledgment - stream.Next) == 1 && !stream.Holds && !stream.FinSeen)
        {
            stream.Next++;
            stream.FinAssumed = true;
            ahead.Clear();
        }
        else
        {
            EmitGap(connection, direction, length, GapReason.NotCaptured, context.Clock.Current);
        }
    }

    /// <summary>How far a hole may be given up at once: to the highest due acknowledgement that came before the other direction's next bytes.</summary>
    private uint AcknowledgedBefore(AcknowledgmentTrail ahead, in TcpStream opposite)
    {
        var limit = opposite.Holds ? opposite.Held!.First.Stamp.Packet : opposite.FinSeen ? opposite.FinStamp.Packet : long.MaxValue;
        var end = ahead.First.Acknowledgment;
        foreach (var step in ahead.Steps)
        {
            if (step.Packet > limit || !context.ReorderingExcluded(step.Packet, step.Elapsed)) break;
            end = step.Acknowledgment;
        }

        return end;
    }

    private bool TryGiveUpUnacknowledged(TcpConnection connection, Direction direction, GiveUp when)
    {
        ref var stream = ref connection.Stream(direction);
        if (stream.Ended || !stream.Synchronised || !(stream.Holds || stream.FinSeen)) return false;
        var (end, since) = stream.Holds ? (stream.Held!.First.Sequence, stream.Held.First.Stamp.Elapsed) : (stream.Fin, stream.FinStamp.Elapsed);
        if (stream.FinSeen && (int)(stream.Fin - end) < 0) end = stream.Fin;
        if (when == GiveUp.WhenDue && context.Clock.Elapsed - since < context.Options.HoleTime) return false;
        var length = (int)(end - stream.Next);
        if (length <= 0)
        {
            Advance(connection, direction);
        }
        else if (length > TcpReassembler.FarthestAhead && stream.Holds)
        {
            context.OutOfWindow.Add(stream.Held!.First.Length);
            RemoveFirst(stream.Held);
        }
        else EmitGap(connection, direction, length, when == GiveUp.AtEnd ? GapReason.NotCaptured : GapReason.LimitReached, context.Clock.Current);
        return true;
    }

    private void Emit(TcpConnection connection, Direction direction, ReadOnlySpan<byte> data, Timestamp timestamp)
    {
        ref var stream = ref connection.Stream(direction);
        if (data.IsEmpty) return;
        ReportAssumedFin(connection, direction, timestamp);
        Move(ref stream, data.Length);
        context.Statistics.StreamBytes += data.Length;
        connection.Handler!.OnData(direction, data, timestamp);
    }

    private void EmitGap(TcpConnection connection, Direction direction, int length, GapReason reason, Timestamp timestamp)
    {
        ref var stream = ref connection.Stream(direction);
        ReportAssumedFin(connection, direction, timestamp);
        Move(ref stream, length);
        context.CountGap(length, reason);
        connection.Handler!.OnGap(direction, length, reason, timestamp);
    }

    /// <summary>Bytes follow a number that was taken for FIN: it was a byte, and is missing.</summary>
    private void ReportAssumedFin(TcpConnection connection, Direction direction, Timestamp timestamp)
    {
        ref var stream = ref connection.Stream(direction);
        if (!stream.FinAssumed) return;
        stream.FinAssumed = false;
        context.CountGap(1, GapReason.NotCaptured);
        connection.Handler!.OnGap(direction, 1, GapReason.NotCaptured, timestamp);
    }

    private static void Move(ref TcpStream stream, int length)
    {
        stream.Next += (uint)length;
        stream.Moved = true;
        if (stream.AcknowledgedAhead) stream.Ahead!.DropUpTo(stream.Next);
    }
}
