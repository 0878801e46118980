using System.Text.Json;
using Wirehook.Dissection.Engine;
using Wirehook.Packets.Flows;

namespace Wirehook.Dissection.Tests.Protocols.Mqtt;

public class MqttTests
{
    private const ushort Port = 1883;

    [Fact]
    public void A_connection_and_its_answer_are_one_item()
    {
        var conversation = Connected();
        conversation.End();
        var item = Parse(conversation.Json[0]);
        Assert.Equal("CONNECT client 60 True", string.Join(' ', item.GetProperty("request").GetProperty("packetType"), item.GetProperty("request").GetProperty("clientId"),
            item.GetProperty("request").GetProperty("keepAlive"), item.GetProperty("request").GetProperty("cleanStart")));
        Assert.Equal("""{"packetType":"CONNACK","reason":"Connection Accepted","reasonCode":0,"remainingLength":2,"sessionPresent":false}""", item.GetProperty("response").GetRawText());
        Assert.Equal(("3.1.1", 1), (item.GetProperty("protocol").GetProperty("version").GetString(), item.GetProperty("elapsedTime").GetInt32()));
        Assert.Equal((20, 4), (item.GetProperty("requestSize").GetInt32(), item.GetProperty("responseSize").GetInt32()));
    }

    [Fact]
    public void Acknowledgements_meet_what_they_acknowledge_in_each_direction()
    {
        var conversation = Connected()
            .Send(Direction.Forward, [.. Packets.Publish("a/b", "one", 1, 7), .. Packets.Publish("a/b", "two", 2, 8)])
            .Send(Direction.Reverse, Packets.Publish("c/d", "three", 1, 7))
            .Send(Direction.Reverse, [.. Packets.Of(0x50, 0, 8), .. Packets.Of(0x40, 0, 7)])
            .Send(Direction.Forward, [.. Packets.Of(0x62, 0, 8), .. Packets.Of(0x40, 0, 7)])
            .Send(Direction.Reverse, Packets.Of(0x70, 0, 8));
        conversation.End();
        Assert.Equal(["CONNECT CONNACK ", "PUBLISH PUBREC two", "PUBLISH PUBACK one", "PUBLISH PUBACK three", "PUBREL PUBCOMP "], conversation.Json.Select(Types));
        Assert.Equal(["10.0.0.1", "10.0.0.1", "10.0.0.1", "10.0.0.99", "10.0.0.1"], conversation.Items.Select(i => i.Source.Ip));
        Assert.All(conversation.Items, i => Assert.Null(i.Error));
    }

    [Fact]
    public void Subscriptions_and_what_the_server_grants_are_read_in_both_versions()
    {
        foreach (var level in (int[])[4, 5])
        {
            byte[] properties = level == 5 ? [0] : [];
            var conversation = Connected(level)
                .Send(Direction.Forward, Packets.Of(0x82, [0, 1, .. properties, .. Packets.Text("a/#"), 1, .. Packets.Text("b"), 2])).Send(Direction.Reverse, Packets.Of(0x90, [0, 1, .. properties, 1, 0x80]))
                .Send(Direction.Forward, Packets.Of(0xa2, [0, 2, .. properties, .. Packets.Text("b")])).Send(Direction.Reverse, Packets.Of(0xb0, [0, 2, .. properties]));
            conversation.End();
            var subscribe = Parse(conversation.Json[1]);
            Assert.Equal(["a/#", "b"], subscribe.GetProperty("request").GetProperty("subscriptions").EnumerateArray().Select(s => s.GetProperty("topicFilter").GetString()));
            Assert.Equal("[1,128]", subscribe.GetProperty("response").GetProperty("reasonCodes").GetRawText());
            Assert.Equal("""["b"]""", Parse(conversation.Json[2]).GetProperty("request").GetProperty("topicFilters").GetRawText());
        }
    }

    [Fact]
    public void Properties_are_read_and_an_alias_stands_for_its_topic()
    {
        byte[] alias = [0x23, 0, 9], user = [0x26, .. Packets.Text("k"), .. Packets.Text("v")];
        var conversation = Connected(5)
            .Send(Direction.Forward, Packets.Publish("long/topic", "1", 0, 0, [(byte)(alias.Length + (2 * user.Length)), .. alias, .. user, .. user]))
            .Send(Direction.Forward, Packets.Publish("", "2", 0, 0, [3, .. alias]))
            .Send(Direction.Reverse, Packets.Publish("", "3", 0, 0, [3, .. alias]));
        conversation.End();
        Assert.Equal("""{"topicAlias":9,"userProperties":{"k":["v","v"]}}""", Parse(conversation.Json[1]).GetProperty("request").GetProperty("properties").GetRawText());
        Assert.Equal(["long/topic 1", "long/topic 2", " 3"], conversation.Json.Skip(1).Select(j => Parse(j).GetProperty("request"))
            .Select(r => r.GetProperty("topic").GetString() + " " + r.GetProperty("payload").GetString()));
    }

