using System.Runtime.InteropServices;
using Wirehook.Netlink.Codec;
using Wirehook.Netlink.Events;
using Wirehook.Netlink.Families;
using Wirehook.Scripting.Hooks.NetworkEvents;
using Wirehook.Tests;

namespace Wirehook.Scripting.Tests.Hooks.NetworkEvents;

public class NetworkEventViewTests
{
    private const string Twin = """
        function onNetworkEvent(event) {
          var text = JSON.stringify(event);
          console.log(text);
          var walked = JSON.stringify(event, null, 1);
          var twin = JSON.stringify(JSON.parse(text), null, 1);
          if (walked !== twin) console.log("differs", walked, twin);
          if (JSON.stringify(JSON.parse(JSON.stringify(event)), null, 1) !== twin) console.log("differs after reading", JSON.stringify(event));
          var names = [];
          for (var name in event) names.push(name);
          if (names.join() !== Object.keys(JSON.parse(text)).join()) console.log("other names", names.join());
        }
        """;

    private static readonly byte[] AlternativeName = LinkMessage.Attribute(52 | 0x8000, LinkMessage.Attribute(53, "uplink\0"u8.ToArray()));

    [Theory]
    [InlineData("event.event + event.Event", "link.mtu_changedlink.mtu_changed")]
    [InlineData("event.events.join()", "link.mtu_changed")]
    [InlineData("event.sequence + ' ' + event.timestamp", "2 1677636692000")]
    [InlineData("[event.message_type, event.message_name, event.event_type].join()", "16,RTM_NEWLINK,16")]
    [InlineData("[event.interface, event.ifindex, event.namespace, event.nsid, event.pid].join()", "eth0,2,default,-1,0")]
    [InlineData("event.link.name + event.link.mtu + event.old.mtu", "eth014001500")]
    [InlineData("event.changed.join()", "mtu")]
    [InlineData("event.link.altnames[0]", "uplink")]
    [InlineData("event.link === event.link && event.old === event.old && event.changed === event.changed", "true")]
    [InlineData("typeof event.addr + ('addr' in event) + typeof event.initial + typeof event.lost", "undefinedfalseundefinedundefined")]
    [InlineData("Object.keys(event.old).join() + ' ' + event.old.name", "mtu undefined")]
    [InlineData("event.synthetic === false", "true")]
    [InlineData("Object.prototype.toString.call(event.link)", "[object Object]")]
    public void Reads_as_an_object(string expression, string expected)
    {
        var bench = new ScriptBench().Load($"function onNetworkEvent(event) {{ console.log(String({expression})); }}").Network(MtuChange());
        Assert.Equal("[a.js] " + expected, Assert.Single(bench.Lines));
    }

    [Theory]
    [InlineData("")]
    [InlineData("event.link;")]
    [InlineData("event.events; event.changed[0]; event.link.altnames; event.old.mtu;")]
    [InlineData("event.extra = 1; delete event.extra;")]
    public void Stringifies_to_the_line_of_the_monitor_however_it_was_read(string before)
    {
        var change = MtuChange();
        var bench = new ScriptBench().Load($"function onNetworkEvent(event) {{ {before} console.log(JSON.stringify(event)); }}").Network(change);
        Assert.Equal("[a.js] " + EventJson.ToLine(change), Assert.Single(bench.Lines));
    }

    [Theory]
    [InlineData("event.interface = 'other'")]
    [InlineData("event.events.push('other')")]
    [InlineData("event.changed[0] = 'other'")]
    [InlineData("event.link.name = 'other'")]
    [InlineData("event.link.altnames.push('other')")]
    [InlineData("event.old.more = 'other'")]
    public void Stringifies_what_the_script_changed_anywhere_below(string change)
    {
        var bench = new ScriptBench().Load($"function onNetworkEvent(event) {{ {change}; console.log(JSON.stringify(event)); }}").Network(MtuChange());
        Assert.Contains("other", Assert.Single(bench.Lines), StringComparison.Ordinal);
    }

