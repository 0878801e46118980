using System.Buffers.Binary;
using Wirehook.Dissection.Contract;
using Wirehook.Dissection.Protocols.Http2.Hpack;
using Wirehook.Packets;
using Wirehook.Packets.Flows;

namespace Wirehook.Dissection.Protocols.Http2;

/// <summary>Cuts one direction into frames (RFC 9113 §4) and puts header blocks together. DATA goes on as it comes; only what must be whole waits.</summary>
internal sealed class Http2Reader(Http2Dissector dissector, FlowContext context, Direction direction)
{
    /// <summary>How often frames may end in what is none. Each time costs a walk over the open streams.</summary>
    private const int DamageLimit = 1024;

    private FrameHeader _frame;
    private int _data;
    private int _rest;
    private byte[] _block = [];
    private int _blockLength;
    private HeaderBlock _blockOf;
    private bool _inBlock;
    private bool _blockBroken;
    private bool _begun;
    private bool _searching;
    private bool _waits;
    private Timestamp _waitsSince;
    private uint _highest;
    private int _damages;

    /// <summary>This direction's header compression.</summary>
    public HpackDecoder Hpack { get; } = new(context.Memory, context.Options.HeadLimit, context.Shared<HpackLiteralCache>());

    public StreamStep Read(ReadOnlySpan<byte> data, Timestamp timestamp)
    {
        if (!_begun && Begin(data) is { } first) return first;
        if (_searching && Search(data) is { } skipped) return skipped;
        var at = 0;
        while (at < data.Length)
        {
            var started = at == 0 && _waits ? _waitsSince : timestamp;
            var count = _data + _rest > 0 ? ReadRest(data[at..], timestamp) : ReadFrame(data[at..], started, timestamp);
            if (count < 0) return at > 0 ? Consume(at) : LeaveStep();
            if (count == 0) break;
            at += count;
        }

        if (at > 0) return Consume(at);
        if (!_waits) (_waits, _waitsSince) = (true, timestamp);
        return StreamStep.NeedMore(data.Length >= FrameHeader.Size ? Math.Min(WholeLength(new FrameHeader(data)), context.Options.HeadLimit) : FrameHeader.Size);
    }

    public void OnGap(ReadOnlySpan<byte> undigested, long length, Timestamp timestamp)
    {
        (_begun, _waits) = (true, false);
        if (!_searching && _data + _rest == 0 && undigested.Length >= FrameHeader.Size && new FrameHeader(undigested) is { IsPossible: true } frame)
        {
            // The frame that waits is known: its end may lie behind the gap.
            _frame = frame;
            _rest = frame.Length + FrameHeader.Size - undigested.Length;
            if (frame.Type is FrameType.Headers or FrameType.PushPromise or FrameType.Continuation) LoseBlock();
            dissector.OnLostFrame(direction, frame.StreamId);
        }

        if (!_searching && length > 0 && length <= _data + _rest)
        {
            SkipLost((int)length, timestamp);
            return;
        }

        Lose(length);
    }

    /// <summary>The connection is over.</summary>
    public void End()
    {
        Hpack.Clear();
        (_block, _blockLength, _inBlock) = ([], 0, false);
    }

    private StreamStep Consume(int count)
    {
        _waits = false;
        return StreamStep.Consume(count);
    }

    /// <summary>The first bytes: the client's preface, or frames from somewhere on. A SETTINGS that is no acknowledgement opens the server's side (RFC 9113 §3.4).</summary>
    private StreamStep? Begin(ReadOnlySpan<byte> data)
    {
        var preface = Http2Detection.Preface;
        if (data.StartsWith(preface[..Math.Min(data.Length, preface.Length)]))
        {
            if (data.Length < preface.Length) return StreamStep.NeedMore(preface.Length);
            _begun = true;
            dissector.OnPreface(direction);
            return StreamStep.Consume(preface.Length);
        }

        if (data.Length < FrameHeader.Size) return StreamStep.NeedMore(FrameHeader.Size);
        _begun = true;
        var isOpening = new FrameHeader(data) is { Type: FrameType.Settings, IsAck: false, IsPossible: true };
        // Some peers send SETTINGS again and again, so in the middle of a connection they say little: headers may refer to what was not seen.
        if (!isOpening || !context.AtStart) Hpack.Lose();
        if (isOpening) return null;
        dissector.OnUnseenStart();
        return null;
    }