    [Fact]
    public void The_version_of_a_connection_from_the_middle_is_found_by_its_packets()
    {
        var three = new Conversation(handshake: false, serverPort: Port).Send(Direction.Forward, Packets.Publish("a/b", "{}"));
        var five = new Conversation(handshake: false, serverPort: Port).Send(Direction.Forward, Packets.Publish("a/b", "{}", 0, 0, [0]));
        three.End();
        five.End();
        Assert.Equal(("3.1.1", "{}"), (three.Items[0].Protocol.Version, Parse(three.Json[0]).GetProperty("request").GetProperty("payload").GetString()));
        Assert.Equal(("5.0", "{}"), (five.Items[0].Protocol.Version, Parse(five.Json[0]).GetProperty("request").GetProperty("payload").GetString()));
    }

    [Fact]
    public void A_gap_inside_a_packet_costs_that_packet_only()
    {
        var packet = Packets.Publish("a/b", new string('x', 500));
        var conversation = Connected().Send(Direction.Forward, packet.AsSpan(0, 100)).Gap(Direction.Forward, 300).Send(Direction.Forward, packet.AsSpan(400))
            .Send(Direction.Forward, Packets.Publish("a/b", "next", 1, 3)).Send(Direction.Reverse, Packets.Of(0x40, 0, 3));
        conversation.End();
        Assert.Equal([("gap", false), (null, true)], conversation.Items.Skip(1).Select(i => (i.Error?.ErrorType, i.HasRequest)));
        Assert.True(Parse(conversation.Json[1]).GetProperty("request").GetProperty("truncated").GetBoolean());
    }

    [Fact]
    public void An_identifier_used_again_behind_gaps_in_both_directions_pairs_nothing()
    {
        var conversation = Connected().Send(Direction.Forward, Packets.Publish("a/b", "one", 1, 3)).Gap(Direction.Reverse, 4).Gap(Direction.Forward, 20)
            .Send(Direction.Reverse, Packets.Of(0x40, [0, 3]));
        conversation.End();
        Assert.DoesNotContain(conversation.Items.Skip(1), i => i.HasRequest && i.HasResponse);
    }

    [Fact]
    public void A_side_that_only_acknowledges_is_found_again_behind_a_gap()
    {
        var conversation = Connected().Send(Direction.Forward, Packets.Publish("a/b", "one", 1, 3)).Gap(Direction.Reverse, 4)
            .Send(Direction.Reverse, [.. "@no packet"u8]).Send(Direction.Forward, Packets.Publish("a/b", "two", 1, 4)).Send(Direction.Reverse, Packets.Of(0x40, 0, 9))
            .Send(Direction.Reverse, Packets.Of(0x40, 0, 4)).Send(Direction.Forward, Packets.Of(0xc0)).Send(Direction.Reverse, Packets.Of(0xd0));
        conversation.End();
        Assert.Equal(["PUBLISH PUBACK two", "PINGREQ PINGRESP "], conversation.Items.Where(i => i is { HasRequest: true, HasResponse: true }).Skip(1).Select(i => Types(Conversation.ToJson(i))));
    }

    [Fact]
    public void A_level_that_a_publication_seemed_to_tell_is_corrected_by_the_next()
    {
        var conversation = new Conversation(handshake: false, serverPort: Port).Send(Direction.Forward, Packets.Publish("a/b", "\0binary")).Send(Direction.Forward, Packets.Publish("a/b", "text"))
            .Send(Direction.Forward, Packets.Publish("a/b", "\0more"));
        conversation.End();
        Assert.Equal(["text", "\0more"], conversation.Json.Skip(1).Select(j => Parse(j).GetProperty("request").GetProperty("payload").GetString()));
    }

    [Fact]
    public void An_alias_stands_for_nothing_behind_a_gap_in_a_publication()
    {
        byte[] alias = [3, 0x23, 0, 9];
        var changed = Packets.Publish("new/topic", new string('x', 50), 0, 0, alias);
        var conversation = Connected(5).Send(Direction.Forward, Packets.Publish("old/topic", "1", 0, 0, alias)).Send(Direction.Forward, changed.AsSpan(0, 8)).Gap(Direction.Forward, 20)
            .Send(Direction.Forward, changed.AsSpan(28)).Send(Direction.Forward, Packets.Publish("", "2", 0, 0, alias)).Send(Direction.Forward, Packets.Publish("a/b", "3", 0, 0, alias));
        Assert.Equal("", Parse(conversation.Json[^2]).GetProperty("request").GetProperty("topic").GetString());
        conversation.End();
        Assert.Equal(0, conversation.Engine.Memory.Bytes);
    }

