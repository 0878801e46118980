using System.Buffers;
using Wirehook.Dissection.Contract;
using Wirehook.Dissection.Engine;
using Wirehook.Packets;

namespace Wirehook.Dissection.Framing;

/// <summary>The bytes of one message, as far as they are kept.</summary>
/// <param name="Bytes">The message, or its beginning; empty where there is none.</param>
/// <param name="Size">Its bytes on the wire.</param>
/// <param name="Started">When the packet with its first byte was captured.</param>
/// <param name="Truncated">Whether only the beginning is kept.</param>
/// <param name="Broken">Whether bytes of it were not captured.</param>
internal readonly record struct FramedMessage(ReadOnlyMemory<byte> Bytes, long Size, Timestamp Started, bool Truncated, bool Broken)
{
    /// <summary>Whether there is no message.</summary>
    public bool IsEmpty => Bytes.IsEmpty;

    /// <summary>The same message in memory of its own, so that it holds no chunk that others have long left.</summary>
    public FramedMessage Detach() => this with { Bytes = ByteArena.Detach(Bytes) };
}

/// <summary>
/// Cuts one direction of a stream into messages. Small messages are kept as they are; of one that is too large to wait for, only the beginning is kept, and
/// its bytes are digested as they come. Missing bytes within a message of known length do not lose the place in the stream.
/// </summary>
internal struct MessageFramer<TScanner>
    where TScanner : struct, IMessageScanner
{
    /// <summary>Bytes that are kept of a message that is too large to wait for.</summary>
    private const int KeptOfLarge = 64 << 10;

    private TScanner _scanner;
    private int _scanned;
    private long _before;
    private ArrayBufferWriter<byte>? _head;
    private bool _begun;
    private bool _broken;
    private Timestamp _started;

    /// <summary>Whether the place in the stream is unknown.</summary>
    public bool Lost { get; private set; }

    /// <summary>Whether a message has begun whose first bytes are digested.</summary>
    public readonly bool IsInside => _before > 0;

    /// <summary>What finds the messages' ends, for what it knows of the current one.</summary>
    public readonly TScanner Scanner => _scanner;

    /// <summary>Bytes up to which a message is kept as a whole, under these limits.</summary>
    public static int WholeLimit(FlowContext context) => Math.Min(context.Options.BodyLimit, context.Options.BufferLimit / 2);

    /// <summary>The place in the stream is unknown from here on.</summary>
    public void Lose()
    {
        Reset();
        Lost = true;
    }

    /// <summary>A message begins with the next byte.</summary>
    public void Find() => Lost = false;

    /// <summary>Forgets the current message: what comes next begins another.</summary>
    public void Reset()
    {
        (_scanner, _scanned, _before, _head, _begun, _broken) = (default, 0, 0, null, false, false);
    }

    /// <summary>When the current message began, which is now unless an earlier call said so.</summary>
    public Timestamp Begin(Timestamp timestamp)
    {
        if (!_begun) (_begun, _started) = (true, timestamp);
        return _started;
    }

    /// <summary>Goes on through the current message.</summary>
    /// <param name="data">What is not digested yet, not empty.</param>
    /// <param name="timestamp">When the newest of it was captured.</param>
    /// <param name="wholeLimit">Bytes up to which a message is kept as a whole.</param>
    /// <param name="step">Where the answer is Incomplete, what to tell the feed.</param>
    /// <param name="length">Where it is Complete, how many bytes of <paramref name="data"/> end the message.</param>
    public ScanResult Advance(ReadOnlySpan<byte> data, Timestamp timestamp, int wholeLimit, out StreamStep step, out int length)
    {
        (step, length) = (default, 0);
        Begin(timestamp);
        var result = _scanner.Scan(data, ref _scanned);
        if (result == ScanResult.Complete) length = _scanned;
        if (result != ScanResult.Incomplete) return result;
        var outstanding = _scanner.Outstanding;
        if ((_before == 0 && _scanned + outstanding <= wholeLimit) || _scanned == 0)
        {
            step = StreamStep.NeedMore((int)Math.Min(_scanned + Math.Max(outstanding, 1), int.MaxValue));
            return result;
        }

        Keep(data[.._scanned]);
        step = StreamStep.Consume(_scanned);
        (_before, _scanned) = (_before + _scanned, 0);
        return result;
    }

    /// <summary>Bytes are missing. True where they lie within the current message, which goes on behind them.</summary>
    /// <param name="undigested">What came before them and was not digested.</param>
    /// <param name="missing">How many.</param>
    public bool TrySkip(ReadOnlySpan<byte> undigested, long missing)
    {
        if (Lost || missing <= 0 || (undigested.IsEmpty && _before == 0)) return false;
        if (_scanner.Scan(undigested, ref _scanned) != ScanResult.Incomplete || _scanned < undigested.Length || !_scanner.Skip(missing)) return false;
        Keep(undigested);
        (_before, _scanned, _broken) = (_before + undigested.Length + missing, 0, true);
        return true;
    }

    /// <summary>Takes the message that <see cref="Advance"/> found complete.</summary>
    /// <param name="context">The flow's context.</param>
    /// <param name="end">Its last bytes: those that were not digested before.</param>
    public FramedMessage Take(FlowContext context, ReadOnlySpan<byte> end)
    {
        var (size, broken) = (_before + end.Length, _broken);
        ReadOnlyMemory<byte> bytes;
        if (_before == 0)
        {
            bytes = context.Arena.Keep(end);
        }
        else
        {
            Keep(end);
            bytes = _head?.WrittenMemory ?? default;
            if (!broken && bytes.Length < size) context.Losses.BodyBytes.Add(size - bytes.Length);
        }

        (_scanned, _before, _head, _begun, _broken) = (0, 0, null, false, false);
        return new FramedMessage(bytes, size, _started, bytes.Length < size, broken);
    }

    private void Keep(ReadOnlySpan<byte> part)
    {
        // Behind missing bytes nothing is kept: it would stand in their place.
        if (_broken || part.IsEmpty) return;
        _head ??= new ArrayBufferWriter<byte>();
        _head.Write(part[..Math.Min(part.Length, KeptOfLarge - _head.WrittenCount)]);
    }
}
