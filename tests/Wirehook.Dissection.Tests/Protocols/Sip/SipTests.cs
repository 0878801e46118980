using System.Text;
using System.Text.Json;
using Wirehook.Dissection.Engine;
using Wirehook.Packets.Flows;

namespace Wirehook.Dissection.Tests.Protocols.Sip;

public class SipTests
{
    private const string Sdp = "v=0\r\no=ada 1 1 IN IP4 10.0.0.1\r\ns=call\r\nc=IN IP4 10.0.0.1\r\nt=0 0\r\nm=audio 6000 RTP/AVP 0 8\r\na=rtpmap:0 PCMU/8000\r\na=sendrecv\r\n";

    [Fact]
    public void A_call_pairs_with_its_final_response_and_ringing_is_an_item_of_its_own()
    {
        var flow = Udp(Request("INVITE", 1, "z9hG4bK1", Sdp)).Send("10.0.0.2", 5060, "10.0.0.1", 5060, Response(100, "INVITE", 1, "z9hG4bK1"))
            .Send("10.0.0.2", 5060, "10.0.0.1", 5060, Response(180, "INVITE", 1, "z9hG4bK1")).Send("10.0.0.2", 5060, "10.0.0.1", 5060, Response(200, "INVITE", 1, "z9hG4bK1"))
            .Send("10.0.0.1", 5060, "10.0.0.2", 5060, Request("ACK", 1, "z9hG4bK2"));
        flow.End();
        Assert.Equal([" 100", " 180", "INVITE 200", "ACK "], flow.Json.Select(Summary));
        Assert.All(flow.Items, i => Assert.Null(i.Error));
        var call = flow.Json[2];
        Assert.Equal(3, call.GetProperty("elapsedTime").GetInt32());
        Assert.Equal(
            """{"attributes":[],"connection":"IN IP4 10.0.0.1","media":[{"attributes":["rtpmap:0 PCMU/8000","sendrecv"],"formats":["0","8"],"port":6000,"protocol":"RTP/AVP","type":"audio"}],"origin":"ada 1 1 IN IP4 10.0.0.1","sessionName":"call"}""",
            call.GetProperty("request").GetProperty("sdp").GetRawText());
        Assert.Equal("1 INVITE", call.GetProperty("response").GetProperty("cseq").GetString());
    }

    [Fact]
    public void Short_header_names_are_written_out_and_repeated_headers_joined()
    {
        var flow = Udp("OPTIONS sip:b@c SIP/2.0\r\nv: SIP/2.0/UDP a;branch=z9hG4bK7\r\nVia: SIP/2.0/UDP b\r\nf: <sip:a@a>;tag=1\r\nt: <sip:b@c>\r\nI: 77\r\ncseq: 4 OPTIONS\r\nwww-authenticate: x\r\nl: 0\r\n\r\n");
        flow.End();
        Assert.Equal(
            """{"CSeq":"4 OPTIONS","Call-ID":"77","Content-Length":"0","From":"<sip:a@a>;tag=1","To":"<sip:b@c>","Via":"SIP/2.0/UDP a;branch=z9hG4bK7,SIP/2.0/UDP b","WWW-Authenticate":"x"}""",
            flow.Json[0].GetProperty("request").GetProperty("headers").GetRawText());
        Assert.Equal(("77", "<sip:b@c>"), (flow.Json[0].GetProperty("request").GetProperty("callId").GetString(), flow.Json[0].GetProperty("request").GetProperty("to").GetString()));
    }

    [Fact]
    public void Retransmissions_are_marked_and_pair_with_nothing()
    {
        var flow = Udp(Request("BYE", 2, "z9hG4bK3")).Send("10.0.0.1", 5060, "10.0.0.2", 5060, Request("BYE", 2, "z9hG4bK3"))
            .Send("10.0.0.2", 5060, "10.0.0.1", 5060, Response(200, "BYE", 2, "z9hG4bK3")).Send("10.0.0.2", 5060, "10.0.0.1", 5060, Response(200, "BYE", 2, "z9hG4bK3"));
        flow.End();
        Assert.Equal(["BYE ", "BYE 200", " 200"], flow.Json.Select(Summary));
        Assert.True(flow.Json[0].GetProperty("request").GetProperty("retransmission").GetBoolean() && flow.Json[2].GetProperty("response").GetProperty("retransmission").GetBoolean());
        Assert.All(flow.Items, i => Assert.Null(i.Error));
    }

