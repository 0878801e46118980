using System.Text;
using Wirehook.Dissection.Items;
using Wirehook.Packets.Flows;

namespace Wirehook.Dissection.Tests.Protocols.Http;

/// <summary>The same bytes give the same items in whatever pieces they come, and no bytes make dissection fail.</summary>
public class HttpRobustnessTests
{
    private const string Client = "GET /1?a=b HTTP/1.1\r\nHost: x\r\nCookie: a=b\r\n\r\nPOST /2 HTTP/1.1\r\nTransfer-Encoding: chunked\r\nContent-Type: multipart/form-data; boundary=B\r\n\r\n"
        + "3;x\r\nabc\r\n0\r\nT: 1\r\n\r\nHEAD /3 HTTP/1.0\r\n\r\nPUT /4 HTTP/1.1\nContent-Length: 4\n\nbodyGET /5 HTTP/1.1\r\nUpgrade: websocket\r\n\r\n";

    private const string Server = "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 5\r\nSet-Cookie: c=d\r\n\r\nhelloHTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
        + "5\r\nworld\r\n0\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 999\r\n\r\nHTTP/1.1 304 Not Modified\r\n\r\nHTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n\u0081\u0005Hello";

    [Fact]
    public void Slicing_changes_nothing()
    {
        var whole = Play(Client, Server, _ => int.MaxValue);
        Assert.Equal(5, whole.Count);
        Assert.Equal(whole, Play(Client, Server, _ => 1));
        for (var seed = 0; seed < 200; seed++) Assert.Equal(whole, Play(Client, Server, new Random(seed).Next(1, 30) switch { var most => new Func<Random, int>(r => r.Next(1, most + 1)) }, seed));
    }

    [Fact]
    public void Mutated_conversations_never_throw()
    {
        var text = new StringBuilder();
        for (var seed = 0; seed < 34_000; seed++)
        {
            var random = new Random(seed);
            var options = new Engine.DissectionOptions { HeadLimit = 400, BodyLimit = 64, PendingLimit = 4, BufferLimit = 600, DetectionLimit = 300, MemoryLimit = random.Next(3) == 0 ? 1500 : 1 << 20 };
            var conversation = new Conversation(options, handshake: random.Next(2) == 0);
            Send(conversation, Direction.Forward, Mutate(Client, random), random);
            if (random.Next(4) == 0) conversation.Engine.AdvanceTo(new Packets.Timestamp(long.MaxValue / 2));
            Send(conversation, Direction.Reverse, Mutate(Server, random), random);
            Send(conversation, Direction.Forward, Mutate(Client, random), random);
            if (random.Next(2) == 0) conversation.EndOf(random.Next(2) == 0 ? Direction.Forward : Direction.Reverse);
            foreach (var item in conversation.End((FlowEnd)random.Next(6))) ItemJson.Write(item, text.Clear());
            Assert.Equal(0, conversation.Engine.Memory.Bytes);
        }
    }

    private static byte[] Mutate(string source, Random random)
    {
        var bytes = Encoding.Latin1.GetBytes(source);
        for (var i = random.Next(1, 6); i > 0; i--)
        {
            var at = random.Next(bytes.Length);
            switch (random.Next(4))
            {
                case 0:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 1:
                    bytes = [.. bytes[..at], .. bytes[Math.Min(bytes.Length, at + random.Next(1, 40))..], (byte)'\n'];
                    break;
                case 2:
                    bytes = [.. bytes[..at], .. bytes[random.Next(at + 1)..]];
                    break;
                default:
                    bytes[at] = "\r\n :0"u8[random.Next(5)];
                    break;
            }
        }

        return bytes;
    }

    private static void Send(Conversation conversation, Direction direction, byte[] bytes, Random random)
    {
        for (var at = 0; at < bytes.Length;)
        {
            var length = Math.Min(bytes.Length - at, random.Next(1, 300));
            if (random.Next(30) == 0) conversation.Gap(direction, length);
            else conversation.Send(direction, bytes.AsSpan(at, length));
            at += length;
        }
    }

    private static List<string> Play(string client, string server, Func<Random, int> slice, int seed = 0)
    {
        var conversation = new Conversation();
        var random = new Random(seed);
        foreach (var (direction, text) in new[] { (Direction.Forward, client), (Direction.Reverse, server) })
        {
            var bytes = Encoding.Latin1.GetBytes(text);
            for (var at = 0; at < bytes.Length;)
            {
                var length = Math.Min(bytes.Length - at, slice(random));
                conversation.Send(direction, bytes.AsSpan(at, length), tick: false);
                at += length;
            }
        }

        return [.. conversation.End().Where(i => i.Protocol.Name == "http").Select(Conversation.ToJson)];
    }
}
