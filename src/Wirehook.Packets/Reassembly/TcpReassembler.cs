using System.Runtime.CompilerServices;
using Wirehook.Packets.Flows;

namespace Wirehook.Packets.Reassembly;

/// <summary>
/// Puts the segments of TCP connections in order. A segment that is next in its direction goes to the follower as the span it came in; others wait
/// (<see cref="TcpDelivery"/> says for what and how long). Bytes seen first win over later copies; while the first ones still wait, copies that
/// differ are counted.
/// </summary>
internal sealed class TcpReassembler(ReassemblyContext context)
{
    /// <summary>A segment may lie this far ahead of the stream: the largest window (RFC 7323 §2.3).</summary>
    internal const int FarthestAhead = 1 << 30;

    /// <summary>A RST may lie this far behind or ahead of the stream: the capture sees neither windows scaled nor segments in order.</summary>
    private const int ResetBehind = 1 << 16, ResetAhead = 1 << 20;

    private const TcpFlags Control = TcpFlags.Syn | TcpFlags.Fin | TcpFlags.Rst;
    private readonly TcpDelivery _delivery = new(context);

    /// <summary>Takes one segment of a followed connection; true where it was simply the next one, and nothing but the stream's position changed.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool OnSegment(TcpConnection connection, Direction direction, in DecodedPacket packet, Timestamp timestamp)
    {
        if (connection.Plain)
        {
            ref var stream = ref connection.Stream(direction);
            if (packet.Sequence == stream.Next && (packet.Flags & (Control | TcpFlags.Ack)) == TcpFlags.Ack && packet.MissingPayload == 0
                && (int)(packet.Acknowledgment - connection.Opposite(direction).Next) <= 0)
            {
                if (packet.Payload.IsEmpty) return true;
                stream.Next += (uint)packet.Payload.Length;
                stream.Moved = true;
                context.Statistics.StreamBytes += packet.Payload.Length;
                connection.Handler!.OnData(direction, packet.Payload, timestamp);
                return true;
            }
        }

        OnOtherSegment(connection, direction, packet, timestamp);
        return false;
    }

    /// <summary>Gives up what has waited long enough. Called now and then for every connection that <see cref="TcpConnection.Waits"/>.</summary>
    public void GiveUpDue(TcpConnection connection)
    {
        while (_delivery.GiveUpOne(connection, GiveUp.WhenDue)) _delivery.Drain(connection);
        connection.Reconsider();
    }

    /// <summary>Delivers everything that waits, with gaps where bytes are missing.</summary>
    public void Flush(TcpConnection connection)
    {
        if (connection.Handler is null) return;
        while (_delivery.GiveUpOne(connection, GiveUp.AtEnd)) _delivery.Drain(connection);
        Release(ref connection.Stream(Direction.Forward));
        Release(ref connection.Stream(Direction.Reverse));
    }

    /// <summary>Keeps track of a connection that nobody follows as far as port reuse and its end need it. Its bytes are not counted.</summary>
    public void OnUnfollowed(TcpConnection connection, Direction direction, in DecodedPacket packet)
    {
        ref var stream = ref connection.Stream(direction);
        if ((packet.Flags & TcpFlags.Rst) != 0)
        {
            OnReset(connection, stream, connection.Opposite(direction), packet);
            return;
        }

        if ((packet.Flags & TcpFlags.Syn) != 0) OnSyn(ref stream, ref connection.Opposite(direction), packet);
        var end = packet.Sequence + (uint)(packet.Payload.Length + packet.MissingPayload);
        if (!stream.Synchronised) stream.StartAt(packet.Sequence, context.Clock);
        if ((int)(end - stream.Next) > 0) (stream.Next, stream.Moved) = (end, true);
        stream.Ended |= (packet.Flags & TcpFlags.Fin) != 0;
    }

    /// <summary>Counts the bytes of a segment whose connection is over: copies of delivered ones, and others.</summary>
    public void OnAfterEnd(TcpConnection connection, Direction direction, in DecodedPacket packet)
    {
        var copied = Math.Clamp((int)(connection.Stream(direction).Next - packet.Sequence), 0, packet.Payload.Length);
        context.Statistics.DuplicateBytes += copied;
        context.AfterEnd.Add(packet.Payload.Length - copied);
    }

    private void Release(ref TcpStream stream)
    {
        if (!stream.Holds) return;
        context.Book(-stream.Held!.Charged);
        stream.Held.Clear();
    }

