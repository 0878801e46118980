using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Wirehook.Dissection.Engine;
using Wirehook.Dissection.Protocols.MySql;
using Wirehook.Packets.Flows;
using static Wirehook.Dissection.Tests.Protocols.MySql.MySqlSpeech;

namespace Wirehook.Dissection.Tests.Protocols.MySql;

/// <summary>What the servers and clients of the captures do not send, or what is hard to capture: both ends of results, long packets, statements' odds and ends, loss.</summary>
public class MySqlTests
{
    [Theory]
    [InlineData(Classic)]
    [InlineData(Classic | DeprecateEof)]
    public void Results_end_by_eof_or_by_ok(uint capabilities)
    {
        var deprecated = (capabilities & DeprecateEof) != 0;
        byte[] end = deprecated ? [0xfe, 0, 0, 2, 0, 0, 0] : Eof;
        byte[][] result = deprecated ? [[1], Column("a"), Text("x"), [0xfb], end] : [[1], Column("a"), Eof, Text("x"), [0xfb], end];
        var items = new MySqlSpeech().LogIn(capabilities).Client(Query("SELECT a FROM goods")).Server(Answer(result)).Client(Query("SELECT 2")).Server(Answer(Ok)).End();
        Assert.Equal(3, items.Length);
        var rows = items[1].GetProperty("response").GetProperty("results")[0].GetProperty("rows");
        Assert.Equal(["x", null], rows.EnumerateArray().Select(r => r[0].GetString()));
        Assert.All(items, i => Assert.False(i.TryGetProperty("error", out _)));
    }

    [Fact]
    public void Secrets_of_the_login_are_in_no_item()
    {
        var items = new MySqlSpeech().LogIn().Client(Packet(0, [17, .. "eve\0\u0006secret"u8, .. "mysql\0"u8])).Server(Answer([0xfe, .. "caching_sha2_password\0abc"u8]))
            .Client(Packet(2, [.. "proof of secret"u8])).Server(Packet(3, Ok)).Client(Query("SELECT 1")).Server(Answer(Ok)).End();
        Assert.DoesNotContain(items, i => i.ToString().Contains("sesame", StringComparison.Ordinal) || i.ToString().Contains("secret", StringComparison.Ordinal));
        Assert.Equal(["Login", "COM_CHANGE_USER", "COM_QUERY"], items.Select(i => Request(i, "command")));
        Assert.Equal("caching_sha2_password", items[1].GetProperty("response").GetProperty("authPlugin").GetString());
        Assert.Equal("eve", Request(items[2], "user"));
    }

    [Fact]
    public void A_request_for_tls_hands_the_stream_over_and_the_login_inside_is_read()
    {
        byte[] request = Packet(1, [.. Little(Classic | 0x800), 0, 0, 0, 1, 33, .. new byte[23]]);
        var speech = new MySqlSpeech(port: 4000).Server(Greeting()).Client(request);
        var items = speech.End();
        Assert.Equal("SSLRequest", Request(items.Single(), "command"));
        Assert.Equal("8.0.36", items[0].GetProperty("response").GetProperty("serverVersion").GetString());
    }

    [Fact]
    public void Packets_that_tell_nothing_are_not_weighed_for_ever()
    {
        // A command of which nothing but its number is known, many times, and the beginning of another one: waiting for more would weigh all of them anew.
        byte[] packets = [.. Enumerable.Range(0, 1000).SelectMany(_ => Command(0x0d)), 1];
        Assert.True(MySqlCheck.Weigh(packets, server: false, out var incomplete) < MySqlCheck.Strong);
        Assert.False(incomplete);
    }

    [Fact]
    public void A_refused_connection_says_why()
    {
        var item = new MySqlSpeech().Server(Packet(0, [0xff, 0x6a, 4, .. "Host '10.0.0.1' is not allowed to connect"u8])).End().Single();
        Assert.Equal(1130, item.GetProperty("response").GetProperty("errorCode").GetInt32());
    }