    private static int WholeLength(in FrameHeader frame) => frame.Type == FrameType.Data ? FrameHeader.Size + 1 : FrameHeader.Size + frame.Length;

    /// <summary>Reads the frame at the beginning of <paramref name="data"/>: how many bytes; 0 while it is incomplete, -1 where it is none.</summary>
    private int ReadFrame(ReadOnlySpan<byte> data, Timestamp started, Timestamp timestamp)
    {
        if (data.Length < FrameHeader.Size) return 0;
        var frame = new FrameHeader(data);
        if (!frame.IsPossible && !frame.IsExtension) return -1;
        if (frame.Type == FrameType.Data) return BeginData(frame, data, started, timestamp);
        var whole = FrameHeader.Size + frame.Length;
        if (whole > context.Options.HeadLimit || frame.IsExtension) return BeginSkip(frame);
        if (data.Length < whole) return 0;
        Dispatch(frame, data[FrameHeader.Size..whole], started, timestamp);
        return whole;
    }

    private int BeginData(in FrameHeader frame, ReadOnlySpan<byte> data, Timestamp started, Timestamp timestamp)
    {
        var padding = 0;
        var head = FrameHeader.Size;
        if (frame.IsPadded)
        {
            if (data.Length == head) return 0;
            padding = data[head++];
            if (padding >= frame.Length) return -1;
        }

        (_frame, _data, _rest) = (frame, frame.Length - padding - (frame.IsPadded ? 1 : 0), padding);
        Note(frame.StreamId);
        dissector.OnData(direction, frame.StreamId, default, head, started, timestamp);
        if (_data + _rest == 0) EndData(timestamp);
        return head;
    }

    /// <summary>A frame that is not looked into: too large, or of a type that is not known.</summary>
    private int BeginSkip(in FrameHeader frame)
    {
        if (frame.Type is FrameType.Headers or FrameType.PushPromise or FrameType.Continuation) LoseBlock();
        (_frame, _data, _rest) = (frame, 0, frame.Length);
        return FrameHeader.Size;
    }

    private int ReadRest(ReadOnlySpan<byte> data, Timestamp timestamp)
    {
        var body = Math.Min(_data, data.Length);
        var rest = Math.Min(_rest, data.Length - body);
        if (_frame.Type == FrameType.Data) dissector.OnData(direction, _frame.StreamId, data[..body], body + rest, timestamp, timestamp);
        _data -= body;
        _rest -= rest;
        if (_data + _rest == 0) EndData(timestamp);
        return body + rest;
    }

    private void EndData(Timestamp timestamp)
    {
        if (_frame is { Type: FrameType.Data, EndStream: true }) dissector.OnEndStream(direction, _frame.StreamId, timestamp);
    }

    private void Dispatch(in FrameHeader frame, ReadOnlySpan<byte> payload, Timestamp started, Timestamp timestamp)
    {
        // Nothing may come between the frames of a header block (RFC 9113 §6.10): the rest of it is lost.
        if (_inBlock && (frame.Type != FrameType.Continuation || frame.StreamId != _blockOf.StreamId)) LoseBlock();
        switch (frame.Type)
        {
            case FrameType.Headers or FrameType.PushPromise:
                Note(frame.StreamId);
                BeginBlock(frame, payload, started, timestamp);
                break;
            case FrameType.Continuation when _inBlock:
                AddToBlock(payload, frame.EndHeaders, timestamp);
                break;
            case FrameType.Continuation:
                Hpack.Lose();
                break;
            case FrameType.ResetStream:
                dissector.OnReset(direction, frame.StreamId, BinaryPrimitives.ReadUInt32BigEndian(payload), timestamp);
                break;
            case FrameType.GoAway:
                dissector.OnGoAway(direction, BinaryPrimitives.ReadUInt32BigEndian(payload) & 0x7fff_ffff, BinaryPrimitives.ReadUInt32BigEndian(payload[4..]));
                break;
        }
    }

