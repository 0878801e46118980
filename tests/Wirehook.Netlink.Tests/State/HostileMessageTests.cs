using Wirehook.Netlink.Codec;
using Wirehook.Netlink.Events;
using Wirehook.Netlink.State;
using Wirehook.Packets;

namespace Wirehook.Netlink.Tests.State;

public class HostileMessageTests
{
    private const int MaxObjects = 500;

    [Fact]
    public void A_hundred_thousand_damaged_messages_never_throw_and_keep_memory_bounded()
    {
        var random = new Random(11);
        var messages = Mutations.Transcript();
        var engine = new NetlinkEngine(new() { MaxObjects = MaxObjects });
        var ns = engine.AddNamespace("default", -1);
        var output = new List<NetworkEvent>();
        var fields = EventSchema.Fields;
        var last = 0L;
        for (var i = 0; i < 100_000; i++)
        {
            var protocol = random.Next(50) == 0 ? random.Next(-1, 20) : NetlinkProtocol.Route;
            engine.Process(ns, protocol, Mutations.Mutate(random, messages[random.Next(messages.Count)]), new Timestamp(i), output);
            foreach (var e in output)
            {
                Assert.Equal(++last, e.Sequence);
                Assert.NotEmpty(e.Events);
                if (i % 50 == 0) ReadAll(fields, e);
            }

            output.Clear();
            Assert.InRange(ns.Count, 0, MaxObjects);
            if (i % 1000 == 0) engine.TryTakeAudit(ns, out _);
        }

        Assert.Equal(ns.Count, Netlink.Families.NetlinkFamily.All.Sum(f => ns.Objects(f).Count()));
        Assert.True(last > 50_000);
    }

    [Fact]
    public void Damaged_control_messages_and_dumps_do_no_harm()
    {
        var random = new Random(13);
        var engine = new TestEngine(new() { MaxObjects = MaxObjects });
        for (var i = 0; i < 20_000; i++)
        {
            var body = new byte[random.Next(40)];
            random.NextBytes(body);
            engine.Feed(Bytes.Message((ushort)random.Next(40), body, (ushort)random.Next(0x1000), (uint)random.Next(3)), body);
        }

        Assert.InRange(engine.Namespace.Count, 0, MaxObjects);
    }

    private static void ReadAll(IReadOnlyList<EventField> fields, NetworkEvent e)
    {
        foreach (var field in fields)
        {
            var value = field.Get(e);
            if (value.IsPresent) Assert.Equal(field.Kind, value.Kind);
            _ = value.ToString();
        }
    }
}
