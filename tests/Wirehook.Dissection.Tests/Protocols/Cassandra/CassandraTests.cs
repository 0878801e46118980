using System.Text;
using System.Text.Json;
using Wirehook.Dissection.Engine;
using Wirehook.Packets.Flows;
using Wirehook.Tests;
using static Wirehook.Dissection.Tests.Protocols.Cassandra.CassandraSpeech;

namespace Wirehook.Dissection.Tests.Protocols.Cassandra;

/// <summary>The CQL binary protocol: numbers of streams, segments of version 5, compression, types, loss.</summary>
public class CassandraTests
{
    [Fact]
    public void Responses_find_their_request_in_any_order()
    {
        var speech = new CassandraSpeech().Client(Startup()).Server(Ready()).Client(Query("SELECT a FROM t", 1), Query("SELECT b FROM t", 2), Query("SELECT c FROM t", 3))
            .Server(Result(Rows("c"), 3), Result(Rows("a"), 1), Result(Rows("b"), 2));
        var items = speech.End()[1..];
        Assert.Equal(["SELECT c FROM t>c", "SELECT a FROM t>a", "SELECT b FROM t>b"], items.Select(i => Request(i, "query") + ">" + FirstValue(i)));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Version_5_carries_messages_in_segments(bool compressed)
    {
        var query = Query("SELECT name FROM shop.goods", 7, 5);
        var result = Result(Rows(new string('z', 300), "fig"), 7, 5);
        var speech = new CassandraSpeech().Client(Startup(5, compressed ? "lz4" : null)).Server(Ready(5));
        if (compressed) speech.Client(Segment(query, plain: 0)).Server(Segment(Lz4(result), plain: result.Length));
        else speech.Client(Segment(query)).Server(Segment(result[..100], selfContained: false), Segment(result[100..], selfContained: false));
        var both = Query("SELECT 1", 8, 5).Concat(Query("SELECT 2", 9, 5)).ToArray();
        speech.Client(compressed ? Segment(both, plain: 0) : Segment(both));
        var items = speech.End();
        Assert.Equal(["STARTUP", "QUERY", "QUERY", "QUERY"], items.Select(i => Request(i, "opcode")));
        Assert.Equal(2, items[1].GetProperty("response").GetProperty("rowCount").GetInt32());
        Assert.Equal("ONE", Request(items[1], "consistency"));
    }

    [Fact]
    public void Segments_are_found_in_the_middle_of_a_connection_and_behind_a_gap()
    {
        var first = Segment(Query("SELECT 1", 1, 5));
        var speech = new CassandraSpeech(port: 999, handshake: false).Client(first).Server(Segment(Result(Done, 1, 5)));
        speech.Client(Segment(Query("SELECT 2", 1, 5))[..20]);
        speech.Conversation.Gap(Direction.Forward, 500);
        speech.Client(Segment(Query("SELECT 3", 2, 5))).Server(Segment(Result(Done, 2, 5)));
        var items = speech.End();
        Assert.Equal(["SELECT 1", "SELECT 3"], items.Select(i => Request(i, "query")));
        Assert.All(items, i => Assert.False(i.TryGetProperty("error", out _)));
    }

    [Theory]
    [InlineData("lz4")]
    [InlineData("snappy")]
    public void Compressed_bodies_are_read(string algorithm)
    {
        byte[] Compress(byte[] body) => algorithm == "lz4" ? [.. Int(body.Length), .. Lz4(body)] : Snappy(body);
        var query = Message(4, 7, 1, Compress([.. LongText("SELECT name FROM shop.goods"), 0, 1, 0]), flags: 1);
        var result = Message(0x84, 8, 1, Compress(Rows("fig")), flags: 1);
        var items = new CassandraSpeech().Client(Startup(compression: algorithm)).Server(Ready()).Client(query).Server(result).End();
        Assert.Equal(("SELECT name FROM shop.goods", "fig"), (Request(items[1], "query"), FirstValue(items[1])));
    }

    [Fact]
    public void Statements_prepared_on_one_connection_are_known_on_another()
    {
        byte[] id = [1, 2, 3, 4];
        byte[] shortId = [0, 4, .. id];
        byte[] prepared = [.. Int(4), .. shortId, .. Int(1), .. Int(1), .. Int(0), .. Text("shop"), .. Text("goods"), .. Text("id"), 0, 9, .. Int(4), .. Int(0)];
        var flows = new ManyFlows();
        var (first, second) = (flows.Open(port: 9042), flows.Open(port: 9042));
        Play(first, Startup(), Ready(), Message(4, 9, 1, LongText("DELETE FROM goods WHERE id = ?")), Result(prepared, 1));
        Play(second, Startup(), Ready(), Message(4, 10, 1, [.. shortId, 0, 1, 1, 0, 1, .. Int(4), .. Int(42)]), Result(Done, 1));
        var item = JsonDocument.Parse(Conversation.ToJson(flows.Items[^1])).RootElement;
        Assert.Equal("DELETE FROM goods WHERE id = ?", Request(item, "query"));
        Assert.Equal("42", item.GetProperty("request").GetProperty("parameters")[0].GetString());
    }

    [Fact]
    public void Behind_a_gap_a_number_used_again_pairs_nothing_wrong()
    {
        var speech = new CassandraSpeech().Client(Startup()).Server(Ready()).Client(Query("SELECT lost", 1));
        speech.Conversation.Gap(Direction.Reverse, 40);
        speech.Conversation.Gap(Direction.Forward, 40);
        speech.Server(Result(Rows("of another"), 1)).Client(Query("SELECT next", 1)).Server(Result(Rows("next"), 1));
        var items = speech.End();
        Assert.Equal("gap", items[1].GetProperty("error").GetProperty("type").GetString());
        Assert.Equal("gap", items[2].GetProperty("error").GetProperty("type").GetString());
        Assert.Equal(("SELECT next", "next"), (Request(items[3], "query"), FirstValue(items[3])));
    }

    [Fact]
    public void Warnings_and_tracing_stand_in_front_of_the_body()
    {
        byte[] body = [.. Enumerable.Repeat((byte)0x11, 16), 0, 1, .. Text("slow"), .. Rows("fig")];
        var item = new CassandraSpeech().Client(Startup()).Server(Ready()).Client(Query("SELECT name", 1)).Server(Message(0x84, 8, 1, body, flags: 0x0a)).End()[1];
        var response = item.GetProperty("response");
        Assert.Equal(("11111111-1111-1111-1111-111111111111", "slow", "fig"), (response.GetProperty("tracingId").GetString(), response.GetProperty("warnings")[0].GetString(), FirstValue(item)));
    }

    [Fact]
    public void Values_of_all_types_read_as_text()
    {
        (byte[] Type, byte[] Value, string Text)[] values =
        [
            ([0, 2], [0, 0, 0, 1, 0, 0, 0, 0], "4294967296"), ([0, 3], [0, 255], "0x00ff"), ([0, 4], [1], "true"), ([0, 6], [0, 0, 0, 2, 255, 131], "-1.25"),
            ([0, 7], [0x3f, 0xf8, 0, 0, 0, 0, 0, 0], "1.5"), ([0, 14], [255, 0], "-256"), ([0, 16], [127, 0, 0, 1], "127.0.0.1"), ([0, 17], [0x80, 0, 0, 1], "1970-01-02"),
            ([0, 18], [0, 0, 0, 0, 0x3b, 0x9a, 0xca, 1], "00:00:01.000000001"), ([0, 19], [255, 254], "-2"), ([0, 20], [255], "-1"),
            ([0, 0x20, 0, 9], [.. Int(2), .. Int(4), .. Int(1), .. Int(4), .. Int(2)], "[1, 2]"),
            ([0, 0x31, 0, 2, 0, 9, 0, 13], [.. Int(4), .. Int(5), .. LongText("it's")], "(5, 'it''s')"),
            ([0, 0x30, .. Text("shop"), .. Text("money"), 0, 1, .. Text("cents"), 0, 9], [.. Int(4), .. Int(99)], "{cents: 99}"),
        ];
        byte[] body = [.. Int(2), .. Int(1), .. Int(values.Length), .. Text("k"), .. Text("t"), .. values.SelectMany(v => (byte[])[.. Text("c"), .. v.Type]), .. Int(1),
            .. values.SelectMany(v => (byte[])[.. Int(v.Value.Length), .. v.Value])];
        var item = new CassandraSpeech().Client(Startup()).Server(Ready()).Client(Query("SELECT all", 1)).Server(Result(body, 1)).End()[1];
        Assert.Equal(values.Select(v => v.Text), item.GetProperty("response").GetProperty("rows")[0].EnumerateArray().Select(v => v.GetString()));
    }

    [Fact]
    public void A_long_message_is_cut_and_what_follows_is_read()
    {
        var speech = new CassandraSpeech(options: new DissectionOptions { BodyLimit = 1000 }).Client(Startup()).Server(Ready())
            .Client(Query("SELECT '" + new string('x', 5000) + "'", 1)).Server(Result(Done, 1)).Client(Query("SELECT 2", 1)).Server(Result(Done, 1));
        var items = speech.End();
        Assert.True(items[1].GetProperty("request").GetProperty("truncated").GetBoolean());
        Assert.StartsWith("SELECT 'xxx", Request(items[1], "query"), StringComparison.Ordinal);
        Assert.Equal("SELECT 2", Request(items[2], "query"));
    }

    [Theory]
    [InlineData("GET / HTTP/1.1\r\nHost: a\r\n\r\n")]
    [InlineData("\u0004\0\0\u0001\u0007\0\0\0\u0005hello")]
    [InlineData("\u0003\0\0\u0013\u000e\u00e0\0\0\0\0\0\u0001\0\u0008\0\u000b\0\0\0")]
    public void Other_protocols_bytes_are_not_claimed(string bytes)
    {
        foreach (ushort port in new ushort[] { 9042, 8000 })
        {
            var speech = new CassandraSpeech(port).Client(Encoding.Latin1.GetBytes(bytes)).Server(Encoding.Latin1.GetBytes(bytes));
            Assert.DoesNotContain(speech.End(), i => i.GetProperty("protocol").GetProperty("name").GetString() == "cassandra");
        }
    }

    /// <summary>The corpus has no CQL traffic, so that there is nothing to count; nor may anything be claimed there.</summary>
    [CorpusFact]
    public void Nothing_in_the_corpus_is_taken_for_cql()
    {
        foreach (var line in File.ReadLines(Path.Combine(RepositoryFiles.Corpus!, "truth.tsv")).Skip(1))
        {
            var name = line.Split('\t')[0];
            Assert.DoesNotContain(CaptureReplay.Read(Path.Combine(RepositoryFiles.Corpus!, name)).Items, i => i.Protocol.Name == "cassandra");
        }
    }

    private static void Play(IFlowHandler flow, params byte[][] messages)
    {
        foreach (var message in messages) flow.OnData((message[0] & 0x80) != 0 ? Direction.Reverse : Direction.Forward, message, ManyFlows.At(1));
    }

    private static string? Request(JsonElement item, string field) => item.GetProperty("request").TryGetProperty(field, out var value) ? value.GetString() : null;

    private static string? FirstValue(JsonElement item) => item.GetProperty("response").GetProperty("rows")[0][0].GetString();
}