    [Fact]
    public void A_property_may_be_repeated_as_often_as_a_packet_has_room()
    {
        const int Times = 400_000;
        var properties = new byte[3 + (2 * Times)];
        (properties[0], properties[1], properties[2]) = ((Times * 2 & 0x7f) | 0x80, (Times * 2 >> 7 & 0x7f) | 0x80, Times * 2 >> 14);
        for (var at = 3; at < properties.Length; at += 2) (properties[at], properties[at + 1]) = (0x0b, 1);
        var conversation = Connected(5).Send(Direction.Reverse, Packets.Publish("a/b", "x", 0, 0, properties));
        conversation.End();
        Assert.Equal(Times, Parse(conversation.Json[1]).GetProperty("request").GetProperty("properties").GetProperty("subscriptionIdentifier").GetArrayLength());
    }

    [Fact]
    public void A_packet_longer_than_may_wait_is_passed_over()
    {
        var conversation = Connected(options: new DissectionOptions { BufferLimit = 64 << 10 });
        foreach (var piece in Packets.Publish("big/one", new string('y', 200_000)).Chunk(1400)) conversation.Send(Direction.Forward, piece);
        conversation.Send(Direction.Forward, Packets.Publish("next/one", "z")).End();
        Assert.Equal(3, conversation.Items.Count);
        Assert.True(conversation.Items[1].HasRequest);
        Assert.Equal("big/one", Parse(conversation.Json[1]).GetProperty("request").GetProperty("topic").GetString());
        Assert.InRange(conversation.Loss("body-limit"), 180_000, 200_000);
    }

    [Theory]
    [InlineData(9, true)]
    [InlineData(Port, true)]
    public void A_publication_from_the_middle_is_recognised(ushort port, bool recognised)
    {
        var conversation = new Conversation(handshake: false, serverPort: port).Send(Direction.Reverse, [.. Packets.Publish("sensors/1", "21.5"), .. Packets.Publish("sensors/2", "22")]);
        conversation.End();
        Assert.Equal(recognised ? 2 : 0, conversation.Items.Count);
    }

    [Fact]
    public void A_connect_is_recognised_on_any_port_also_behind_its_answer()
    {
        var conversation = new Conversation(serverPort: 9).Send(Direction.Reverse, Packets.Of(0x20, 0, 0).AsSpan(0, 1)).Send(Direction.Forward, Packets.Connect().AsSpan(0, 5))
            .Send(Direction.Reverse, Packets.Of(0x20, 0, 0).AsSpan(1)).Send(Direction.Forward, Packets.Connect().AsSpan(5));
        conversation.End();
        Assert.Contains(conversation.Items, i => i.Protocol.Name == "mqtt" && i.HasRequest);
    }

    [Fact]
    public void Acknowledgements_and_pings_alone_are_recognised_on_the_port_only()
    {
        byte[] packets = [.. Packets.Of(0x40, 0, 1), .. Packets.Of(0xc0)];
        foreach (var port in (ushort[])[9, Port])
        {
            var conversation = new Conversation(handshake: false, serverPort: port).Send(Direction.Forward, packets);
            conversation.End();
            Assert.Equal(port == Port ? 2 : 0, conversation.Items.Count);
        }
    }

    [Fact]
    public void Ber_and_random_bytes_are_no_mqtt()
    {
        var random = new Random(3);
        for (var i = 0; i < 10_000; i++)
        {
            var data = new byte[random.Next(2, 60)];
            random.NextBytes(data);
            (data[0], data[1]) = (0x30, (byte)(data.Length - 2));
            if (i % 2 == 0 && data.Length > 4) (data[2], data[3]) = (2, 1);
            var conversation = new Conversation(handshake: false, serverPort: 9).Send(Direction.Forward, data);
            conversation.End();
            Assert.Empty(conversation.Items);
        }
    }

    private static Conversation Connected(int level = 4, DissectionOptions? options = null) => new Conversation(options, serverPort: Port)
        .Send(Direction.Forward, Packets.Connect(level)).Send(Direction.Reverse, Packets.Of(0x20, [0, 0, .. level == 5 ? new byte[] { 0 } : []]));

    private static string Types(string json)
    {
        var item = Parse(json);
        var request = item.GetProperty("request");
        return $"{request.GetProperty("packetType")} {item.GetProperty("response").GetProperty("packetType")} {(request.TryGetProperty("payload", out var payload) ? payload.GetString() : "")}";
    }

    private static JsonElement Parse(string json) => JsonDocument.Parse(json).RootElement;
}
