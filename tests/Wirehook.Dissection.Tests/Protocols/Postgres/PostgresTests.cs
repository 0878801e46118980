using System.Text;
using System.Text.Json;
using Wirehook.Dissection.Engine;
using Wirehook.Dissection.Protocols.Postgres;
using Wirehook.Packets.Flows;
using static Wirehook.Dissection.Tests.Protocols.Postgres.PostgresSpeech;

namespace Wirehook.Dissection.Tests.Protocols.Postgres;

/// <summary>What real clients seldom send, or what is hard to capture: pipelines that fail, long messages, binary values, loss.</summary>
public class PostgresTests
{
    [Fact]
    public void Behind_an_error_the_rest_of_the_pipeline_is_passed_over_and_the_next_one_answered()
    {
        var speech = Started()
            .Client(Parse("", "SELECT 1"), Bind("", ""), Execute(), Parse("", "SELECT 1/0"), Bind("", ""), Execute(), Parse("", "SELECT 3"), Bind("", ""), Execute(), Sync)
            .Client(Parse("", "SELECT 4"), Bind("", ""), Execute(), Sync)
            .Server(Message('1'), Message('2'), Done("SELECT 1"), Message('1'), Message('2'), Error("22012", "division by zero"), Ready())
            .Server(Message('1'), Message('2'), Done("SELECT 1"), Ready());
        var items = speech.End()[1..];
        Assert.Equal(["SELECT 1", "SELECT 1/0", "SELECT 3", "SELECT 4"], items.Select(i => Request(i, "query")));
        Assert.Equal(["SELECT 1", null, null, "SELECT 1"], items.Select(i => Response(i, "tag")));
        Assert.Equal("22012", Response(items[1], "errorCode"));
        Assert.False(items[1].GetProperty("response").GetProperty("success").GetBoolean());
        Assert.Contains("passed over", items[2].GetProperty("error").GetProperty("msg").GetString()!, StringComparison.Ordinal);
        Assert.False(items[3].TryGetProperty("error", out _));
    }

    [Fact]
    public void Pipelined_queries_get_the_answers_in_their_order()
    {
        var speech = Started().Client(Query("SELECT 1"), Query("SELECT 2"), Query("SELECT 3"))
            .Server(Done("SELECT 1"), Ready(), Done("SELECT 2"), Ready(), Done("SELECT 3"), Ready());
        Assert.Equal(["SELECT 1>SELECT 1", "SELECT 2>SELECT 2", "SELECT 3>SELECT 3"], speech.End()[1..].Select(i => Request(i, "query") + ">" + Response(i, "tag")));
    }

    [Fact]
    public void An_accepted_request_for_tls_hands_the_stream_over_and_the_session_inside_is_read()
    {
        var speech = new PostgresSpeech(port: 4000).Client([0, 0, 0, 8, 4, 210, 22, 47]).Server([(byte)'S'])
            .Client(Startup()).Server(Message('R', Int32(0)), Ready());
        var items = speech.End();
        Assert.Equal(["SSLRequest", "Startup"], items.Select(i => Request(i, "command")));
        Assert.Equal("tls", Response(items[0], "encryption"));
        Assert.Equal("trust", Response(items[1], "authentication"));
    }

