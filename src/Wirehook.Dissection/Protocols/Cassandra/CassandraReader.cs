using Wirehook.Dissection.Compression;
using Wirehook.Dissection.Contract;
using Wirehook.Dissection.Engine;
using Wirehook.Packets;

namespace Wirehook.Dissection.Protocols.Cassandra;

/// <summary>
/// Cuts one side's bytes into messages, behind segments where version 5 uses them. The end of a long message is passed over as it comes. Behind a gap
/// within a message or segment the length tells where the next one starts; otherwise it is looked for.
/// </summary>
internal sealed class CassandraReader(CassandraDissector dissector, FlowContext context, bool server) : MemoryHolder
{
    private const int LongestAwaited = 16 << 10;
    private const long ResyncLimit = 128 << 10;
    private StreamBuffer _contents;
    private Timestamp? _contentsStarted;
    private Timestamp? _partial;
    private long _skip;
    private long _skipSegment;
    private long _searched;
    private bool _lost = !context.AtStart;

    /// <summary>Digests bytes of the side.</summary>
    public StreamStep Read(ReadOnlySpan<byte> data, Timestamp timestamp)
    {
        if (dissector.UsesSegments) return ReadSegment(data, timestamp);
        if (_lost && !dissector.Accepted && CassandraSegment.TryFind(data, out var compressed, out _))
        {
            dissector.AssumeSegments(compressed);
            return ReadSegment(data, timestamp);
        }

        return ReadMessage(data, timestamp);
    }

    /// <summary>Bytes are missing behind <paramref name="undigested"/>.</summary>
    public void OnGap(ReadOnlySpan<byte> undigested, long length)
    {
        _partial = null;
        if (dissector.UsesSegments)
        {
            if (_skipSegment == 0 && CassandraSegment.TryRead(undigested, dissector.CompressesSegments, out var segment)) _skipSegment = segment.Size - undigested.Length;
            _skipSegment = length > 0 && length <= _skipSegment ? _skipSegment - length : 0;
            Lose();
            return;
        }

        if (_skip == 0 && !_lost && CassandraFrame.TryRead(undigested, server, out var frame)) _skip = frame.Size - undigested.Length;
        _lost = length <= 0 || length > _skip;
        _skip = _lost ? 0 : _skip - length;
        _searched = 0;
    }

    /// <summary>The flow is over: gives back what is held.</summary>
    public void End()
    {
        _contents.Clear();
        Account();
    }

    internal override void Release(Timestamp now) => Lose();

    private StreamStep Await(int total, Timestamp timestamp)
    {
        _partial ??= timestamp;
        return StreamStep.NeedMore(total);
    }

    private void Lose()
    {
        _contents.Clear();
        (_contentsStarted, _skip, _lost, _searched) = (null, 0, true, 0);
        Account();
    }

    private void Account()
    {
        if (HeldBytes != _contents.Capacity) context.Memory.ReportStream(this, _contents.Capacity);
    }

    private StreamStep ReadSegment(ReadOnlySpan<byte> data, Timestamp timestamp)
    {
        if (_skipSegment > 0)
        {
            var count = (int)Math.Min(_skipSegment, data.Length);
            _skipSegment -= count;
            return StreamStep.Resync(count);
        }

        var header = dissector.CompressesSegments ? CassandraSegment.CompressedHeader : CassandraSegment.PlainHeader;
        if (data.Length < header) return Await(header, timestamp);
        if (!CassandraSegment.TryRead(data, dissector.CompressesSegments, out var segment)) return FindSegment(data);
        if (data.Length < segment.Size) return Await(segment.Size, timestamp);
        var started = _partial ?? timestamp;
        _partial = null;
        // Behind a gap, a part of a long message is of no use; a segment that holds whole messages is.
        if (_lost && segment.IsSelfContained) _lost = false;
        if (!_lost) Append(segment, data.Slice(segment.HeaderLength, segment.Length), started, timestamp);
        return StreamStep.Consume(segment.Size);
    }

