using Wirehook.Dissection.Contract;
using Wirehook.Packets;

namespace Wirehook.Dissection.Protocols.Redis;

/// <summary>One direction of a connection: where its current message stands.</summary>
internal struct RedisSide
{
    /// <summary>Bytes that are kept of a message that is too large to wait for.</summary>
    private const int KeptOfLarge = 64 << 10;

    private RespScanner _scanner;
    private int _scanned;
    private long _before;
    private byte[]? _head;
    private bool _begun;

    /// <summary>When the current message's first byte came.</summary>
    public Timestamp Started { get; private set; }

    /// <summary>Whether the place in the stream is unknown.</summary>
    public bool Lost { get; private set; }

    /// <summary>Whether bytes of the current message are missing.</summary>
    public bool Broken { get; private set; }

    /// <summary>Whether a message has begun whose end was not seen.</summary>
    public readonly bool IsInside => _before > 0;

    /// <summary>Notes when the message that the next byte belongs to began.</summary>
    public void Begin(Timestamp timestamp)
    {
        if (!_begun) (_begun, Started) = (true, timestamp);
    }

    /// <summary>The place in the stream is unknown from here on.</summary>
    public void Lose()
    {
        Reset();
        Lost = true;
    }

    /// <summary>A message begins with the next byte.</summary>
    public void Find() => Lost = false;

    /// <summary>Goes on through the message: null when its end is at <paramref name="length"/>, otherwise what to answer.</summary>
    /// <param name="data">What is not digested yet.</param>
    /// <param name="limit">Bytes up to which a message is kept as a whole.</param>
    /// <param name="length">Bytes of <paramref name="data"/> that end the message.</param>
    /// <param name="valid">False where the bytes are not RESP.</param>
    public StreamStep? Advance(ReadOnlySpan<byte> data, int limit, out int length, out bool valid)
    {
        length = 0;
        var scan = _scanner.Scan(data, ref _scanned);
        valid = scan != RespScan.Invalid;
        if (scan == RespScan.Complete) length = _scanned;
        if (scan != RespScan.Incomplete) return null;
        var total = _before + _scanned + _scanner.Bulk;
        if ((total <= limit && _before == 0) || _scanned == 0) return StreamStep.NeedMore((int)Math.Min(_scanned + Math.Max(_scanner.Bulk, 1), int.MaxValue));
        Keep(data[.._scanned]);
        var step = StreamStep.Consume(_scanned);
        (_before, _scanned) = (_before + _scanned, 0);
        return step;
    }

    /// <summary>Bytes are missing: where they lie within a string whose length is known, the message goes on behind them.</summary>
    public bool TrySkip(ReadOnlySpan<byte> undigested, long missing)
    {
        if (Lost || missing <= 0 || _scanner.Scan(undigested, ref _scanned) != RespScan.Incomplete || _scanned < undigested.Length || !_scanner.Skip(missing)) return false;
        Keep(undigested);
        (_before, _scanned, Broken) = (_before + undigested.Length + missing, 0, true);
        return true;
    }

    /// <summary>The message is complete: its kept bytes, and its size.</summary>
    public RedisBytes Take(FlowContext context, ReadOnlySpan<byte> end, out long size)
    {
        size = _before + end.Length;
        if (_before == 0) return Finish(new RedisBytes(context.Arena.Keep(end), false, false));
        Keep(end);
        context.Losses.BodyBytes.Add(size - _head!.Length);
        return Finish(new RedisBytes(_head, false, true));
    }

    /// <summary>Forgets the current message.</summary>
    public void Reset()
    {
        (_scanner, _scanned, _before, _head, _begun, Broken) = (default, 0, 0, null, false, false);
    }

    private RedisBytes Finish(RedisBytes bytes)
    {
        (_scanned, _before, _head, _begun, Broken) = (0, 0, null, false, false);
        return bytes;
    }

    private void Keep(ReadOnlySpan<byte> part)
    {
        var kept = _head?.Length ?? 0;
        if (kept < KeptOfLarge) _head = [.. _head ?? [], .. part[..Math.Min(part.Length, KeptOfLarge - kept)]];
    }
}
