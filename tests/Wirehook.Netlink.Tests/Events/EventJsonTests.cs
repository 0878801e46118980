using System.Buffers;
using System.Text;
using System.Text.Json;
using Wirehook.Netlink.Events;
using Wirehook.Netlink.State;
using Wirehook.Netlink.Tests.State;
using Wirehook.Packets;

namespace Wirehook.Netlink.Tests.Events;

public sealed class EventJsonTests
{
    private static readonly Timestamp At = new(1_700_000_000_123_456_789);

    [Fact]
    public void A_change_has_common_fields_the_object_and_old_values()
    {
        var e = new TestEngine().Loaded(Samples.NewLink(2, "eth0", Samples.Up)).Feed(Samples.NewLink(2, "eth0", Samples.Up, mtu: 1400))[^1];
        using var json = JsonDocument.Parse(EventJson.ToLine(e));
        var root = json.RootElement;
        Assert.Equal(
            ["sequence", "timestamp", "event", "events", "message_type", "message_name", "event_type", "interface", "ifindex", "namespace", "nsid", "pid", "synthetic", "changed", "link", "old"],
            root.EnumerateObject().Select(p => p.Name));
        Assert.Equal("""["link.mtu_changed"]""", root.GetProperty("events").GetRawText());
        Assert.Equal("""["mtu"]""", root.GetProperty("changed").GetRawText());
        Assert.Equal("""{"mtu":1500}""", root.GetProperty("old").GetRawText());
        Assert.Equal(1400, root.GetProperty("link").GetProperty("mtu").GetInt32());
        Assert.Equal("eth0", root.GetProperty("link").GetProperty("name").GetString());
        Assert.Equal([16, 16, 2], new[] { "message_type", "event_type", "ifindex" }.Select(n => root.GetProperty(n).GetInt32()));
    }

    [Fact]
    public void The_monitors_own_events_have_their_detail_and_no_object()
    {
        var e = new NetworkEvent { Sequence = 9, Timestamp = At, Events = ["monitor.overrun"], Lost = 12, Detail = "late \"again\"\n", Namespace = "blue", NamespaceId = 3, Initial = true };
        Assert.Equal(
            """{"sequence":9,"timestamp":1700000000123,"event":"monitor.overrun","events":["monitor.overrun"],"message_type":0,"message_name":"","event_type":0,"interface":"","ifindex":0,"namespace":"blue","nsid":3,"pid":0,"synthetic":false,"initial":true,"lost":12,"detail":"late \"again\"\n"}""",
            EventJson.ToLine(e));
    }

    [Fact]
    public void Whatever_bytes_a_name_holds_the_line_is_json()
    {
        var random = new Random(3);
        var name = new byte[15];
        for (var i = 0; i < 2000; i++)
        {
            random.NextBytes(name);
            var attribute = Bytes.Attribute(3, [.. name, 0]);
            var e = new TestEngine().Feed(Samples.NewLink(2, null, attributes: attribute))[^1];
            var line = EventJson.ToUtf8Line(e);
            Assert.DoesNotContain((byte)'\n', line);
            using var json = JsonDocument.Parse(line);
            Assert.Equal(e.Interface.Length, json.RootElement.GetProperty("interface").GetString()!.Length);
        }
    }

    [Fact]
    public void Addresses_lists_and_flags_are_written_by_kind()
    {
        var rule = Tests.Families.KernelMessages.EventsOf("ip rule add from 10.1.0.0/16 to 10.2.0.0/24 iif lo fwmark 0x10/0xff tos 0x10 table 100 pref 1000")[0];
        Assert.Contains("\"src\":\"10.1.0.0/16\",\"dst\":\"10.2.0.0/24\"", EventJson.ToLine(rule));
        Assert.Contains("\"l3mdev\":false", EventJson.ToLine(rule));
        var group = Tests.Families.KernelMessages.EventsOf("ip nexthop add id 10 group 1,3/2,7")[0];
        Assert.Contains("\"members\":[\"1\",\"2\"],\"weights\":[\"3\",\"7\"]", EventJson.ToLine(group));
        var six = Tests.Families.KernelMessages.EventsOf("ip -6 nexthop add id 13 via fe80::1 dev wv0 onlink")[0];
        Assert.Contains("\"gateway\":\"fe80::1\"", EventJson.ToLine(six));
    }

    [Fact]
    public void Text_and_bytes_agree_and_lines_end_once()
    {
        var e = new TestEngine().Feed(Samples.NewLink(2, "größe\u001b"))[^1];
        Assert.Equal(EventJson.ToLine(e), Encoding.UTF8.GetString(EventJson.ToUtf8Line(e)));
        var output = new ArrayBufferWriter<byte>();
        EventJson.AppendLine(e, output);
        EventJson.AppendLine(e, output);
        Assert.Equal(string.Concat(Enumerable.Repeat(EventJson.ToLine(e) + "\n", 2)), Encoding.UTF8.GetString(output.WrittenSpan));
        Assert.Contains("größe\\u001B", EventJson.ToLine(e));
    }

    [Fact]
    public void A_line_allocates_little_more_than_itself()
    {
        var e = new TestEngine().Loaded(Samples.NewLink(2, "eth0")).Feed(Samples.NewLink(2, "eth0", Samples.Up))[^1];
        var output = new ArrayBufferWriter<byte>(1 << 20);
        EventJson.AppendLine(e, output);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++) EventJson.AppendLine(e, output);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1000);
    }
}
