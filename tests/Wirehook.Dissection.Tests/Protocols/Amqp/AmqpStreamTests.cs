using System.Text;
using System.Text.Json;
using Wirehook.Dissection.Engine;
using Wirehook.Packets.Flows;

namespace Wirehook.Dissection.Tests.Protocols.Amqp;

/// <summary>Framing, contents, pairing and what loss does to them.</summary>
public class AmqpStreamTests
{
    private const Direction Client = Direction.Forward;
    private const Direction Server = Direction.Reverse;

    [Fact]
    public void Contents_of_two_channels_interleave()
    {
        var amqp = Start();
        amqp.Send(Client, [.. AmqpFrames.Publish(1, "a"), .. AmqpFrames.ContentHeader(1, 6), .. AmqpFrames.Publish(2, "b"), .. AmqpFrames.Body(1, "one")]);
        amqp.Send(Client, [.. AmqpFrames.ContentHeader(2, 3), .. AmqpFrames.Body(2, "TWO"), .. AmqpFrames.Body(1, "two")]);
        Assert.Equal("basic publish b TWO>empty | basic publish a onetwo>empty", Summary(amqp));
        Assert.Equal(0, amqp.Engine.Memory.Bytes);
        Assert.Equal(AmqpFrames.Publish(1, "a").Length + AmqpFrames.ContentHeader(1, 6).Length + 11 + 11, amqp.Items[1].RequestSize);
    }

    [Fact]
    public void Pipelined_methods_are_answered_in_order_and_channels_do_not_mix()
    {
        var amqp = Start();
        amqp.Send(Client, [.. AmqpFrames.Declare(1, "a"), .. AmqpFrames.Declare(1, "b"), .. AmqpFrames.Declare(2, "c")]);
        amqp.Send(Server, [.. AmqpFrames.DeclareOk(2, "c"), .. AmqpFrames.DeclareOk(1, "a"), .. AmqpFrames.DeclareOk(1, "b")]);
        Assert.Equal("queue declare c>queue declare-ok c | queue declare a>queue declare-ok a | queue declare b>queue declare-ok b", Summary(amqp));
    }

    [Fact]
    public void No_wait_has_no_answer_and_an_answer_to_something_else_pairs_nothing()
    {
        var amqp = Start();
        amqp.Send(Client, [.. AmqpFrames.Declare(1, "a", noWait: true), .. AmqpFrames.ChannelOpen(3)]);
        amqp.Send(Server, AmqpFrames.DeclareOk(3, "x"));
        Assert.Equal("queue declare a>empty | channel open>- gap | ->queue declare-ok x gap", Summary(amqp));
    }

    [Fact]
    public void A_gap_inside_a_body_costs_that_message_only()
    {
        var amqp = Start();
        var body = AmqpFrames.Body(1, new string('x', 100));
        amqp.Send(Client, [.. AmqpFrames.Publish(1, "a"), .. AmqpFrames.ContentHeader(1, 100), .. body[..20]]);
        amqp.Gap(Client, 50);
        amqp.Send(Client, [.. body[70..], .. AmqpFrames.Publish(1, "b"), .. AmqpFrames.ContentHeader(1, 2), .. AmqpFrames.Body(1, "ok")]);
        Assert.Equal($"basic publish a {new string('x', 13)}>empty gap | basic publish b ok>empty", Summary(amqp));
        Assert.Equal([false, true], amqp.Items.Select(i => i.HasRequest));
        Assert.True(JsonDocument.Parse(amqp.Json[0]).RootElement.GetProperty("request").GetProperty("truncated").GetBoolean());
    }

    [Fact]
    public void Behind_a_gap_the_next_frame_is_found_and_nothing_is_paired_across_it()
    {
        var amqp = Start();
        amqp.Send(Client, AmqpFrames.Declare(1, "a"));
        amqp.Gap(Server, 500);
        amqp.Send(Server, [.. "half a frame\u0001\u0000"u8, .. AmqpFrames.DeclareOk(1, "before")]);
        amqp.Send(Client, AmqpFrames.Declare(1, "b")).Send(Server, AmqpFrames.DeclareOk(1, "b"));
        Assert.Equal("queue declare a>- gap | ->queue declare-ok before gap | queue declare b>queue declare-ok b", Summary(amqp));
    }

    [Fact]
    public void A_connection_is_recognised_in_its_middle_on_any_port()
    {
        var amqp = new Conversation(handshake: false, serverPort: 12345);
        amqp.Send(Server, Encoding.ASCII.GetBytes("rest of a body that began before the capture\u00ce"));
        amqp.Send(Server, AmqpFrames.Heartbeat());
        amqp.Send(Client, [.. AmqpFrames.Publish(1, "a"), .. AmqpFrames.ContentHeader(1, 2), .. AmqpFrames.Body(1, "ok")]);
        Assert.Equal("basic publish a ok>empty", Summary(amqp));
    }

