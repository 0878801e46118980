using System.Diagnostics;
using Wirehook.EventHooks.Conditions;
using Wirehook.EventHooks.Conditions.Syntax;

namespace Wirehook.EventHooks.Tests.Conditions;

/// <summary>Damaged texts are refused or mean something; they never throw, and never take long.</summary>
public sealed class ConditionMutationTests
{
    private const int Mutations = 100_000;

    private static readonly string[] Texts =
    [
        "(interface =~ 'veth.*' AND message_type == 16) OR event_type == 1",
        "message_type IN [RTM_NEWLINK, 17, 0x14, 21]",
        "NOT netlink.link.mtu > 9000 && link.flags & (IFF_UP | IFF_RUNNING) == 0",
        "count(link.down by interface) within 1m >= 3 OR rate(RTM_NEWLINK, interface ~= 'eth*') > 100",
        "link.state == 'DOWN' AND changed CONTAINS 'mtu' for 1m30s",
        "interface !~ '^(eth|[[:alpha:]]+)\\d{1,3}(\\.x)*$' or exists(old.link.mtu)",
        "event IN [link.up link.down] && old.link.mtu <= link.mtu || link.address == 02:42:ac:11:00:02",
        "link.flags HAS IFF_PROMISC || interface STARTSWITH \"v\" || 10.0.0.0/8 == fe80::/10 || -5k < link.mtu",
    ];

    private static readonly string[] Pieces =
        ["(", ")", "[", "]", "'", "\"", "\\", " AND ", " OR ", " NOT ", " IN ", "==", "!~", "=~", "&", "|", "!", ",", "-", "0x", "9", "::", "/", ".", "*", "{9}", " for 5s", " within 1h", "rate(", "exists(", "é", "\0", "\n", "link.mtu", "'eth0'"];

    [Fact]
    public void Mutated_texts_never_throw()
    {
        var random = new Random(20);
        var slowest = TimeSpan.Zero;
        var accepted = 0;
        for (var i = 0; i < Mutations; i++)
        {
            var text = Mutate(random);
            var start = Stopwatch.GetTimestamp();
            if (Accepts(text, i)) accepted++;
            var elapsed = Stopwatch.GetElapsedTime(start);
            if (elapsed > slowest) slowest = elapsed;
        }

        Assert.InRange(accepted, Mutations / 100, Mutations * 9 / 10);
        Assert.True(slowest < TimeSpan.FromSeconds(2), $"The slowest took {slowest}.");
    }

    private static bool Accepts(string text, int i)
    {
        var compilation = Condition.Compile(text);
        if (compilation.Error is { } error)
        {
            Assert.InRange(error.Column, 1, error.SourceLine.Length + 1);
            Assert.InRange(error.Length, 1, Math.Max(1, error.SourceLine.Length - error.Column + 1));
            Assert.DoesNotContain('\n', error.Message);
            return false;
        }

        var state = new ConditionState(compilation.Condition!);
        Assert.True(Enum.IsDefined(state.Evaluate(SampleEvents.Plain("veth12", 16, "link.up", i))));
        if (i % 16 == 0)
        {
            var canonical = compilation.Condition!.ToString();
            Assert.Equal(canonical, SyntaxWriter.Write(Parser.Parse(canonical, new() { TextLength = 10_000 })));
            Assert.NotNull(state.Explain(SampleEvents.Plain("veth12", 16, "link.up", i)).ToString());
        }

        return true;
    }

    private static string Mutate(Random random)
    {
        var text = Texts[random.Next(Texts.Length)];
        for (var changes = random.Next(1, 4); changes > 0; changes--)
        {
            var at = random.Next(text.Length + 1);
            var length = Math.Min(random.Next(6), text.Length - at);
            text = random.Next(6) switch
            {
                0 => text.Remove(at, length),
                1 => text.Insert(at, Pieces[random.Next(Pieces.Length)]),
                2 => text[..at],
                3 => text[..at] + Texts[random.Next(Texts.Length)][random.Next(20)..],
                4 => text.Insert(at, text.Substring(at, length)),
                _ => text.Remove(at, length).Insert(at, ((char)random.Next(1, 300)).ToString()),
            };
        }

        return text;
    }
}
