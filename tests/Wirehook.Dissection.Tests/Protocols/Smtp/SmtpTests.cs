using System.Text.Json;
using Wirehook.Dissection.Protocols.Smtp;
using Wirehook.Packets.Flows;

namespace Wirehook.Dissection.Tests.Protocols.Smtp;

public class SmtpTests
{
    private const ushort Port = 25;

    [Fact]
    public void A_mail_is_one_item_with_its_envelope()
    {
        var conversation = Greeted()
            .Client("MAIL FROM:<ada@example.org> SIZE=300\r\n").Server("250 2.1.0 Ok\r\n").Client("RCPT TO:<bob@example.net>\r\n").Server("250 Ok\r\n")
            .Client("DATA\r\n").Server("354 Go ahead\r\n").Client("Subject: Tea\r\nX: 1\r\nx: 2\r\n\r\nHello\r\n..dot\r\n.\r\n").Server("250 2.0.0 Queued\r\n");
        conversation.End();
        var data = Parse(conversation.Json[^1]);
        Assert.Equal(
            """{"body":"Hello\r\n.dot\r\n","encoding":"utf8","from":"ada@example.org","headers":{"Subject":"Tea","X":"1,2"},"size":42,"to":["bob@example.net"]}""",
            data.GetProperty("request").GetProperty("mail").GetRawText());
        Assert.Equal("""{"code":250,"enhancedCode":"2.0.0","interimCode":354,"lines":["2.0.0 Queued"],"text":"2.0.0 Queued"}""", data.GetProperty("response").GetRawText());
        Assert.Equal((51, 18), (data.GetProperty("requestSize").GetInt32(), data.GetProperty("responseSize").GetInt32()));
        Assert.All(conversation.Items, i => Assert.Null(i.Error));
        var statistics = conversation.Engine.Statistics.Single(s => s.Protocol == "smtp");
        Assert.Equal((4, 6), (statistics.Requests, statistics.Responses));
    }

    [Fact]
    public void A_mail_keeps_its_envelope_when_the_next_one_is_sent_before_its_reply()
    {
        var conversation = Greeted().Client("MAIL FROM:<a@b>\r\nRCPT TO:<c@d>\r\nDATA\r\n").Server("250 1\r\n250 2\r\n354 3\r\n")
            .Client("\r\nx\r\n.\r\nMAIL FROM:<e@f>\r\nRCPT TO:<g@h>\r\nDATA\r\n").Server("250 4\r\n250 5\r\n250 6\r\n354 7\r\n").Client("\r\ny\r\n.\r\n").Server("250 8\r\n");
        conversation.End();
        var mails = conversation.Json.Select(j => Parse(j).GetProperty("request")).Where(r => r.TryGetProperty("mail", out _)).Select(r => r.GetProperty("mail"));
        Assert.Equal(["a@b c@d x", "e@f g@h y"], mails.Select(m => $"{m.GetProperty("from")} {m.GetProperty("to")[0]} {m.GetProperty("body").GetString()!.TrimEnd()}"));
    }

    [Fact]
    public void Lines_of_a_long_reply_are_read_once_each()
    {
        var (at, code) = (0, 0);
        Assert.Equal(0, SmtpReplyLines.Measure("250-a\r\n250-b\r\n25"u8, ref at, ref code));
        Assert.Equal((14, 250), (at, code));
        Assert.Equal(21, SmtpReplyLines.Measure("???-?\r\n???-?\r\n250 c\r\n"u8, ref at, ref code));
    }

    [Fact]
    public void A_reply_in_single_bytes_is_one_reply()
    {
        var conversation = Greeted().Client("HELP\r\n");
        foreach (var letter in "214-a\r\n214-b\r\n214 c\r\n") conversation.Server(letter.ToString());
        conversation.Client("NOOP\r\n").Server("250 d\r\n").End();
        Assert.Equal(["HELP a\nb\nc", "NOOP d"], conversation.Json.Skip(2).Select(Summary));
    }

    [Fact]
    public void A_dot_behind_a_bare_line_feed_does_not_end_the_mail_wherever_segments_end()
    {
        var conversation = Greeted().Client("MAIL FROM:<a@b>\r\nRCPT TO:<c@d>\r\nDATA\r\n").Server("250 1\r\n250 2\r\n354 3\r\n")
            .Client("\r\nx\n").Client(".\r\nRSET\r\n").Client(".\r\n").Server("250 4\r\n");
        conversation.End();
        Assert.Equal(["MAIL 1", "RCPT 2", "DATA 4"], conversation.Json.Skip(2).Select(Summary));
        Assert.Equal("x\n.\r\nRSET\r\n", Parse(conversation.Json[4]).GetProperty("request").GetProperty("mail").GetProperty("body").GetString());
    }