    [Theory]
    [InlineData("AMQP\0\u0001\0\0")]
    [InlineData("AMQP\u0003\u0001\0\0")]
    [InlineData("\u0001\0\0\0\0\0\u0004\0\u000a\0\u0033\u00cd")]
    [InlineData("\u0001\0\0\0\0\0\u0005\0\u000a\0\u0033\0\u00ce")]
    [InlineData("\u0001\0\u0001\0\0\0\u0004\0\u000a\0\u0033\u00ce")]
    [InlineData("\u0003\0\u0001\0\0\0\u0001x\u00ce")]
    [InlineData("\u0008\0\0\0\0\0\u0001x\u00ce")]
    public void What_only_resembles_it_is_not_claimed(string bytes)
    {
        var other = new Conversation(serverPort: 5672);
        other.Client(bytes).EndOf(Client).End();
        Assert.Empty(other.Items);
        Assert.Equal(1, other.Loss("unidentified-stream"));
    }

    [Fact]
    public void Long_bodies_are_cut_at_the_limit_and_declared_lengths_cost_nothing()
    {
        var amqp = Start(new DissectionOptions { BodyLimit = 10 });
        amqp.Send(Client, [.. AmqpFrames.Publish(1, "a"), .. AmqpFrames.ContentHeader(1, 16), .. AmqpFrames.Body(1, "0123456"), .. AmqpFrames.Body(1, "789abcdef")]);
        amqp.Send(Client, [.. AmqpFrames.Publish(2, "b"), .. AmqpFrames.ContentHeader(2, ulong.MaxValue), 3, 0, 2, 0xff, 0xff, 0xff, 0xff, .. "begin"u8]);
        Assert.InRange(amqp.Engine.Memory.Bytes, 1, 1000);
        amqp.End();
        Assert.Equal("basic publish a 0123456789>empty | basic publish b begin>empty connection", Summary(amqp));
        Assert.Equal(6, amqp.Loss("body-limit"));
        Assert.Equal(0, amqp.Engine.Memory.Bytes);
    }

    [Fact]
    public void A_frame_beyond_the_head_limit_is_skimmed()
    {
        var amqp = Start(new DissectionOptions { HeadLimit = 1000 });
        var huge = AmqpFrames.Method(1, 60, 40, [0, 0], [0], AmqpFrames.Text(new string('k', 200)), [0]);
        byte[] longer = [1, 0, 1, 0, 0, 8, 0, .. new byte[2048], 0xCE];
        amqp.Send(Client, [.. longer[..300]]).Send(Client, [.. longer[300..], .. huge, .. AmqpFrames.ContentHeader(1, 0)]);
        Assert.Equal("basic publish " + new string('k', 200) + ">empty", Summary(amqp));
        Assert.Equal(longer.Length, amqp.Loss("resync"));
    }

    [Fact]
    public void Channels_without_end_are_bounded()
    {
        var amqp = Start();
        for (var channel = 1; channel < 5000; channel++) amqp.Send(Client, AmqpFrames.ChannelOpen((ushort)channel), tick: false);
        Assert.InRange(amqp.Engine.Memory.Bytes, 1, 2_000_000);
        amqp.End();
        Assert.Equal(4999, amqp.Items.Count);
        Assert.Equal(0, amqp.Engine.Memory.Bytes);
    }

    [Fact]
    public void A_close_tells_what_stays_unanswered_and_frees_the_channel()
    {
        var amqp = Start();
        amqp.Send(Client, AmqpFrames.Declare(1, "a"));
        amqp.Send(Server, AmqpFrames.Method(1, 20, 40, [1, 0x94], AmqpFrames.Text("NOT_FOUND"), [0, 50, 0, 10]));
        amqp.Send(Client, [.. AmqpFrames.Method(1, 20, 41), .. AmqpFrames.ChannelOpen(1)]).Send(Server, AmqpFrames.ChannelOpenOk(1));
        Assert.Equal("queue declare a>- pair-not-found | channel close>channel close-ok | channel open>channel open-ok", Summary(amqp));
        Assert.Contains("closed", amqp.Items[0].Error!.Message, StringComparison.Ordinal);
        Assert.Equal("10.0.0.99", amqp.Items[1].Source.Ip);
        var close = JsonDocument.Parse(amqp.Json[1]).RootElement.GetProperty("request");
        Assert.Equal((404, 404, 10), (close.GetProperty("relyCode").GetInt32(), close.GetProperty("replyCode").GetInt32(), close.GetProperty("methodId").GetInt32()));
    }

    private static Conversation Start(DissectionOptions? options = null) => new Conversation(options, serverPort: 5672).Send(Client, AmqpFrames.Header);

    /// <summary>Items as <c>method name body>method name error</c>.</summary>
    private static string Summary(Conversation amqp) => string.Join(" | ", amqp.Items.Select(i =>
    {
        var json = JsonDocument.Parse(Conversation.ToJson(i)).RootElement;
        return $"{Side(json.GetProperty("request"))}>{Side(json.GetProperty("response"))}" + (i.Error is { } error ? " " + error.ErrorType : "");
    }));

    private static string Side(JsonElement message)
    {
        if (!message.TryGetProperty("method", out var method)) return "-";
        var text = method.GetString()!;
        foreach (var name in (string[])["queue", "routingKey"]) text += message.TryGetProperty(name, out var value) ? " " + value.GetString() : "";
        return text + (message.TryGetProperty("body", out var body) ? " " + Encoding.ASCII.GetString(body.GetBytesFromBase64()) : "");
    }
}