    private void OnOtherSegment(TcpConnection connection, Direction direction, in DecodedPacket packet, Timestamp timestamp)
    {
        ref var stream = ref connection.Stream(direction);
        ref var opposite = ref connection.Opposite(direction);
        var acknowledged = (packet.Flags & TcpFlags.Ack) != 0;
        if ((packet.Flags & TcpFlags.Rst) != 0)
        {
            OnReset(connection, stream, opposite, packet);
        }
        else
        {
            if ((packet.Flags & TcpFlags.Syn) != 0) OnSyn(ref stream, ref opposite, packet);
            if (acknowledged) OnAcknowledgment(ref opposite, packet.Acknowledgment);
            var stamp = new SegmentStamp(context.Clock.Packets, context.Clock.Elapsed, timestamp, acknowledged, packet.Acknowledgment);
            if (!packet.Payload.IsEmpty || packet.MissingPayload > 0 || (packet.Flags & TcpFlags.Fin) != 0) OnPayload(connection, direction, packet, stamp);
            else if (!stream.Synchronised && !stream.Waits) OnBareSegment(ref stream, packet.Sequence);
        }

        if (connection.Waits)
        {
            _delivery.Drain(connection);
            while (_delivery.GiveUpOne(connection, GiveUp.WhenDue)) _delivery.Drain(connection);
        }

        connection.Reconsider();
    }

    /// <summary>A side that only acknowledges shows where its stream stands, once reordering is excluded. A keep-alive shows one number less.</summary>
    private void OnBareSegment(ref TcpStream stream, uint sequence)
    {
        if (stream.EarlyPacket == 0)
        {
            (stream.EarlyPacket, stream.EarlyElapsed) = (context.Clock.Packets, context.Clock.Elapsed);
        }
        else if (context.ReorderingExcluded(stream.EarlyPacket, stream.EarlyElapsed))
        {
            var isKeepAlive = stream.AcknowledgedEarly && stream.EarlyHighest == sequence + 1;
            stream.StartAt(isKeepAlive ? sequence + 1 : sequence, context.Clock);
            stream.Initial = stream.Next - 1;
        }
    }

    private void OnReset(TcpConnection connection, in TcpStream stream, in TcpStream opposite, in DecodedPacket packet)
    {
        var distance = (int)(packet.Sequence - stream.Next);
        var refusesSyn = !stream.Synchronised && opposite.SynSeen && (packet.Flags & TcpFlags.Ack) != 0;
        var valid = refusesSyn
            ? (int)(packet.Acknowledgment - opposite.Initial) is > 0 and <= ResetBehind
            : !stream.Synchronised || distance is >= -ResetBehind and <= ResetAhead;
        if (!valid)
        {
            context.Statistics.IgnoredResets++;
            return;
        }

        (connection.ResetSeen, connection.ResetPacket) = (true, context.Clock.Packets);
    }

    private void OnSyn(ref TcpStream stream, ref TcpStream opposite, in DecodedPacket packet)
    {
        if (!stream.Ended && (!stream.SynSeen || (packet.Sequence != stream.Initial && !stream.Moved)))
        {
            if (!stream.Moved && !(stream.Synchronised && stream.Next == packet.Sequence + 1)) stream.StartAt(packet.Sequence + 1, context.Clock);
            (stream.SynSeen, stream.Initial) = (true, packet.Sequence);
        }

        if ((packet.Flags & TcpFlags.Ack) == 0 || opposite.Synchronised) return;
        var first = packet.Acknowledgment;
        if (opposite.Holds && (int)(opposite.Held!.First.Sequence - first) < 0) first = opposite.Held.First.Sequence;
        opposite.StartAt(first, context.Clock);
        opposite.Initial = first - 1;
    }

    private void OnAcknowledgment(ref TcpStream stream, uint acknowledgment)
    {
        if (stream.Ended) return;
        if (!stream.Synchronised)
        {
            if (!stream.AcknowledgedEarly) (stream.EarlyLowest, stream.EarlyHighest) = (acknowledgment, acknowledgment);
            else if ((int)(acknowledgment - stream.EarlyLowest) < 0) stream.EarlyLowest = acknowledgment;
            else if ((int)(acknowledgment - stream.EarlyHighest) > 0) stream.EarlyHighest = acknowledgment;
            stream.AcknowledgedEarly = true;
        }
        else
        {
            stream.Acknowledge(acknowledgment, context.Clock);
        }
    }

