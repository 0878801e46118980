using Wirehook.Netlink.Events;
using Wirehook.Netlink.State;
using Wirehook.Packets;

namespace Wirehook.Netlink.Tests.Families;

public sealed class MutationTests
{
    private const int Rounds = 100_000;

    [Fact]
    public void Mutated_messages_of_every_family_are_read_or_refused_and_printed()
    {
        var random = new Random(7);
        var messages = KernelMessages.All;
        var engine = new NetlinkEngine(new());
        var ns = engine.AddNamespace("default", -1);
        var events = new List<NetworkEvent>();
        var (given, longest) = (0L, 0);
        for (var round = 0; round < Rounds; round++)
        {
            var (_, protocol, original) = messages[random.Next(messages.Count)];
            engine.Process(ns, protocol, Mutate(original, random), new Timestamp(round), events);
            given += events.Count;
            if (round % 32 == 0)
            {
                foreach (var e in events)
                {
                    longest = Math.Max(longest, EventText.Line(e, colour: false).Length);
                    Assert.DoesNotContain(EventText.Line(e, colour: true).Replace("\e[", "", StringComparison.Ordinal), c => c < ' ');
                    using var json = System.Text.Json.JsonDocument.Parse(EventJson.ToUtf8Line(e));
                    Assert.Equal(e.Sequence, json.RootElement.GetProperty("sequence").GetInt64());
                }
            }

            events.Clear();
        }

        Assert.InRange(given, Rounds / 4, Rounds * 4L);
        Assert.InRange(longest, 100, 65_536);
    }

    private static byte[] Mutate(byte[] original, Random random)
    {
        var bytes = original.ToArray();
        for (var i = random.Next(4); i > 0; i--) bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
        if (random.Next(8) == 0) return bytes[..random.Next(bytes.Length + 1)];
        if (random.Next(8) == 0) BitConverter.TryWriteBytes(bytes.AsSpan(random.Next(Math.Max(1, bytes.Length - 2))), (ushort)random.Next(512));
        return bytes;
    }
}