    [Fact]
    public void Pipelined_commands_meet_their_replies_in_order_and_a_refused_mail_is_none()
    {
        var conversation = Greeted().Client("MAIL FROM:<a@b>\r\nRCPT TO:<c@d>\r\nDATA\r\n").Server("250 1\r\n550 2\r\n503 3\r\n").Client("RSET\r\n").Server("250 4\r\n");
        conversation.End();
        Assert.Equal(["MAIL 1", "RCPT 2", "DATA 3", "RSET 4"], conversation.Json.Skip(2).Select(Summary));
        Assert.False(Parse(conversation.Json[4]).GetProperty("request").TryGetProperty("mail", out _));
    }

    [Fact]
    public void Chunks_are_put_together_and_their_bytes_are_no_commands()
    {
        var conversation = Greeted().Client("MAIL FROM:<a@b>\r\nRCPT TO:<c@d>\r\nBDAT 14\r\nSubject: x\r\n\r\nBDAT 8 LAST\r\n.\r\nQUIT\n").Server("250 1\r\n250 2\r\n250 3\r\n250 4\r\n").Client("QUIT\r\n").Server("221 5\r\n");
        conversation.End();
        Assert.Equal(["MAIL 1", "RCPT 2", "BDAT 3", "BDAT 4", "QUIT 5"], conversation.Json.Skip(2).Select(Summary));
        Assert.False(Parse(conversation.Json[4]).GetProperty("request").TryGetProperty("mail", out _));
        var mail = Parse(conversation.Json[5]).GetProperty("request").GetProperty("mail");
        Assert.Equal((".\r\nQUIT\n", "x", 22), (mail.GetProperty("body").GetString(), mail.GetProperty("headers").GetProperty("Subject").GetString(), mail.GetProperty("size").GetInt32()));
        Assert.Equal(0, conversation.Engine.Memory.Bytes);
    }

    [Fact]
    public void Answers_within_authentication_are_shown_as_sent()
    {
        var conversation = Greeted().Client("AUTH LOGIN\r\n").Server("334 VXNlcm5hbWU6\r\n").Client("YWRh\r\n").Server("334 UGFzc3dvcmQ6\r\n").Client("c2VjcmV0\r\n").Server("235 2.7.0 Welcome\r\n");
        conversation.End();
        Assert.Equal(["AUTH LOGIN", "AUTH YWRh", "AUTH c2VjcmV0"], conversation.Json.Skip(2).Select(j => Parse(j).GetProperty("request")).Select(r => $"{r.GetProperty("command")} {r.GetProperty("argument")}"));
    }

    [Fact]
    public void Turning_to_tls_hands_the_stream_over_behind_the_reply()
    {
        var conversation = Greeted().Client("STARTTLS\r\n").Server("220 Go\r\n").Send(Direction.Forward, [22, 3, 1, 0, 200, 1, 0, 0, 196, 3, 3]);
        conversation.End();
        Assert.Equal("STARTTLS Go", Summary(conversation.Json[2]));
        Assert.Equal(3, conversation.Items.Count(i => i.Protocol.Name == "smtp"));
        Assert.Equal((0, 0), (conversation.Loss("rejected-stream"), conversation.Loss("resync")));
    }

    [Fact]
    public void A_greeting_makes_the_order_known_where_the_handshake_was_not_captured()
    {
        var conversation = new Conversation(handshake: false, serverPort: Port).Server("220 a ESMTP\r\n").Client("MAIL FROM:<a@b>\r\nRCPT TO:<c@d>\r\n").Server("250 1\r\n250 2\r\n");
        conversation.End();
        Assert.Equal([" a ESMTP", "MAIL 1", "RCPT 2"], conversation.Json.Select(Summary));
        Assert.All(conversation.Items, i => Assert.Null(i.Error));
    }

    [Fact]
    public void A_command_that_is_never_answered_does_not_take_the_reply_to_quit()
    {
        var conversation = Greeted().Client("AUTH PLAIN AGEAYg==\r\n").Client("QUIT\r\n").Server("221 bye\r\n");
        conversation.End();
        Assert.Equal(["AUTH ", "QUIT bye"], conversation.Json.Skip(2).Select(Summary));
    }

