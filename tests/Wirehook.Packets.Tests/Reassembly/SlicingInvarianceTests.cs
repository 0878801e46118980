using Wirehook.Packets.Flows;

namespace Wirehook.Packets.Tests.Reassembly;

/// <summary>Any cut, order or repetition of segments gives the same streams, and what is not captured is an explicit gap.</summary>
public class SlicingInvarianceTests
{
    private static readonly Direction[] Both = [Direction.Forward, Direction.Reverse];

    [Theory]
    [InlineData(1, 60, 6, 0.0, 0.0)]
    [InlineData(2, 60, 6, 0.03, 0.01)]
    [InlineData(3, 1, 200, 0.03, 0.01)]
    [InlineData(4, 400, 2, 0.3, 0.1)]
    [InlineData(5, 3, 40, 0.5, 0.3)]
    public void Reordered_and_repeated_packets_change_nothing(int seed, int connections, int rounds, double reordered, double duplicated)
    {
        var random = new Random(seed);
        var conversations = Enumerable.Range(0, connections).Select(i => new Conversation(i, random, rounds)).ToArray();
        var capture = Captures.Damage(Captures.Interleave(conversations, random), random, reordered, duplicated, 0);
        var (recorder, table, losses) = Recorder.Play(capture);
        Assert.Equal(connections, recorder.Flows);
        Assert.Equal(0, table.Statistics.Gaps);
        Assert.All(losses.Counters, c => Assert.True(c.Count == 0, $"{c.Reason} {c.Count}"));
        for (var i = 0; i < connections; i++)
        {
            var recording = recorder.ByConnection[i];
            foreach (var direction in Both) Assert.True(conversations[i].Sent(direction).AsSpan().SequenceEqual(recording.Bytes(direction)), $"stream {i} {direction}");
            Assert.Equal(FlowEnd.Finished, recording.End);
            Assert.Equal(2, recording.Ends.Count);
            Assert.Equal(0, CountOutOfOrder(conversations[i], recording));
        }
    }

    [Theory]
    [InlineData(11, 60, 6, 0.0, 0.0, 0.01)]
    [InlineData(12, 200, 6, 0.01, 0.005, 0.001)]
    [InlineData(13, 40, 30, 0.03, 0.01, 0.02)]
    [InlineData(14, 40, 10, 0.1, 0.1, 0.1)]
    [InlineData(15, 1, 300, 0.03, 0.01, 0.01)]
    public void Dropped_packets_are_exact_gaps_and_all_else_is_delivered_once(int seed, int connections, int rounds, double reordered, double duplicated, double dropped)
    {
        var random = new Random(seed);
        var conversations = Enumerable.Range(0, connections).Select(i => new Conversation(i, random, rounds)).ToArray();
        var capture = Captures.Damage(Captures.Interleave(conversations, random), random, reordered, duplicated, dropped);
        var (recorder, _, losses) = Recorder.Play(capture);
        var outOfOrder = 0;
        Assert.Equal(connections, recorder.Flows);
        Assert.Equal(0, losses.Counters.Single(c => c.Reason == "out-of-window").Count);
        for (var i = 0; i < connections; i++)
        {
            if (!capture.Exists(s => s.Connection == i && (s.Flags & TcpFlags.Syn) != 0)) continue;
            foreach (var direction in Both) AssertExact(conversations[i], recorder.ByConnection[i], direction, capture.FindAll(s => s.Connection == i && s.Direction == direction));
            outOfOrder += CountOutOfOrder(conversations[i], recorder.ByConnection[i]);
        }

        // Where a request, a response and all that acknowledges them are lost together, nothing tells which came first.
        Assert.InRange(outOfOrder, 0, 1 + (connections * rounds * dropped * dropped * 2));
    }

    [Fact]
    public void The_same_capture_gives_the_same_events_whatever_the_hash_seed()
    {
        var random = new Random(21);
        var conversations = Enumerable.Range(0, 100).Select(i => new Conversation(i, random, 5)).ToArray();
        var capture = Captures.Damage(Captures.Interleave(conversations, random), random, 0.03, 0.01, 0.01);
        var (first, _, _) = Recorder.Play(capture, new FlowOptions { HashSeed = 1 });
        var (second, _, _) = Recorder.Play(capture, new FlowOptions { HashSeed = 0xDEAD_BEEF_0BAD_F00D });
        for (var i = 0; i < 100; i++)
        {
            Assert.Equal(first.ByConnection[i].Steps, second.ByConnection[i].Steps);
            Assert.Equal(first.ByConnection[i].Flow.Number, second.ByConnection[i].Flow.Number);
        }
    }

    private static void AssertExact(Conversation conversation, Recording recording, Direction direction, List<Segment> captured)
    {
        var kept = captured.ToHashSet<Segment>(ReferenceEqualityComparer.Instance);
        var sent = conversation.Sent(direction);
        var (sentBefore, present, due) = (new bool[sent.Length], new bool[sent.Length], new bool[sent.Length]);
        foreach (var segment in conversation.Segments.Where(s => s.Direction == direction && s.Payload.Length > 0))
        {
            var wasKept = kept.Contains(segment);
            for (var at = segment.Offset; at < segment.Offset + segment.Payload.Length; at++)
            {
                due[at] |= wasKept && !sentBefore[at];
                present[at] |= wasKept;
                sentBefore[at] = true;
            }
        }

        foreach (var (position, data) in recording.Pieces(direction))
        {
            Assert.True(sent.AsSpan((int)position, data.Length).SequenceEqual(data), $"{recording.Flow.Initiator} {direction} at {position}");
            Assert.False(present.AsSpan((int)position, data.Length).Contains(false));
            due.AsSpan((int)position, data.Length).Clear();
        }

        // A copy of bytes whose first copy the capture dropped may come after they were given up; anything else is delivered.
        Assert.False(due.AsSpan().Contains(true), $"{recording.Flow.Initiator} {direction}: captured and not delivered");

        // A lost FIN behind lost bytes is acknowledged with them, and nothing tells it from one more byte.
        Assert.InRange(recording.Length(direction), sent.Length - TrailingAbsent(present), sent.Length + 1);
    }

    private static int TrailingAbsent(bool[] present)
    {
        var last = Array.LastIndexOf(present, true);
        return present.Length - 1 - last;
    }

    /// <summary>How often a response begins before its request was delivered or given up in full, or a request before the response to the one before.</summary>
    private static int CountOutOfOrder(Conversation conversation, Recording recording)
    {
        var count = 0;
        foreach (var (direction, from, to, otherAt) in recording.Steps)
        {
            for (var i = 0; i < conversation.Requests.Count; i++)
            {
                var (request, response) = conversation.Requests[i];
                var end = i + 1 < conversation.Requests.Count ? conversation.Requests[i + 1].Request : conversation.Sent(Direction.Forward).Length;
                if (direction == Direction.Forward && from <= request && request < to && otherAt < response) count++;
                if (direction == Direction.Reverse && from <= response && response < to && otherAt < end) count++;
            }
        }

        return count;
    }
}
