using Wirehook.Dissection.Contract;
using Wirehook.Packets;
using Wirehook.Packets.Flows;

namespace Wirehook.Dissection.Protocols.Tls;

/// <summary>
/// Cuts both directions of a TLS connection into records. Records that nobody reads are passed over without being gathered; behind a gap the next record is
/// found by the chain of lengths.
/// </summary>
/// <param name="context">The stream's context.</param>
internal sealed class TlsDissector(FlowContext context) : StreamDissector
{
    private readonly TlsConnection _connection = new(context);
    private Side _forward;
    private Side _reverse;
    private bool _accepted;
    private bool _violated;

    /// <inheritdoc/>
    public override StreamStep Dissect(Direction direction, ReadOnlySpan<byte> data, Timestamp timestamp)
    {
        ref var side = ref SideOf(direction);
        if (side.Skip > 0) return Pass(ref side, data.Length);
        return side.Lost ? Resynchronise(ref side, direction, data, timestamp) : DissectRecord(ref side, direction, data, timestamp);
    }

    /// <inheritdoc/>
    /// <remarks>Where the gap ends inside the record that it interrupts, the length says where the next record starts.</remarks>
    public override void OnGap(Direction direction, ReadOnlySpan<byte> undigested, long length, Timestamp timestamp)
    {
        ref var side = ref SideOf(direction);
        var records = -1;
        if (side.Skip > 0) records = Swallow(ref side, side.Skip, length, 0);
        else if (!side.Lost && RecordHeader.TryRead(undigested, out var header)) records = Swallow(ref side, header.TotalLength - undigested.Length, length, 1);
        else side.Lost = true;
        (side.Started, side.Passed) = (null, null);
        _connection.OnGap(direction, length, records, timestamp);
    }

    /// <inheritdoc/>
    public override void OnDirectionEnd(Direction direction, ReadOnlySpan<byte> undigested, Timestamp timestamp) => _connection.OnDirectionEnd(direction, timestamp);

    /// <inheritdoc/>
    public override void OnEnd(FlowEnd? end, Timestamp timestamp) => _connection.OnEnd(end ?? FlowEnd.Evicted, timestamp);

    /// <summary>Passes over what is left of a record. It counts once all of it came.</summary>
    private StreamStep Pass(ref Side side, int available)
    {
        var skipped = Math.Min(side.Skip, available);
        side.Skip -= skipped;
        if (side.Skip > 0 || side.Passed is not { } header) return StreamStep.Consume(skipped);
        _connection.OnPassed(header);
        side.Passed = null;
        return StreamStep.Consume(skipped);
    }

    /// <summary>A gap swallows the rest of a record. How many records are lost, -1 where it goes further.</summary>
    private static int Swallow(ref Side side, int rest, long gap, int records)
    {
        if (gap > rest)
        {
            (side.Skip, side.Lost) = (0, true);
            return -1;
        }

        side.Skip = rest - (int)gap;
        return records;
    }

    private StreamStep DissectRecord(ref Side side, Direction direction, ReadOnlySpan<byte> data, Timestamp timestamp)
    {
        if (data.Length < RecordHeader.Length)
        {
            side.Started ??= timestamp;
            return RecordHeader.MayStart(data) || Ssl2Hello.MayBegin(data) ? StreamStep.NeedMore(RecordHeader.Length) : Violate(ref side, direction, data, timestamp);
        }

        if (!RecordHeader.TryRead(data, out var header)) return DissectOldHello(ref side, direction, data, timestamp);
        if (!_connection.Wants(direction, header))
        {
            (side.Skip, side.Passed, side.Started) = (header.TotalLength, header, null);
            return Pass(ref side, data.Length);
        }

        if (data.Length < header.TotalLength)
        {
            side.Started ??= timestamp;
            return StreamStep.NeedMore(header.TotalLength);
        }

        var started = side.Started ?? timestamp;
        side.Started = null;
        _accepted = true;
        _connection.OnRecord(direction, data[..header.TotalLength], started, timestamp);
        return _violated && !_connection.HasHello ? Reject() : StreamStep.Consume(header.TotalLength);
    }

    private StreamStep DissectOldHello(ref Side side, Direction direction, ReadOnlySpan<byte> data, Timestamp timestamp)
    {
        if (_accepted || !Ssl2Hello.MayBegin(data)) return Violate(ref side, direction, data, timestamp);
        if (data.Length < Ssl2Hello.FixedHeaderLength) return StreamStep.NeedMore(Ssl2Hello.FixedHeaderLength);
        if (!Ssl2Hello.MayStart(data, out var length)) return Violate(ref side, direction, data, timestamp);
        if (data.Length < length) return StreamStep.NeedMore(length);
        if (Ssl2Hello.Convert(data) is not { } hello) return Violate(ref side, direction, data, timestamp);
        _accepted = true;
        _connection.OnOldHello(direction, hello, length, timestamp);
        return StreamStep.Consume(length);
    }

    private StreamStep Violate(ref Side side, Direction direction, ReadOnlySpan<byte> data, Timestamp timestamp)
    {
        // Behind a proxy's handshake the other side's hello may be about to come; nothing else excuses what is no record.
        if (!_connection.HasHello && (_accepted || _violated)) return Reject();
        (side.Lost, _violated) = (true, true);
        _connection.OnGap(direction, 0, -1, timestamp);
        return Resynchronise(ref side, direction, data, timestamp);
    }

    /// <summary>Looks for a record that another one, or the end of the data, follows.</summary>
    private StreamStep Resynchronise(ref Side side, Direction direction, ReadOnlySpan<byte> data, Timestamp timestamp)
    {
        for (var at = 0; at < data.Length; at++)
        {
            var rest = data[at..];
            if (!RecordHeader.MayStart(rest)) continue;
            if (rest.Length >= RecordHeader.Length)
            {
                RecordHeader.TryRead(rest, out var header);
                if (rest.Length > header.TotalLength && !RecordHeader.MayStart(rest[header.TotalLength..])) continue;
                if (rest.Length >= header.TotalLength)
                {
                    if (at > 0) return StreamStep.Resync(at);
                    side.Lost = false;
                    return DissectRecord(ref side, direction, data, timestamp);
                }
            }

            if (at > 0) return StreamStep.Resync(at);
            return StreamStep.NeedMore(rest.Length < RecordHeader.Length ? RecordHeader.Length : 0);
        }

        return StreamStep.Resync(data.Length);
    }

    private StreamStep Reject()
    {
        _connection.Forget();
        return StreamStep.Reject("not-tls");
    }

    private ref Side SideOf(Direction direction)
    {
        if (direction == Direction.Forward) return ref _forward;
        return ref _reverse;
    }

    private struct Side
    {
        /// <summary>Bytes of a record that are still to be passed over.</summary>
        public int Skip;

        /// <summary>That record's header, while all of it was captured.</summary>
        public RecordHeader? Passed;

        /// <summary>Whether it is unknown where the next record starts.</summary>
        public bool Lost;

        /// <summary>When the first bytes of an incomplete record came.</summary>
        public Timestamp? Started;
    }
}