    [Fact]
    public void The_monitors_own_events_have_what_was_lost_and_no_object()
    {
        var lost = new NetworkChanges().Overrun(1, 7);
        var bench = new ScriptBench().Load("function onNetworkEvent(event) { console.log(event.event, event.lost, event.link, event.changed, JSON.stringify(event)); }").Network(lost);
        Assert.Equal($"[a.js] monitor.overrun 7 undefined undefined {EventJson.ToLine(lost)}", Assert.Single(bench.Lines));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Objects_of_every_family_behave_as_their_JSON(int seed)
    {
        var random = new Random(seed);
        var bench = new ScriptBench().Load(Twin);
        var expected = new List<string>();
        foreach (var family in NetlinkFamily.All)
        {
            var events = Enumerable.Range(0, 400).Select(_ => RandomEvent(random, family)).OfType<NetworkEvent>().Take(40).ToArray();
            expected.AddRange(events.Select(e => "[a.js] " + EventJson.ToLine(e)));
            bench.Network(events);
        }

        Assert.NotEmpty(expected);
        Assert.Equal(expected, bench.Lines);
    }

    [Fact]
    public void Every_field_of_every_family_is_declared_and_shown()
    {
        foreach (var fields in NetworkEventFields.Families)
        {
            Assert.Equal(fields.Family.Fields.Select(f => f.Name), fields.Declaration.Members.Select(m => m.Name));
            Assert.Contains(NetworkEventFields.Declaration.Members, m => m.Name == fields.Family.Name && m.TypeScript == fields.Declaration.Name);
            Assert.All(fields.Declaration.Members, m => Assert.Contains(FormerValues.Declaration.Members, f => f.Name == m.Name && f.TypeScript.Contains(m.TypeScript, StringComparison.Ordinal)));
        }
    }

    private static NetworkEvent MtuChange()
    {
        var changes = new NetworkChanges();
        changes.Link(1, 2, "eth0", mtu: 1500, attributes: AlternativeName);
        return changes.Link(2, 2, "eth0", mtu: 1400, attributes: AlternativeName);
    }

    /// <summary>An event with two objects of a family made of random bytes; null where the bytes make none.</summary>
    private static NetworkEvent? RandomEvent(Random random, NetlinkFamily family)
    {
        if (RandomObject(random, family) is not { } current) return null;
        var previous = random.Next(3) == 0 ? null : RandomObject(random, family);
        return new NetworkEvent
        {
            Sequence = random.NextInt64(1L << 53),
            Timestamp = ScriptBench.At(random.Next(1000)),
            Events = [.. Enumerable.Range(0, random.Next(1, 4)).Select(i => $"{family.Name}.e{i}")],
            MessageType = (ushort)random.Next(65536),
            Interface = random.Next(2) == 0 ? "" : "ünïcode \"\\\n",
            Initial = random.Next(2) == 0,
            Synthetic = random.Next(2) == 0,
            Current = current,
            Previous = previous,
            Changed = previous is null ? 0 : (ulong)random.NextInt64() & ((1UL << Math.Min(63, family.Fields.Count)) - 1),
        };
    }

    private static NetlinkObject? RandomObject(Random random, NetlinkFamily family)
    {
        var body = new List<byte>();
        var header = new byte[family.Protocol == NetlinkProtocol.Netfilter ? 4 : random.Next(3, 6) * 4];
        for (var i = 0; i < header.Length; i++) header[i] = (byte)random.Next(4);
        if (random.Next(2) == 0) header[0] = (byte)(random.Next(2) == 0 ? 2 : 10);
        body.AddRange(header);
        for (var count = random.Next(12); count > 0; count--)
        {
            var value = new byte[random.Next(5) switch { 0 => 1, 1 => 4, 2 => 8, 3 => 16, _ => random.Next(24) }];
            random.NextBytes(value);
            body.AddRange(LinkMessage.Attribute(random.Next(1, 64), value));
        }

        if (family.TryDecodeDatagram(CollectionsMarshal.AsSpan(body), out var text)) return text;
        ReadOnlySpan<byte> bytes = LinkMessage.Netlink(family.Messages.Count == 0 ? (ushort)16 : family.Messages[random.Next(family.Messages.Count)].Type, [.. body]);
        return NetlinkMessage.TryRead(ref bytes, out var message) && family.TryDecode(message, out var decoded) ? decoded : null;
    }
}