    [Fact]
    public void A_response_of_another_transaction_answers_nobody()
    {
        var flow = Udp(Request("INVITE", 1, "z9hG4bK1")).Send("10.0.0.2", 5060, "10.0.0.1", 5060, Response(200, "INVITE", 1, "z9hG4bK9"))
            .Send("10.0.0.2", 5060, "10.0.0.1", 5060, Response(200, "CANCEL", 1, "z9hG4bK1"));
        flow.End();
        Assert.Equal([" 200", " 200", "INVITE "], flow.Json.Select(Summary));
        Assert.All(flow.Items, i => Assert.Equal("pair-not-found", i.Error!.ErrorType));
    }

    [Fact]
    public void Both_sides_may_ask_with_the_same_number()
    {
        var flow = Udp(Request("OPTIONS", 1, "z9hG4bK1")).Send("10.0.0.2", 5060, "10.0.0.1", 5060, Request("OPTIONS", 1, "z9hG4bK1"))
            .Send("10.0.0.1", 5060, "10.0.0.2", 5060, Response(404, "OPTIONS", 1, "z9hG4bK1")).Send("10.0.0.2", 5060, "10.0.0.1", 5060, Response(200, "OPTIONS", 1, "z9hG4bK1"));
        flow.End();
        Assert.Equal([("10.0.0.2", "OPTIONS 404"), ("10.0.0.1", "OPTIONS 200")], flow.Items.Zip(flow.Json, (i, j) => (i.Source.Ip, Summary(j))));
    }

    [Fact]
    public void On_a_stream_content_length_separates_messages_and_line_ends_keep_alive()
    {
        var conversation = new Conversation(serverPort: 9).Client("\r\n\r\n" + Request("INVITE", 1, "z9hG4bK1", Sdp) + "\r\n\r\n" + Request("OPTIONS", 2, "z9hG4bK2"))
            .Server(Response(486, "INVITE", 1, "z9hG4bK1") + Response(200, "OPTIONS", 2, "z9hG4bK2"));
        conversation.End();
        Assert.Equal(["INVITE 486", "OPTIONS 200"], conversation.Json.Select(j => Summary(JsonDocument.Parse(j).RootElement)));
        Assert.Equal((0, 0), (conversation.Loss("resync"), conversation.Loss("rejected-stream")));
        Assert.Equal("tcp", conversation.Items[0].Protocol.Layer4);
    }

    [Fact]
    public void A_gap_inside_a_body_costs_that_message_only()
    {
        var invite = Request("INVITE", 1, "z9hG4bK1", Sdp);
        var at = invite.Length - 100;
        var conversation = new Conversation(serverPort: 9).Client(invite[..at]).Gap(Direction.Forward, 60).Client(invite[(at + 60)..] + Request("OPTIONS", 2, "z9hG4bK2"))
            .Server(Response(200, "OPTIONS", 2, "z9hG4bK2"));
        conversation.End();
        Assert.Equal([("INVITE ", "gap"), ("OPTIONS 200", null)], conversation.Items.Zip(conversation.Json, (i, j) => (Summary(JsonDocument.Parse(j).RootElement), i.Error?.ErrorType)));
        Assert.False(conversation.Items[0].HasRequest);
    }

    [Fact]
    public void Behind_a_gap_the_next_start_line_resumes()
    {
        var conversation = new Conversation(serverPort: 9).Client(Request("OPTIONS", 1, "z9hG4bK1")).Gap(Direction.Forward, 500).Client("ranch=z9\r\nTo: x\r\n\r\n" + Request("OPTIONS", 3, "z9hG4bK3"));
        conversation.End();
        Assert.Equal(["1 OPTIONS", "3 OPTIONS"], conversation.Json.Select(j => JsonDocument.Parse(j).RootElement.GetProperty("request").GetProperty("cseq").GetString()));
    }

    [Fact]
    public void From_the_middle_one_direction_may_begin_inside_a_message()
    {
        var conversation = new Conversation(handshake: false, serverPort: 9).Client("=audio 6000 RTP/AVP 0\r\n").Server(Response(200, "INVITE", 1, "z9hG4bK1"))
            .Client(Request("OPTIONS", 2, "z9hG4bK2")).Server(Response(200, "OPTIONS", 2, "z9hG4bK2"));
        var together = new Conversation(handshake: false, serverPort: 9).Client("INVITE").Server(Response(200, "INVITE", 1, "z9hG4bK1"));
        conversation.End();
        Assert.Equal([(false, true), (true, true)], conversation.Items.Select(i => (i.HasRequest, i.HasResponse)));
        Assert.Single(together.End());
    }

