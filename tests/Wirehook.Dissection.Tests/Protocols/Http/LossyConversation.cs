using System.Text;
using Wirehook.Packets.Flows;

namespace Wirehook.Dissection.Tests.Protocols.Http;

/// <summary>A random HTTP conversation whose responses carry their request's marker, cut into segments of which some are lost.</summary>
internal sealed class LossyConversation
{
    private readonly List<(Direction Direction, byte[] Bytes, string Marker, bool IsRequest)> _messages = [];

    public int Count => _messages.Count / 2;

    public static LossyConversation Make(Random random, bool pipelined)
    {
        var conversation = new LossyConversation();
        var (total, at) = (random.Next(3, 25), 0);
        if (pipelined) conversation.Add(ref at, 2, random);
        while (at < total) conversation.Add(ref at, pipelined ? random.Next(1, 5) : 1, random);
        return conversation;
    }

    /// <summary>Plays the segments, losing each with the probability <paramref name="loss"/>. Returns the messages whose bytes all came.</summary>
    public List<(string Marker, bool IsRequest)> Play(Random random, double loss, out Conversation conversation)
    {
        conversation = new Conversation();
        var pending = new long[2];
        var survivors = new List<(string, bool)>();
        foreach (var run in Runs())
        {
            var (direction, bytes) = (run[0].Direction, run.SelectMany(m => m.Bytes).ToArray());
            var kept = new bool[bytes.Length];
            for (var at = 0; at < bytes.Length;)
            {
                var length = Math.Min(bytes.Length - at, random.Next(4) == 0 ? random.Next(1, 60) : random.Next(100, 1400));
                if (random.NextDouble() < loss) pending[(int)direction] += length;
                else Deliver(conversation, direction, bytes.AsSpan(at, length), pending, kept.AsSpan(at, length));
                at += length;
            }

            survivors.AddRange(Survivors(run, kept));
        }

        conversation.EndOf(Direction.Forward).EndOf(Direction.Reverse).End();
        return survivors;
    }

    private static void Deliver(Conversation conversation, Direction direction, ReadOnlySpan<byte> segment, long[] pending, Span<bool> kept)
    {
        // A segment acknowledges what came before it in the other direction: gaps there are known first, as flow reassembly has it.
        foreach (var side in (Direction[])[direction ^ Direction.Reverse, direction])
        {
            if (pending[(int)side] > 0) conversation.Gap(side, pending[(int)side]);
            pending[(int)side] = 0;
        }

        conversation.Send(direction, segment);
        kept.Fill(true);
    }

    private static IEnumerable<(string, bool)> Survivors(List<(Direction Direction, byte[] Bytes, string Marker, bool IsRequest)> run, bool[] kept)
    {
        var at = 0;
        foreach (var message in run)
        {
            if (!kept.AsSpan(at, message.Bytes.Length).Contains(false)) yield return (message.Marker, message.IsRequest);
            at += message.Bytes.Length;
        }
    }

    private IEnumerable<List<(Direction Direction, byte[] Bytes, string Marker, bool IsRequest)>> Runs()
    {
        for (var at = 0; at < _messages.Count;)
        {
            var run = _messages.Skip(at).TakeWhile(m => m.Direction == _messages[at].Direction).ToList();
            at += run.Count;
            yield return run;
        }
    }

    private void Add(ref int at, int burst, Random random)
    {
        var first = at;
        for (var i = 0; i < burst; i++) _messages.Add((Direction.Forward, Request(at + i, random), (at + i).ToString(), true));
        for (var i = 0; i < burst; i++) _messages.Add((Direction.Reverse, Response(first + i, random), (first + i).ToString(), false));
        at += burst;
    }

    private static byte[] Request(int marker, Random random) => Encoding.Latin1.GetBytes(random.Next(4) switch
    {
        0 => $"POST /{marker} HTTP/1.1\r\nHost: x\r\nContent-Length: 200\r\n\r\n{new string('b', 200)}",
        _ => $"GET /{marker} HTTP/1.1\r\nHost: x\r\nX: {new string('h', random.Next(200))}\r\n\r\n",
    });

    private static byte[] Response(int marker, Random random)
    {
        var filler = new byte[random.Next(random.Next(3) == 0 ? 5000 : 300)];
        random.NextBytes(filler);
        var body = $"r{marker}:" + Encoding.Latin1.GetString(filler);
        return Encoding.Latin1.GetBytes(random.Next(3) switch
        {
            0 => $"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n{body.Length:x}\r\n{body}\r\n0\r\n\r\n",
            _ => $"HTTP/1.1 200 OK\r\nContent-Length: {body.Length}\r\n\r\n{body}",
        });
    }
}
