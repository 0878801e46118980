using Wirehook.Dissection.Contract;
using Wirehook.Packets;
using Wirehook.Packets.Flows;

namespace Wirehook.Dissection.Engine;

/// <summary>
/// Finds the protocol of a stream by its first bytes. When every module says no, the bytes are dropped and the next segment is tried, so that a
/// stream whose capture starts in the middle of a message is recognised at the next one.
/// </summary>
internal sealed class StreamDetection(FlowContext context, ProtocolModule[] modules)
{
    /// <summary>Bits of the word that remembers who rejected a stream.</summary>
    public const int MostModules = 64;

    /// <summary>How often a stream is looked at anew; an unrecognisable stream costs nothing afterwards.</summary>
    private const int AttemptLimit = 4096;

    private StreamBuffer _forward;
    private StreamBuffer _reverse;
    private Timestamp _forwardTime;
    private Timestamp _reverseTime;
    private Direction _first;
    private bool _forwardEnded;
    private bool _reverseEnded;
    private bool _atStart = context.SeesStart;
    private bool _begun;
    private ulong _rejected;
    private int _attempts;
    private Direction _latest;
    private int _latestLength;

    /// <summary>Bytes of memory that its buffers hold.</summary>
    public int Held => _forward.Capacity + _reverse.Capacity;

    public bool SawData { get; private set; }

    public bool Identified { get; private set; }

    public void OnData(Direction direction, ReadOnlySpan<byte> data, Timestamp timestamp)
    {
        if (!_begun) (_begun, _atStart) = (true, context.SeesStart);
        SawData = true;
        if (_attempts > AttemptLimit) return;
        if (_forward.Length + _reverse.Length == 0) _first = direction;
        (_latest, _latestLength) = (direction, data.Length);
        if (direction == Direction.Forward)
        {
            _forward.Append(data);
            _forwardTime = timestamp;
        }
        else
        {
            _reverse.Append(data);
            _reverseTime = timestamp;
        }
    }

    public void OnGap(Direction direction)
    {
        _atStart = false;
        _begun = true;
        if (direction == Direction.Forward) _forward.Clear();
        else _reverse.Clear();
    }

    public void OnDirectionEnd(Direction direction)
    {
        if (direction == Direction.Forward) _forwardEnded = true;
        else _reverseEnded = true;
    }

    /// <summary>The module that takes the stream, or null while none does.</summary>
    public ProtocolModule? Decide(bool final, out bool certain)
    {
        certain = false;
        if (_forward.Length + _reverse.Length == 0) return null;
        var limit = context.Options.DetectionLimit;
        final |= _forward.Length >= limit || _reverse.Length >= limit;
        var undecided = false;
        for (var pass = 0; pass < 2; pass++)
        {
            for (var i = 0; i < modules.Length; i++)
            {
                var portMatches = PortHints.Match(modules[i], context.Flow);
                if ((portMatches || IsAnnounced(modules[i])) != (pass == 0) || (_rejected & Bit(i)) != 0) continue;
                var answer = Ask(modules[i], portMatches, final);
                if (answer == Detection.NeedMore) undecided = true;
                if (answer is not (Detection.Certain or Detection.Likely)) continue;
                certain = answer == Detection.Certain;
                context.AtStart = _atStart;
                return modules[i];
            }
        }

        if (FindInLatest() is { } later)
        {
            certain = true;
            return later;
        }

        if (!undecided || final) GiveUp();
        return null;
    }

    /// <summary>
    /// Where what came first is of no known protocol, or one module needs more of it, the latest segment alone may be recognised beyond doubt: a
    /// protocol behind the handshake of a proxy. What came before it is dropped.
    /// </summary>
    private ProtocolModule? FindInLatest()
    {
        ref var buffer = ref _forward;
        if (_latest == Direction.Reverse) buffer = ref _reverse;
        var before = buffer.Length - _latestLength;
        if (before <= 0) return null;
        for (var i = 0; i < modules.Length; i++)
        {
            var opening = new StreamOpening
            {
                Flow = context.Flow,
                Forward = _latest == Direction.Forward ? buffer.Span[before..] : default,
                Reverse = _latest == Direction.Reverse ? buffer.Span[before..] : default,
                AtStart = false,
                PortMatches = PortHints.Match(modules[i], context.Flow),
                Final = true,
                Tls = context.Tls,
            };
            if ((_rejected & Bit(i)) != 0 || modules[i].Detect(opening) != Detection.Certain) continue;
            buffer.Drop(before);
            if (_latest == Direction.Forward) _reverse.Clear();
            else _forward.Clear();
            (_attempts, context.AtStart) = (_attempts + 1, false);
            return modules[i];
        }

        return null;
    }

    /// <summary>Gives the waiting bytes to the dissector, in the order of their arrival.</summary>
    public void PassTo(StreamFeed feed)
    {
        Identified = true;
        var (forward, reverse) = (_forward, _reverse);
        (_forward, _reverse) = (default, default);
        if (_first == Direction.Forward)
        {
            feed.OnData(Direction.Forward, forward.Span, _forwardTime);
            feed.OnData(Direction.Reverse, reverse.Span, _reverseTime);
        }
        else
        {
            feed.OnData(Direction.Reverse, reverse.Span, _reverseTime);
            feed.OnData(Direction.Forward, forward.Span, _forwardTime);
        }

        forward.Clear();
        reverse.Clear();
        if (_forwardEnded) feed.OnDirectionEnd(Direction.Forward, _forwardTime);
        if (_reverseEnded) feed.OnDirectionEnd(Direction.Reverse, _reverseTime);
    }

    /// <summary>Takes a wrong guess back: the bytes that the dissector saw are decided anew, without its module.</summary>
    public void Reject(StreamFeed feed)
    {
        Identified = false;
        _rejected |= Bit(Array.IndexOf(modules, feed.Module));
        feed.TakeRetained(ref _forward, ref _reverse);
    }

    /// <summary>Starts anew with what the dissector left, as at the start of a connection.</summary>
    /// <param name="feed">The dissector that handed over.</param>
    /// <param name="timestamp">When the packet that made it hand over was captured: what it left belongs to whoever comes next from then on.</param>
    public void Restart(StreamFeed feed, Timestamp timestamp)
    {
        (_forwardTime, _reverseTime) = (timestamp, timestamp);
        (_rejected, _atStart, _begun, _attempts, context.Upgrade) = (0, true, true, 0, feed.Upgrade);
        feed.TakeUndigested(ref _forward, ref _reverse);
    }

    public void Clear()
    {
        _forward.Clear();
        _reverse.Clear();
    }

    /// <summary>Whether the protocol before this one said that the module's comes next.</summary>
    private bool IsAnnounced(ProtocolModule module)
    {
        if (context.Upgrade is not { } upgrade) return false;
        foreach (var protocol in module.Protocols)
        {
            if (protocol.Name == upgrade.Inner || protocol.Name == upgrade.Protocol) return true;
        }

        return false;
    }

    private static ulong Bit(int index) => 1UL << index;

    private Detection Ask(ProtocolModule module, bool portMatches, bool final) => module.Detect(new StreamOpening
    {
        Flow = context.Flow,
        Forward = _forward.Span,
        Reverse = _reverse.Span,
        AtStart = _atStart,
        PortMatches = portMatches,
        Final = final,
        Upgrade = context.Upgrade,
        Tls = context.Tls,
    });

    private void GiveUp()
    {
        Clear();
        (_atStart, _rejected, context.Upgrade) = (false, 0, null);
        _attempts++;
    }
}