    private void OnPayload(TcpConnection connection, Direction direction, in DecodedPacket packet, in SegmentStamp stamp)
    {
        ref var stream = ref connection.Stream(direction);
        var data = packet.Payload;
        var (sequence, missing) = (packet.Sequence, packet.MissingPayload);
        if ((packet.Flags & TcpFlags.Syn) != 0) sequence++;
        if (stream.Ended)
        {
            OnAfterEnd(connection, direction, packet);
            return;
        }

        RetractAssumedFin(ref stream, sequence, packet);
        if ((packet.Flags & TcpFlags.Fin) != 0) OnFin(ref stream, sequence + (uint)(data.Length + missing), stamp);
        if (!CutBeyondFin(stream, sequence, ref data, ref missing)) return;
        if (stream.Synchronised)
        {
            if (!CutDelivered(stream, ref sequence, ref data, ref missing)) return;
            // Exactly half the number space away, a number is neither ahead nor behind.
            if ((int)(sequence - stream.Next) is > FarthestAhead or int.MinValue)
            {
                context.OutOfWindow.Add(data.Length + missing);
                return;
            }

            if (sequence == stream.Next && _delivery.TryDeliver(connection, direction, data, missing, stamp)) return;
        }

        Hold(connection, ref stream, sequence, data, missing, stamp);
    }

    /// <summary>A FIN that was passed over because it was acknowledged and not seen comes late, or turns out to have been a byte.</summary>
    private static void RetractAssumedFin(ref TcpStream stream, uint sequence, in DecodedPacket packet)
    {
        if (!stream.FinAssumed) return;
        var end = sequence + (uint)(packet.Payload.Length + packet.MissingPayload) + ((packet.Flags & TcpFlags.Fin) != 0 ? 1u : 0u);
        if ((int)(sequence - stream.Next) >= 0 || (int)(end - stream.Next) < 0) return;
        stream.Next--;
        stream.FinAssumed = false;
    }

    private static void OnFin(ref TcpStream stream, uint fin, in SegmentStamp stamp)
    {
        if (stream.FinSeen || (stream.Synchronised && (int)(fin - stream.Next) is < 0 or > FarthestAhead)) return;
        (stream.FinSeen, stream.Fin, stream.FinStamp) = (true, fin, stamp);
    }

    private bool CutBeyondFin(in TcpStream stream, uint sequence, ref ReadOnlySpan<byte> data, ref int missing)
    {
        if (stream.FinSeen)
        {
            var beyond = Math.Clamp((int)(sequence + (uint)(data.Length + missing) - stream.Fin), 0, data.Length + missing);
            if (beyond > 0)
            {
                context.OutOfWindow.Add(beyond);
                var kept = data.Length + missing - beyond;
                missing = Math.Max(0, kept - data.Length);
                data = data[..Math.Min(kept, data.Length)];
            }
        }

        return data.Length + missing > 0;
    }

    private bool CutDelivered(in TcpStream stream, ref uint sequence, ref ReadOnlySpan<byte> data, ref int missing)
    {
        var behind = (int)(stream.Next - sequence);
        if (behind <= 0) return true;
        var total = data.Length + missing;
        context.Statistics.DuplicateBytes += Math.Min(behind, total);
        if (behind >= total) return false;
        missing -= Math.Max(0, behind - data.Length);
        data = data[Math.Min(behind, data.Length)..];
        sequence += (uint)behind;
        return true;
    }

    private void Hold(TcpConnection connection, ref TcpStream stream, uint sequence, ReadOnlySpan<byte> data, int missing, in SegmentStamp stamp)
    {
        stream.Held ??= new HeldSegments();
        if (!stream.Synchronised && stream.Holds && Math.Abs((long)(int)(sequence - stream.Held.First.Sequence)) > TcpStream.FarthestAcknowledged)
        {
            context.OutOfWindow.Add(data.Length + missing);
            return;
        }

        if (!stream.Synchronised && !stream.Holds) (stream.EarlyPacket, stream.EarlyElapsed) = (stamp.Packet, stamp.Elapsed);
        var before = stream.Held.Charged;
        var (duplicate, differing) = stream.Held.Insert(sequence, data, missing, stamp);
        context.Statistics.HeldSegments++;
        context.Statistics.DuplicateBytes += duplicate;
        context.Conflicting.Add(differing);
        context.Book(stream.Held.Charged - before);
        while (stream.Held.Charged > context.Options.BufferPerDirection || context.Statistics.BufferedBytes > context.Options.BufferTotal)
        {
            if (!_delivery.GiveUpOne(connection, GiveUp.ForRoom)) return;
            _delivery.Drain(connection);
        }
    }
}
