using System.Text;
using Wirehook.Dissection.Secrets;

namespace Wirehook.Dissection.Tests.Secrets;

/// <summary>Key logs: what of their text counts, in pieces of any size, and how those who wait learn of secrets.</summary>
public class KeyLogTests
{
    private static readonly string RandomText = new('a', 64);
    private static readonly ClientRandom Random = ClientRandom.From(Enumerable.Repeat((byte)0xAA, 32).ToArray());

    [Fact]
    public void Secrets_are_read_by_label()
    {
        var log = Read($"# a comment\nCLIENT_RANDOM {RandomText} {new string('1', 96)}\r\nSERVER_TRAFFIC_SECRET_0 {RandomText} {new string('B', 64)}\n", out var reader);
        var secrets = log.Find(Random)!;
        Assert.Equal(48, secrets.Find(SecretKind.Master)!.Length);
        Assert.Equal(Enumerable.Repeat((byte)0xBB, 32), secrets.Find(SecretKind.ServerTraffic));
        Assert.Null(secrets.Find(SecretKind.ClientTraffic));
        Assert.Equal((2, 1), (reader.Secrets, log.Count));
    }

    [Theory]
    [InlineData("CLIENT_RANDOM {0}")]
    [InlineData("CLIENT_RANDOM {0} zz")]
    [InlineData("CLIENT_RANDOM {0} 111")]
    [InlineData("EXPORTER_SECRET {0} 11111111111111111111111111111111")]
    [InlineData("client_random {0} 11111111111111111111111111111111")]
    [InlineData("CLIENT_RANDOM  {0} 11111111111111111111111111111111")]
    [InlineData(" ")]
    [InlineData("CLIENT_RANDOM aa 11111111111111111111111111111111")]
    public void Other_lines_are_passed_over(string line) => Assert.Equal(0, Read(string.Format(line, RandomText) + "\n", out _).Count);

    [Fact]
    public void Any_pieces_of_the_text_give_the_same_secrets()
    {
        var text = new StringBuilder();
        for (var i = 0; i < 40; i++) text.Append($"CLIENT_HANDSHAKE_TRAFFIC_SECRET {i:x64} {i + 1:x96}{(i % 3 == 0 ? "\r\n" : "\n")}");
        text.Insert(300, new string('x', 5000) + "\n");
        var bytes = Encoding.ASCII.GetBytes(text.ToString());
        for (var seed = 0; seed < 50; seed++)
        {
            var (random, log) = (new Random(seed), new KeyLog());
            var reader = new KeyLogReader(log);
            for (var at = 0; at < bytes.Length;)
            {
                var length = Math.Min(random.Next(1, 1 << random.Next(1, 12)), bytes.Length - at);
                reader.Append(bytes.AsSpan(at, length));
                at += length;
            }

            Assert.Equal(39, reader.Secrets);
        }
    }

    [Fact]
    public void Those_who_wait_learn_of_what_they_wait_for_even_where_it_came_meanwhile()
    {
        var (log, news) = (new KeyLog(), new List<ClientRandom>());
        log.Await(Random, null);
        Assert.False(log.HasNews);
        log.Add(SecretKind.ServerHandshake, Random, new byte[32]);
        Assert.True(log.HasNews);
        log.TakeNews(news);
        Assert.Equal([Random], news);
        Assert.False(log.HasNews);
        log.Await(Random, SecretKind.ClientTraffic);
        Assert.False(log.HasNews);
        log.Await(Random, SecretKind.ServerHandshake);
        Assert.True(log.HasNews);
        log.Forgo(Random);
        log.Add(SecretKind.ClientTraffic, Random, new byte[32]);
        news.Clear();
        log.TakeNews(news);
        Assert.Empty(news);
    }

    [Fact]
    public void The_oldest_connections_are_forgotten_beyond_the_limit()
    {
        var log = new KeyLog(limit: 3);
        for (ulong i = 0; i < 5; i++) log.Add(SecretKind.Master, new ClientRandom(i, 0, 0, 0), new byte[48]);
        Assert.Equal((3, 2), (log.Count, log.Forgotten));
        Assert.Null(log.Find(new ClientRandom(1, 0, 0, 0)));
        Assert.NotNull(log.Find(new ClientRandom(2, 0, 0, 0)));
    }

    private static KeyLog Read(string text, out KeyLogReader reader)
    {
        var log = new KeyLog();
        reader = new KeyLogReader(log);
        reader.Append(Encoding.ASCII.GetBytes(text));
        reader.Complete();
        return log;
    }
}