    [Fact]
    public void Parameters_sent_ahead_and_types_told_earlier_are_known()
    {
        byte[] prepared = [0, 5, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0];
        byte[] typed = [23, 5, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 3, 0, 0xfd, 0, 7, 0, 0, 0, 2, (byte)'h', (byte)'i'];
        byte[] untyped = [23, 5, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 8, 0, 0, 0];
        var items = new MySqlSpeech().LogIn().Client(Command(22, "INSERT INTO t VALUES (?, ?)")).Server(Answer(prepared, Column("?"), Column("?"), Eof))
            .Client(Packet(0, typed)).Server(Answer(Ok))
            .Client(Packet(0, [24, 5, 0, 0, 0, 1, 0, .. "ahead"u8]), Packet(0, untyped)).Server(Answer(Ok)).End();
        Assert.Equal(["7", "hi"], Parameters(items[2]));
        Assert.Equal("COM_STMT_SEND_LONG_DATA", Request(items[3], "command"));
        Assert.Equal(["8", null], Parameters(items[4]));
        Assert.All(items[2..], i => Assert.Equal("INSERT INTO t VALUES (?, ?)", Request(i, "query")));
    }

    [Fact]
    public void A_cursor_is_executed_without_rows_and_fetched_in_portions()
    {
        byte[] prepared = [0, 1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0];
        byte[] row = [0, 0, 9, 0, 0, 0];
        byte[] cursorOpen = [0xfe, 0, 0, 0x42, 0];
        byte[] execute = [23, 1, 0, 0, 0, 1, 1, 0, 0, 0];
        byte[] fetch = [28, 1, 0, 0, 0, 2, 0, 0, 0];
        var items = new MySqlSpeech().LogIn().Client(Command(22, "SELECT n FROM t")).Server(Answer(prepared, Column("n", 3), Eof))
            .Client(Packet(0, execute)).Server(Answer([1], Column("n", 3), cursorOpen))
            .Client(Packet(0, fetch)).Server(Answer(row, row, cursorOpen)).Client(Packet(0, fetch)).Server(Answer([0xfe, 0, 0, 0x82, 0])).End();
        Assert.Equal([2, 0], items[^2..].Select(i => i.GetProperty("response").GetProperty("rowCount").GetInt32()));
        Assert.All(items, i => Assert.False(i.TryGetProperty("error", out _)));
    }

    [Fact]
    public void A_payload_of_16_mebibytes_goes_on_in_the_next_packet()
    {
        var speech = new MySqlSpeech().LogIn();
        var query = new byte[0xff_ffff];
        "\u0003SELECT '"u8.CopyTo(query);
        query.AsSpan(9).Fill((byte)'x');
        var rest = new byte[100];
        rest.AsSpan().Fill((byte)'y');
        byte[] wire = [.. Packet(0, query), .. Packet(1, rest)];
        foreach (var part in wire.Chunk(1 << 20)) speech.Client(part);
        var items = speech.Server(Packet(2, Ok)).Client(Query("SELECT 2")).Server(Answer(Ok)).End();
        Assert.Equal(wire.Length, items[1].GetProperty("requestSize").GetInt64());
        Assert.True(items[1].GetProperty("request").GetProperty("truncated").GetBoolean());
        Assert.True(items[1].GetProperty("response").GetProperty("success").GetBoolean());
        Assert.Equal("SELECT 2", Request(items[2], "query"));
    }

    [Fact]
    public void Compressed_packets_are_read_however_packets_lie_in_them()
    {
        const uint capabilities = Classic | 0x20;
        var answer = Answer([1], Column("a"), Eof, Text(new string('z', 200)), Eof);
        var speech = new MySqlSpeech().LogIn(capabilities).Client(Compressed(Query("SELECT repeat('z', 200)")));
        for (var at = 0; at < answer.Length; at += 60) speech.Server(Compressed(answer.AsSpan(at, Math.Min(60, answer.Length - at)).ToArray(), at % 120 == 0));
        var items = speech.End();
        Assert.Equal(new string('z', 200), items[1].GetProperty("response").GetProperty("results")[0].GetProperty("rows")[0][0].GetString());
    }

    [Fact]
    public void Query_attributes_are_told_from_the_query()
    {
        byte[] query = [3, 1, 1, 0, 1, 0xfd, 0, .. Text("trace"), .. Text("4711"), .. "SELECT 1"u8];
        var item = new MySqlSpeech().LogIn(Classic | (1 << 27)).Client(Packet(0, query)).Server(Answer(Ok)).End()[1];
        Assert.Equal("SELECT 1", Request(item, "query"));
        Assert.Equal("4711", item.GetProperty("request").GetProperty("attributes").GetProperty("trace").GetString());
    }