    [Fact]
    public void One_direction_alone_is_read_to_its_end()
    {
        var client = new Conversation(serverPort: Port).Client("EHLO a\r\nMAIL FROM:<a@b>\r\nRCPT TO:<c@d>\r\nDATA\r\nSubject: x\r\n\r\nQUIT\r\n.\r\nQUIT\r\n");
        client.End();
        Assert.Equal(["EHLO ", "MAIL ", "RCPT ", "DATA ", "QUIT "], client.Json.Select(Summary));
        Assert.Equal("QUIT\r\n", Parse(client.Json[3]).GetProperty("request").GetProperty("mail").GetProperty("body").GetString());
        var server = new Conversation(serverPort: Port).Server("220 a ESMTP\r\n250-a\r\n250 PIPELINING\r\n250 ok\r\n354 go\r\n250 queued\r\n");
        server.End();
        Assert.Equal(["a ESMTP", "a\nPIPELINING", "ok", "go", "queued"], server.Json.Select(j => Parse(j).GetProperty("response").GetProperty("text").GetString()));
    }

    [Fact]
    public void A_gap_inside_a_mail_costs_no_more_than_its_missing_bytes()
    {
        var conversation = Greeted().Client("MAIL FROM:<a@b>\r\n").Server("250 1\r\n").Client("DATA\r\n").Server("354 go\r\n").Client("Subject: x\r\n\r\none\r\n").Gap(Direction.Forward, 500)
            .Client("three\r\n.\r\n").Server("250 queued\r\n").Client("QUIT\r\n").Server("221 bye\r\n");
        conversation.End();
        var mail = Parse(conversation.Json[3]);
        Assert.Equal(("gap", true, "x"), (mail.GetProperty("error").GetProperty("type").GetString(), mail.GetProperty("request").GetProperty("mail").GetProperty("truncated").GetBoolean(),
            mail.GetProperty("request").GetProperty("mail").GetProperty("headers").GetProperty("Subject").GetString()));
        Assert.Equal(["DATA go", " queued", "QUIT bye"], conversation.Json.Skip(3).Select(Summary));
        Assert.Equal(0, conversation.Engine.Memory.Bytes);
    }

    [Theory]
    [InlineData("220 mail.example ESMTP ready\r\n", "EHLO a\r\n", 9, true)]
    [InlineData("220 mail.example\r\n", "HELO a\r\n", 9, true)]
    [InlineData("220 (vsFTPd 3.0)\r\n", "USER anonymous\r\n", 9, false)]
    [InlineData("220 (vsFTPd 3.0)\r\n", "USER anonymous\r\n", 21, false)]
    [InlineData("220 mail.example\r\n", "QUIT\r\n", 25, true)]
    public void Greetings_are_told_apart_by_what_the_client_says(string server, string client, ushort port, bool recognised)
    {
        var conversation = new Conversation(serverPort: port).Server(server).Client(client);
        conversation.End();
        Assert.Equal(recognised, conversation.Items.Any(i => i.Protocol.Name == "smtp"));
    }

    [Theory]
    [InlineData("MAIL FROM:<a@b>\r\n", 9, true)]
    [InlineData("RSET\r\n", 9, false)]
    [InlineData("RSET\r\n", 587, true)]
    [InlineData("GET / HTTP/1.1\r\n\r\n", 25, false)]
    public void From_the_middle_commands_are_known_by_their_words(string text, ushort port, bool recognised)
    {
        var conversation = new Conversation(handshake: false, serverPort: port).Client(text);
        conversation.End();
        Assert.Equal(recognised, conversation.Items.Any(i => i.Protocol.Name == "smtp"));
    }

    private static Conversation Greeted() => new Conversation(serverPort: Port).Server("220 mail.example ESMTP\r\n").Client("EHLO client\r\n").Server("250-mail.example\r\n250 PIPELINING\r\n");

    private static JsonElement Parse(string json) => JsonDocument.Parse(json).RootElement;

    private static string Summary(string json)
    {
        var (request, response) = (Parse(json).GetProperty("request"), Parse(json).GetProperty("response"));
        return $"{(request.TryGetProperty("command", out var command) ? command.GetString() : "")} {(response.TryGetProperty("text", out var text) ? text.GetString() : "")}";
    }
}