    private StreamStep FindSegment(ReadOnlySpan<byte> data)
    {
        if (!dissector.Accepted && context.AtStart) return Reject();
        if (!_lost) dissector.OnLost();
        Lose();
        var at = 1;
        while (at < data.Length && data.Length - at >= CassandraSegment.CompressedHeader && !CassandraSegment.TryRead(data[at..], dissector.CompressesSegments, out _)) at++;
        return StreamStep.Resync(at);
    }

    private void Append(in CassandraSegment segment, ReadOnlySpan<byte> payload, Timestamp started, Timestamp ended)
    {
        _contentsStarted ??= started;
        if (segment.PlainLength == 0) _contents.Append(payload);
        else _contents.Append(Decompression.Run(CompressionAlgorithm.Lz4Block, payload, segment.PlainLength).Data.Span);
        while (_contents.Length > 0)
        {
            _partial = _contentsStarted;
            var step = ReadMessage(_contents.Span, ended);
            _partial = null;
            if (step.Kind is not (StreamStepKind.Consume or StreamStepKind.Resync)) break;
            if (step.Kind == StreamStepKind.Resync) context.Losses.ResyncBytes.Add(step.Count);
            _contents.Drop(step.Count);
            _contentsStarted = _contents.Length > 0 ? started : null;
        }

        if (_contents.Length > context.Options.BufferLimit) Lose();
        Account();
    }

    private StreamStep ReadMessage(ReadOnlySpan<byte> data, Timestamp timestamp)
    {
        if (_skip > 0)
        {
            var count = (int)Math.Min(_skip, data.Length);
            _skip -= count;
            return StreamStep.Consume(count);
        }

        if (_lost) return Resynchronise(data, timestamp);
        if (!CassandraFrame.MayStart(data[0], server)) return LoseMessage(data, timestamp);
        if (data.Length < CassandraFrame.HeaderLength) return Await(CassandraFrame.HeaderLength, timestamp);
        if (!CassandraFrame.TryRead(data, server, out var frame)) return LoseMessage(data, timestamp);
        var wanted = CassandraFrame.HeaderLength + Math.Min(frame.Length, Math.Min(context.Options.BodyLimit, context.Options.BufferLimit / 2));
        if (data.Length < wanted) return Await(wanted, timestamp);
        dissector.OnMessage(frame, data[CassandraFrame.HeaderLength..wanted], _partial ?? timestamp, timestamp);
        _partial = null;
        _skip = Math.Max(0, frame.Size - data.Length);
        return StreamStep.Consume(Math.Min(frame.Size, data.Length));
    }

    private StreamStep Reject()
    {
        dissector.Discard();
        return StreamStep.Reject("not-cassandra");
    }

    private StreamStep LoseMessage(ReadOnlySpan<byte> data, Timestamp timestamp)
    {
        if (!dissector.Accepted && context.AtStart) return Reject();
        dissector.OnLost();
        (_lost, _partial) = (true, null);
        return Resynchronise(data, timestamp);
    }

    /// <summary>Looks for bytes that can only be messages.</summary>
    private StreamStep Resynchronise(ReadOnlySpan<byte> data, Timestamp timestamp)
    {
        var at = FindMessage(data, out var incomplete);
        if (at > 0)
        {
            (_searched, _partial) = (_searched + at, null);
            return _searched > ResyncLimit && !dissector.Accepted ? Reject() : StreamStep.Resync(at);
        }

        if (incomplete) return Await(data.Length + 1, timestamp);
        (_lost, _searched) = (false, 0);
        return ReadMessage(data, timestamp);
    }

    private int FindMessage(ReadOnlySpan<byte> data, out bool incomplete)
    {
        incomplete = false;
        for (var at = 0; at < data.Length; at++)
        {
            var rest = data[at..];
            if (!CassandraFrame.MayStart(rest[0], server)) continue;
            if (CassandraFrame.Weigh(rest, server, out incomplete) >= CassandraFrame.Strong)
            {
                incomplete = false;
                return at;
            }

            if (incomplete && (!CassandraFrame.TryRead(rest, server, out var frame) || frame.Length <= LongestAwaited)) return at;
            incomplete = false;
        }

        return data.Length;
    }
}