    [Fact]
    public void A_head_may_come_byte_by_byte()
    {
        var conversation = new Conversation(serverPort: 9);
        var first = "OPTIONS sip:b@c SIP/2.0\r\nX: " + new string('\r', 100_000) + "\r\nContent-Length: 0\r\n\r\n";
        foreach (var c in first + Request("INVITE", 3, "z9hG4bK3", Sdp)) conversation.Send(Direction.Forward, [(byte)c]);
        conversation.End();
        Assert.Equal(["OPTIONS", "INVITE"], conversation.Json.Select(j => JsonDocument.Parse(j).RootElement.GetProperty("request").GetProperty("method").GetString()));
        Assert.Equal(first.Length, conversation.Items[0].RequestSize);
    }

    [Fact]
    public void A_ringing_call_waits_longer_than_others()
    {
        var flow = new MessageFlow(options: new DissectionOptions());
        flow.Send("10.0.0.1", 5060, "10.0.0.2", 5060, Encoding.UTF8.GetBytes(Request("INVITE", 1, "z9hG4bK1"))).Send("10.0.0.2", 5060, "10.0.0.1", 5060, Response(180, "INVITE", 1, "z9hG4bK1"))
            .Send("10.0.0.1", 5060, "10.0.0.2", 5060, Request("OPTIONS", 2, "z9hG4bK2"));
        for (var i = 0; i < 100; i++) flow.Send("10.0.0.3", 1, "10.0.0.4", 1, [0], milliseconds: 1000);
        flow.Send("10.0.0.2", 5060, "10.0.0.1", 5060, Encoding.UTF8.GetBytes(Response(200, "INVITE", 1, "z9hG4bK1"))).End();
        Assert.Equal([" 180", "OPTIONS ", "INVITE 200"], flow.Json.Select(Summary));
        Assert.Equal("timeout", flow.Items[1].Error!.ErrorType);
    }

    [Theory]
    [InlineData("INVITE sip:a@b SIP/2.0\r\n\r\n", true)]
    [InlineData("SIP/2.0 200 OK\r\n\r\n", true)]
    [InlineData("SIP/2.0 OK\r\n\r\n", false)]
    [InlineData("GET / HTTP/1.1\r\n\r\n", false)]
    [InlineData("OPTIONS rtsp://a RTSP/1.0\r\n\r\n", false)]
    [InlineData("\r\n\r\n", false)]
    public void Start_lines_tell_sip_from_its_relatives(string text, bool recognised)
    {
        var flow = Udp(text);
        flow.End();
        Assert.Equal(recognised, flow.Items.Any(i => i.Protocol.Name == "sip"));
    }

    private static MessageFlow Udp(string first) => new MessageFlow().Send("10.0.0.1", 5060, "10.0.0.2", 5060, first);

    private static string Request(string method, int number, string branch, string body = "") =>
        $"{method} sip:bob@10.0.0.2 SIP/2.0\r\n{Common(method, number, branch)}{(body.Length > 0 ? "Content-Type: application/sdp\r\n" : "")}Content-Length: {body.Length}\r\n\r\n{body}";

    private static string Response(int status, string method, int number, string branch) => $"SIP/2.0 {status} Word\r\n{Common(method, number, branch)}Content-Length: 0\r\n\r\n";

    private static string Common(string method, int number, string branch) =>
        $"Via: SIP/2.0/UDP 10.0.0.1:5060;rport;branch={branch}\r\nFrom: <sip:ada@10.0.0.1>;tag=1\r\nTo: <sip:bob@10.0.0.2>\r\nCall-ID: 42@10.0.0.1\r\nCSeq: {number} {method}\r\n";

    private static string Summary(JsonElement item)
    {
        var (request, response) = (item.GetProperty("request"), item.GetProperty("response"));
        return $"{(request.TryGetProperty("method", out var method) ? method.GetString() : "")} {(response.TryGetProperty("status", out var status) ? status.GetInt32() : "")}";
    }
}

/// <summary>Text as datagrams.</summary>
internal static class TextDatagrams
{
    public static MessageFlow Send(this MessageFlow flow, string from, ushort fromPort, string to, ushort toPort, string text) =>
        flow.Send(from, fromPort, to, toPort, Encoding.UTF8.GetBytes(text));
}