    [Fact]
    public void A_cancel_request_names_the_process_and_not_the_secret()
    {
        var items = new PostgresSpeech().Client([0, 0, 0, 16, 4, 210, 22, 46, 0, 0, 1, 2, 9, 9, 9, 9]).End();
        Assert.Equal(258, items.Single().GetProperty("request").GetProperty("processId").GetInt32());
        Assert.False(items[0].TryGetProperty("error", out _));
        Assert.DoesNotContain("151587081", items[0].ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Passwords_are_in_no_item()
    {
        var speech = new PostgresSpeech().Client(Startup()).Server(Message('R', Int32(3))).Client(Message('p', Text("sesame"))).Server(Message('R', Int32(0)), Ready());
        var item = speech.End().Single();
        Assert.Equal("password", Response(item, "authentication"));
        Assert.DoesNotContain("sesame", item.ToString(), StringComparison.Ordinal);
        Assert.Equal(2, item.GetProperty("request").GetProperty("messages").GetInt32());
    }

    [Fact]
    public void Binary_values_read_as_the_server_would_write_them()
    {
        (int Type, byte[]? Value, string? Text)[] values =
        [
            (16, [1], "t"), (21, [255, 254], "-2"), (23, [0, 0, 1, 0], "256"), (20, [0, 0, 0, 1, 0, 0, 0, 0], "4294967296"), (701, [0x3f, 0xf8, 0, 0, 0, 0, 0, 0], "1.5"),
            (1082, [0, 0, 0x22, 0x79], "2024-02-29"), (1114, [0, 0, 0, 0, 0, 15, 66, 65], "2000-01-01 00:00:01.000001"), (1184, [0, 0, 0, 0, 0, 0, 0, 0], "2000-01-01 00:00:00+00"),
            (2950, [0, 17, 34, 51, 68, 85, 102, 119, 136, 153, 170, 187, 204, 221, 238, 255], "00112233-4455-6677-8899-aabbccddeeff"),
            (1700, [0, 2, 0, 0, 64, 0, 0, 2, 0, 1, 9, 196], "-1.25"), (1700, [0, 1, 255, 255, 0, 0, 0, 4, 0, 5], "0.0005"), (3802, [1, 123, 125], "{}"),
            (17, [0, 255], "\\x00ff"), (99_999, [1, 2], "\\x0102"), (25, null, null),
        ];
        var speech = Started().Client(Query("SELECT binary"))
            .Server(Columns([.. values.Select(v => ("c", v.Type, 1))]), Row([.. values.Select(v => v.Value)]), Done("SELECT 1"), Ready());
        var row = speech.End()[1].GetProperty("response").GetProperty("results")[0].GetProperty("rows")[0];
        Assert.Equal(values.Select(v => v.Text), row.EnumerateArray().Select(v => v.GetString()));
    }

    [Fact]
    public void Long_queries_are_cut_long_rows_only_counted_and_what_follows_is_read()
    {
        var options = new DissectionOptions { BodyLimit = 1000 };
        var speech = Started(options).Client(Query("SELECT " + new string('x', 5000))).Server(Columns(("c", 25, 0)), Row(new byte[100_000]), Row("a"u8.ToArray()), Done("SELECT 2"), Ready())
            .Client(Query("SELECT 2")).Server(Done("SELECT 1"), Ready());
        var items = speech.End();
        Assert.True(items[1].GetProperty("request").GetProperty("truncated").GetBoolean());
        Assert.Equal(5013, items[1].GetProperty("requestSize").GetInt32());
        var result = items[1].GetProperty("response").GetProperty("results")[0];
        Assert.Equal(2, result.GetProperty("rowCount").GetInt32());
        Assert.Equal("SELECT 1", Response(items[2], "tag"));
    }

    [Fact]
    public void Numbers_behind_a_gap_are_no_start_of_a_session()
    {
        // Behind the gap lies the rest of a row of numbers, which reads as the length and the version of a session's start, and as nothing more.
        var speech = Started().Client(Query("SELECT 1")).Server(Done("SELECT 1"), Ready());
        speech.Conversation.Gap(Direction.Forward, 1000);
        speech.Client([0, 0, 0, 24, 0, 3, 0, 0, 0, 0, 0, 7, 0, 0, 0, 8, 0, 0, 0, 9, 0, 0, 0, 10], Query("SELECT 2")).Server(Done("SELECT 2"), Ready());
        var items = speech.End();
        Assert.Equal(["Startup", "Query", "Query"], items.Where(i => i.GetProperty("request").ValueKind == JsonValueKind.Object).Select(i => Request(i, "command")));
    }

    [Fact]
    public void A_short_notification_is_no_message()
    {
        byte[] tooShort = [(byte)'A', 0, 0, 0, 6, 1, 2];
        Assert.Equal(-1, PostgresCheck.Weigh(tooShort, server: true, out _));
    }

    [Fact]
    public void A_gap_within_a_long_message_costs_only_the_pair_that_it_hits()
    {
        var speech = Started().Client(Query("SELECT 1"));
        var row = Row(new byte[3000]);
        speech.Server(Columns(("c", 25, 0)), row[..100]);
        speech.Conversation.Gap(Direction.Reverse, 2000);
        speech.Server(row[2100..], Done("SELECT 1"), Ready()).Client(Query("SELECT 2")).Server(Done("SELECT 2"), Ready());
        var items = speech.End();
        Assert.Equal("gap", items[1].GetProperty("error").GetProperty("type").GetString());
        var last = items[^1];
        Assert.Equal(("SELECT 2", "SELECT 2"), (Request(last, "query"), Response(last, "tag")));
        Assert.Equal(0, speech.Conversation.Loss("resync"));
    }

    [Fact]
    public void A_long_transaction_is_found_in_its_middle_by_either_side_alone()
    {
        var client = new PostgresSpeech(port: 999, handshake: false).Client(Query("SELECT 1"), Query("UPDATE t SET a = 2"));
        Assert.Equal(["SELECT 1", "UPDATE t SET a = 2"], client.End().Select(i => Request(i, "query")));
        var server = new PostgresSpeech(port: 999, handshake: false).Server(Columns(("c", 25, 0)), Row("x"u8.ToArray()), Done("SELECT 1"), Ready());
        Assert.Equal("SELECT 1", Response(server.End().Single(), "tag"));
    }

    [Fact]
    public void A_failed_copy_says_why()
    {
        var speech = Started().Client(Query("COPY t FROM STDIN")).Server(Message('G', [0], Int16(1), Int16(0)))
            .Client(Message('d', "abc"u8.ToArray()), Message('f', Text("no more"))).Server(Error("57014", "COPY from stdin failed: no more"), Ready());
        var item = speech.End()[1];
        var copy = item.GetProperty("request").GetProperty("copy");
        Assert.Equal((3, "no more"), (copy.GetProperty("bytes").GetInt32(), copy.GetProperty("failure").GetString()));
        Assert.Equal("57014", Response(item, "errorCode"));
    }

    [Fact]
    public void The_server_is_known_though_its_packet_came_first()
    {
        var speech = new PostgresSpeech(port: 999, handshake: false);
        speech.Conversation.Send(Direction.Forward, [.. Columns(("c", 25, 0)), .. Row("x"u8.ToArray()), .. Done("SELECT 1"), .. Ready()]);
        speech.Conversation.Send(Direction.Reverse, Query("SELECT 2"));
        speech.Conversation.Send(Direction.Forward, [.. Done("SELECT 1"), .. Ready()]);
        var items = speech.End();
        Assert.Equal("SELECT 2", Request(items[^1], "query"));
        Assert.Equal("999", items[^1].GetProperty("src").GetProperty("port").GetString());
    }

    [Theory]
    [InlineData("GET / HTTP/1.1\r\nHost: a\r\n\r\n")]
    [InlineData("SSH-2.0-OpenSSH_9.6\r\n")]
    [InlineData("S\0\0\0\u0004")]
    [InlineData("\0\0\0\u0010\0\u0003\0\u0001\0\0\0\0\0\0\0\0")]
    [InlineData("\0\0\0\u0022\0\u0003\0\0\0\0\0\u0001\0\u0004user")]
    public void Other_protocols_bytes_are_not_claimed(string bytes)
    {
        foreach (ushort port in new ushort[] { 5432, 8000 })
        {
            var speech = new PostgresSpeech(port).Client(Encoding.Latin1.GetBytes(bytes)).Server(Encoding.Latin1.GetBytes(bytes));
            Assert.DoesNotContain(speech.End(), i => i.GetProperty("protocol").GetProperty("name").GetString() == "postgresql");
        }
    }

    private static PostgresSpeech Started(DissectionOptions? options = null) =>
        new PostgresSpeech(options: options).Client(Startup()).Server(Message('R', Int32(0)), Message('K', Int32(7), Int32(8)), Ready());

    private static string? Request(JsonElement item, string field) => Member(item, "request", field);

    private static string? Response(JsonElement item, string field) => Member(item, "response", field);

    private static string? Member(JsonElement item, string side, string field) => item.GetProperty(side).TryGetProperty(field, out var value) ? value.GetString() : null;
}