    private void BeginBlock(in FrameHeader frame, ReadOnlySpan<byte> payload, Timestamp started, Timestamp timestamp)
    {
        var size = FrameHeader.Size + payload.Length;
        if (!frame.TryStrip(ref payload))
        {
            Hpack.Lose();
            return;
        }

        var promised = 0u;
        if (frame.Type == FrameType.PushPromise)
        {
            if (payload.Length < 4) return;
            promised = BinaryPrimitives.ReadUInt32BigEndian(payload) & 0x7fff_ffff;
            payload = payload[4..];
        }

        _blockOf = new HeaderBlock(frame.StreamId, promised, frame is { Type: FrameType.Headers, EndStream: true }, size, started);
        if (frame.EndHeaders)
        {
            dissector.OnHeaders(direction, _blockOf, Hpack.Decode(payload), timestamp);
            return;
        }

        (_inBlock, _blockBroken, _blockLength) = (true, false, 0);
        _blockOf = _blockOf with { Size = 0 };
        AddToBlock(payload, end: false, timestamp);
        _blockOf = _blockOf with { Size = size };
    }

    private void AddToBlock(ReadOnlySpan<byte> payload, bool end, Timestamp timestamp)
    {
        _blockOf = _blockOf with { Size = _blockOf.Size + FrameHeader.Size + payload.Length };
        if (_blockBroken || _blockLength + payload.Length > context.Options.HeadLimit)
        {
            _blockBroken = true;
        }
        else
        {
            if (_blockLength + payload.Length > _block.Length) Array.Resize(ref _block, Math.Max(_blockLength + payload.Length, _block.Length * 2));
            payload.CopyTo(_block.AsSpan(_blockLength));
            _blockLength += payload.Length;
        }

        if (!end) return;
        _inBlock = false;
        if (_blockBroken) Hpack.Lose();
        dissector.OnHeaders(direction, _blockOf, !_blockBroken && Hpack.Decode(_block.AsSpan(0, _blockLength)), timestamp);
        if (_block.Length > FrameHeader.Size << 10) _block = [];
    }

    private void LoseBlock()
    {
        _inBlock = false;
        Hpack.Lose();
    }

    /// <summary>Lost bytes lie within the current frame: what follows is still in step.</summary>
    private void SkipLost(int length, Timestamp timestamp)
    {
        var body = Math.Min(_data, length);
        _data -= body;
        _rest -= length - body;
        if (_frame.Type == FrameType.Data) dissector.OnLostData(direction, _frame.StreamId, body, length, timestamp);
        if (_data + _rest == 0) EndData(timestamp);
    }

    /// <summary>Where the next frame begins is unknown.</summary>
    private void Lose(long length)
    {
        (_searching, _data, _rest) = (true, 0, 0);
        LoseBlock();
        dissector.OnLost(direction, length);
    }

    /// <summary>No frame begins here: the stream is not HTTP/2, or what was taken for a frame before was none.</summary>
    private StreamStep LeaveStep()
    {
        if (!dissector.HasSeen || ++_damages > DamageLimit) return StreamStep.Reject("not-http2");
        Lose(0);
        _waits = false;
        return StreamStep.Resync(1);
    }

    /// <summary>Looks for the next frame. Null where it begins at once.</summary>
    private StreamStep? Search(ReadOnlySpan<byte> data)
    {
        var at = Http2Detection.FindFrames(data, _highest, out var found);
        (_searching, _waits) = (!found, false);
        if (at > 0) return StreamStep.Resync(at);
        return found ? null : StreamStep.NeedMore();
    }

    private void Note(uint streamId)
    {
        _highest = Math.Max(_highest, streamId);
        dissector.HasSeen = true;
    }
}