    [Fact]
    public void Behind_a_gap_the_rest_of_an_answer_is_passed_over()
    {
        var speech = new MySqlSpeech().LogIn().Client(Query("SELECT a FROM goods"));
        var answer = Answer([1], Column("a"), Eof, Text("first"), Text("second"), Eof);
        speech.Server(answer[..10]);
        speech.Conversation.Gap(Direction.Reverse, 70);
        speech.Server(answer[80..]).Client(Query("SELECT 2")).Server(Answer(Error(1146, "42S02", "no table")));
        var items = speech.End();
        Assert.Equal("gap", items[1].GetProperty("error").GetProperty("type").GetString());
        Assert.Equal(("SELECT 2", 1146), (Request(items[^1], "query"), items[^1].GetProperty("response").GetProperty("errorCode").GetInt32()));
    }

    [Fact]
    public void Either_side_is_found_in_the_middle_of_a_connection_on_any_port()
    {
        var client = new MySqlSpeech(port: 999, handshake: false).Client(Query("SELECT 1")).Client(Query("UPDATE t SET a = 1"));
        Assert.Equal(["SELECT 1", "UPDATE t SET a = 1"], client.End().Select(i => Request(i, "query")));
        var server = new MySqlSpeech(port: 999, handshake: false).Server(Answer([1], Column("a"), Eof, Text("x"), Eof)).End().Single();
        Assert.Equal(1, server.GetProperty("response").GetProperty("rowCount").GetInt32());
    }

    [Fact]
    public void The_server_is_known_though_its_packet_came_first()
    {
        var speech = new MySqlSpeech(port: 999, handshake: false);
        speech.Conversation.Send(Direction.Forward, Greeting());
        speech.Conversation.Send(Direction.Reverse, Login(Classic));
        speech.Conversation.Send(Direction.Forward, Packet(2, Ok));
        speech.Conversation.Send(Direction.Reverse, Query("SELECT 2"));
        speech.Conversation.Send(Direction.Forward, Answer(Ok));
        var items = speech.End();
        Assert.Equal(["Login", "COM_QUERY"], items.Select(i => Request(i, "command")));
        Assert.All(items, i => Assert.Equal("999", i.GetProperty("src").GetProperty("port").GetString()));
    }

    [Fact]
    public void Long_results_are_counted_and_their_first_rows_kept()
    {
        byte[][] packets = [[1], Column("a"), Eof, .. Enumerable.Range(0, 1000).Select(i => Text("row " + i)), Eof];
        var speech = new MySqlSpeech(options: new DissectionOptions { BodyLimit = 4096 }).LogIn().Client(Query("SELECT a FROM goods")).Server(Answer(packets));
        var result = speech.End()[1].GetProperty("response").GetProperty("results")[0];
        Assert.Equal(1000, result.GetProperty("rowCount").GetInt32());
        Assert.Equal(20, result.GetProperty("rows").GetArrayLength());
    }

    [Theory]
    [InlineData("GET / HTTP/1.1\r\nHost: a\r\n\r\n")]
    [InlineData("\u0005\0\0\0\u0003hello, world")]
    [InlineData("\u0001\0\0\0\u000e")]
    [InlineData("SSH-2.0-OpenSSH_9.6\r\n")]
    public void Other_protocols_bytes_are_not_claimed(string bytes)
    {
        foreach (ushort port in new ushort[] { 3306, 8000 })
        {
            var speech = new MySqlSpeech(port).Client(Encoding.Latin1.GetBytes(bytes)).Server(Encoding.Latin1.GetBytes(bytes));
            Assert.DoesNotContain(speech.End(), i => i.GetProperty("protocol").GetProperty("name").GetString() == "mysql");
        }
    }

    private static byte[] Compressed(byte[] packets, bool plain = false)
    {
        if (plain) return [(byte)packets.Length, (byte)(packets.Length >> 8), 0, 0, 0, 0, 0, .. packets];
        var output = new MemoryStream();
        using (var zlib = new ZLibStream(output, CompressionLevel.Optimal, leaveOpen: true)) zlib.Write(packets);
        var body = output.ToArray();
        return [(byte)body.Length, (byte)(body.Length >> 8), 0, 0, (byte)packets.Length, (byte)(packets.Length >> 8), 0, .. body];
    }

    private static string? Request(JsonElement item, string field) => item.GetProperty("request").TryGetProperty(field, out var value) ? value.GetString() : null;

    private static IEnumerable<string?> Parameters(JsonElement item) => item.GetProperty("request").GetProperty("parameters").EnumerateArray().Select(p => p.GetString());
}
