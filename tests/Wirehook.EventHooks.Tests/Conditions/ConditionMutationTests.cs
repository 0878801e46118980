using System.Diagnostics;
using Wirehook.EventHooks.Conditions;
using Wirehook.EventHooks.Conditions.Binding;
using Wirehook.EventHooks.Conditions.Syntax;
using Wirehook.Netlink.Events;

namespace Wirehook.EventHooks.Tests.Conditions;

/// <summary>Damaged texts are refused or mean something; they never throw, and never take long.</summary>
public sealed class ConditionMutationTests
{
    private const int Mutations = 100_000;

    /// <summary>The names of network events, but only some of them to be suggested: looking through thousands is what would take most of the time.</summary>
    private static readonly ConditionVocabulary Vocabulary = new()
    {
        FindField = EventSchema.Find,
        FieldNames = EventSchema.Names.Take(50),
        Constants = new Dictionary<string, long>(StringComparer.OrdinalIgnoreCase) { ["RTM_NEWLINK"] = 16, ["IFF_UP"] = 1, ["IFF_RUNNING"] = 64, ["IFF_PROMISC"] = 256 },
        EventNames = new HashSet<string>(StringComparer.OrdinalIgnoreCase) { "link.up", "link.down", "addr.added" },
        MessageTypes = ConditionVocabulary.Events.MessageTypes,
    };

    private static readonly string[] Texts =
    [
        "(interface =~ 'veth.*' AND message_type == 16) OR event_type == 1",
        "message_type IN [RTM_NEWLINK, 17, 0x14, 21]",
        "NOT netlink.link.mtu > 9000 && link.flags & (IFF_UP | IFF_RUNNING) == 0",
        "count(link.down by interface) within 1m >= 3 OR rate(RTM_NEWLINK, interface ~= 'eth*') > 100",
        "link.state == 'DOWN' AND changed CONTAINS 'mtu' for 1m30s",
        "interface !~ 'eth' or exists(old.link.mtu) and not event STARTSWITH 'link.'",
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

    /// <summary>Expressions are dear to compile, so that they are damaged apart from the rest, and less often.</summary>
    [Fact]
    public void Mutated_patterns_never_throw()
    {
        var random = new Random(21);
        var accepted = 0;
        for (var i = 0; i < 1000; i++)
        {
            const string Special = "()[]{}\\^$.|?*+-:9,<=!dwbBpPkz\n";
            var pattern = "^(eth|[[:alpha:]]+)\\d{1,3}(\\.[^a-f]x?)*(v|w+)$";
            for (var changes = random.Next(1, 4); changes > 0; changes--)
            {
                var at = random.Next(pattern.Length);
                pattern = pattern.Remove(at, random.Next(3) % (pattern.Length - at)).Insert(at, Special[random.Next(Special.Length)].ToString());
            }

            if (Accepts($"interface =~ {SyntaxWriter.Quote(pattern)}", i)) accepted++;
        }

        Assert.InRange(accepted, 100, 950);
    }

    private static bool Accepts(string text, int i)
    {
        var compilation = Condition.Compile(text, ConditionLimits.Default, Vocabulary);
        if (compilation.Error is { } error)
        {
            Assert.InRange(error.Column, 1, error.SourceLine.Length + 1);
            Assert.InRange(error.Length, 1, Math.Max(1, error.SourceLine.Length - error.Column + 1));
            Assert.False(error.Message.Contains('\n', StringComparison.Ordinal));
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
