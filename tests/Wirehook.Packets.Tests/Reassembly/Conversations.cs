using Wirehook.Packets.Flows;

namespace Wirehook.Packets.Tests.Reassembly;

/// <summary>One captured TCP packet of a made-up capture.</summary>
internal sealed record Segment(int Connection, Direction Direction, uint Sequence, uint Acknowledgment, TcpFlags Flags, int Offset, byte[] Payload);

/// <summary>What one made-up connection sends: random bytes, cut into random segments, with the acknowledgements that a real receiver would send.</summary>
internal sealed class Conversation
{
    private readonly Random _random;
    private readonly int _number;
    private readonly uint[] _initial;
    private readonly List<byte>[] _sent = [[], []];
    private readonly int[] _received = [0, 0];
    private readonly List<Segment> _segments = [];

    public Conversation(int number, Random random, int rounds)
    {
        (_number, _random) = (number, random);
        _initial = [(uint)random.NextInt64(1L << 32), (uint)random.NextInt64(1L << 32)];
        if (random.Next(4) == 0) _initial[random.Next(2)] = uint.MaxValue - (uint)random.Next(3000);
        Control(Direction.Forward, TcpFlags.Syn, -1);
        Control(Direction.Reverse, TcpFlags.Syn | TcpFlags.Ack, -1);
        Control(Direction.Forward, TcpFlags.Ack, 0);
        for (var round = 0; round < rounds; round++)
        {
            Requests.Add((_sent[0].Count, _sent[1].Count));
            Burst(Direction.Forward, random.Next(1, 2500));
            Burst(Direction.Reverse, random.Next(1, 12_000));
        }

        Close(Direction.Forward);
        Close(Direction.Reverse);
        Control(Direction.Forward, TcpFlags.Ack, _sent[0].Count + 1);
    }

    public IReadOnlyList<Segment> Segments => _segments;

    /// <summary>Where each request and its response start.</summary>
    public List<(int Request, int Response)> Requests { get; } = [];

    public byte[] Sent(Direction direction) => [.. _sent[(int)direction]];

    private static Direction Other(Direction direction) => 1 - direction;

    /// <summary>Sends bytes in segments; a few are lost before the capture point and come again at the end, and some are sent twice, cut differently.</summary>
    private void Burst(Direction direction, int length)
    {
        var sent = _sent[(int)direction];
        var start = sent.Count;
        var bytes = new byte[length];
        _random.NextBytes(bytes);
        sent.AddRange(bytes);
        var pieces = new List<(int Offset, int Length)>();
        for (var at = start; at < sent.Count; at += pieces[^1].Length) pieces.Add((at, Math.Min(sent.Count - at, _random.Next(8) == 0 ? _random.Next(1, 90) : 1448)));
        if (pieces.Count > 1 && _random.Next(10) == 0)
        {
            var late = pieces[_random.Next(pieces.Count)];
            pieces.Remove(late);
            pieces.Add(late);
        }

        if (_random.Next(10) == 0)
        {
            var again = _random.Next(start, sent.Count);
            pieces.Add((again, _random.Next(1, Math.Min(1449, sent.Count - again + 1))));
        }

        Send(direction, pieces);
    }

    private void Send(Direction direction, List<(int Offset, int Length)> pieces)
    {
        var (arrived, unanswered) = (new SortedDictionary<int, int>(), 0);
        foreach (var (offset, length) in pieces)
        {
            var payload = _sent[(int)direction].GetRange(offset, length).ToArray();
            _segments.Add(Make(direction, TcpFlags.Ack, offset, payload));
            if (!arrived.TryGetValue(offset, out var known) || known < length) arrived[offset] = length;
            foreach (var (at, size) in arrived)
            {
                if (at <= _received[(int)direction]) _received[(int)direction] = Math.Max(_received[(int)direction], at + size);
            }

            if (++unanswered < _random.Next(2, 5)) continue;
            unanswered = 0;
            Control(Other(direction), TcpFlags.Ack, _sent[(int)Other(direction)].Count);
        }
    }

    private void Close(Direction direction)
    {
        Control(direction, TcpFlags.Fin | TcpFlags.Ack, _sent[(int)direction].Count);
        _received[(int)direction]++;
    }

    private void Control(Direction direction, TcpFlags flags, int offset) => _segments.Add(Make(direction, flags, offset, []));

    private Segment Make(Direction direction, TcpFlags flags, int offset, byte[] payload)
    {
        var acknowledged = (flags & TcpFlags.Ack) != 0 ? _initial[(int)Other(direction)] + 1 + (uint)_received[(int)Other(direction)] : 0;
        return new Segment(_number, direction, _initial[(int)direction] + 1 + (uint)offset, acknowledged, flags, offset, payload);
    }
}

/// <summary>A capture of many interleaved conversations, and the damage that captures suffer.</summary>
internal static class Captures
{
    public static List<Segment> Interleave(IReadOnlyList<Conversation> conversations, Random random)
    {
        var capture = new List<Segment>();
        var next = new int[conversations.Count];
        var open = Enumerable.Range(0, conversations.Count).ToList();
        while (open.Count > 0)
        {
            var i = open[random.Next(Math.Min(open.Count, 40))];
            for (var n = random.Next(1, 6); n > 0 && next[i] < conversations[i].Segments.Count; n--) capture.Add(conversations[i].Segments[next[i]++]);
            if (next[i] == conversations[i].Segments.Count) open.Remove(i);
        }

        return capture;
    }

    /// <summary>Moves packets back by one to four places, repeats some within seven places, and leaves some out.</summary>
    public static List<Segment> Damage(List<Segment> capture, Random random, double reordered, double duplicated, double dropped)
    {
        var keyed = new List<(double Key, Segment Segment)>();
        for (var k = 0; k < capture.Count; k++)
        {
            if (random.NextDouble() < dropped) continue;
            keyed.Add((k + (random.NextDouble() < reordered ? random.Next(1, 5) + 0.5 : 0), capture[k]));
            if (random.NextDouble() < duplicated) keyed.Add((k + random.Next(0, 7) + 0.25, capture[k]));
        }

        return [.. keyed.OrderBy(e => e.Key).Select(e => e.Segment)];
    }
}
