using Wirehook.EventHooks.Conditions;
using Wirehook.EventHooks.Conditions.Evaluation;
using Wirehook.EventHooks.Conditions.Syntax;
using Wirehook.Netlink.Events;

namespace Wirehook.EventHooks.Tests.Conditions;

/// <summary>What holds for all conditions.</summary>
public sealed class ConditionPropertyTests
{
    private static readonly Truth[] AllTruths = [Truth.False, Truth.Unknown, Truth.True];
    private static readonly ConditionLimits Wide = new() { Depth = 1000, Nodes = 100_000, TextLength = 100_000, ListLength = 1000 };

    [Fact]
    public void Canonical_text_parses_to_the_same_tree()
    {
        for (var seed = 0; seed < 2000; seed++)
        {
            var tree = new RandomTrees(seed).Condition();
            var text = SyntaxWriter.Write(tree);
            var parsed = Parser.Parse(text, Wide);
            Assert.True(RandomConditions.Structure(tree.Root!) == RandomConditions.Structure(parsed.Root!), $"seed {seed}: {text}\n{SyntaxWriter.Write(parsed)}");
            Assert.Equal(tree.Hold, parsed.Hold);
            Assert.Equal(text, SyntaxWriter.Write(parsed));
        }
    }

    [Fact]
    public void Canonical_text_compiles_to_a_condition_of_the_same_values()
    {
        for (var seed = 0; seed < 300; seed++)
        {
            var random = new RandomConditions(seed);
            var text = random.Expression(4);
            var canonical = Compile(random, text).ToString();
            Assert.Equal(canonical, Compile(random, canonical).ToString());
            Assert.Equal(Values(random, text), Values(random, canonical));
        }
    }

    [Fact]
    public void Logic_of_three_values_is_that_of_Kleene()
    {
        foreach (var left in AllTruths)
        {
            Assert.Equal(left, TruthTable.Not(TruthTable.Not(left)));
            Assert.Equal(left == Truth.Unknown ? Truth.Unknown : left == Truth.True ? Truth.False : Truth.True, TruthTable.Not(left));
            foreach (var right in AllTruths)
            {
                var isFalse = left == Truth.False || right == Truth.False;
                var isTrue = left == Truth.True && right == Truth.True;
                Assert.Equal(isFalse ? Truth.False : isTrue ? Truth.True : Truth.Unknown, TruthTable.And(left, right));
                Assert.Equal(TruthTable.Not(TruthTable.And(TruthTable.Not(left), TruthTable.Not(right))), TruthTable.Or(left, right));
            }
        }
    }

    [Fact]
    public void Laws_of_logic_hold_for_random_conditions_and_events()
    {
        var seen = new HashSet<Truth>();
        for (var seed = 0; seed < 300; seed++)
        {
            var random = new RandomConditions(seed);
            var (a, b, c) = ($"({random.Expression(2)})", $"({random.Expression(2)})", $"({random.Expression(1)})");
            Same(random, a, $"NOT NOT {a}");
            Same(random, $"NOT ({a} AND {b})", $"NOT {a} OR NOT {b}");
            Same(random, $"NOT ({a} OR {b})", $"NOT {a} AND NOT {b}");
            Same(random, $"{a} AND {b} AND {c}", $"{c} && {a} && {b}");
            Same(random, $"{a} OR {b} OR {c}", $"{c} || {b} || {a}");
            Same(random, $"{a} AND ({b} OR {c})", $"{a} AND {b} OR {a} AND {c}");
            Same(random, $"{a} OR {a} AND {b}", a);
            seen.UnionWith(Values(random, a));
        }

        Assert.Equal(3, seen.Count);
    }

    [Fact]
    public void Negated_operators_are_the_negation_of_their_opposites()
    {
        var random = new RandomConditions(1, events: 300);
        Same(random, "n1 != 2", "NOT n1 == 2");
        Same(random, "n1 < 2", "NOT n1 >= 2");
        Same(random, "t1 !~ 'eth'", "NOT t1 =~ 'eth'");
        Same(random, "l1 != 'eth0'", "NOT l1 == 'eth0'");
        Same(random, "a1 != 10.0.0.1", "NOT a1 == 10.0.0.1");
        Same(random, "b1 & 3", "NOT b1 & 3 == 0");
        Same(random, "t1 CONTAINS 'th'", "t1 =~ 'th'");
        Same(random, "t1 ~= '*eth?'", "t1 =~ '^.*eth.$'");
        Same(random, "t1 =~ '^eth'", "t1 =~ '^(eth)'");
        Same(random, "t1 =~ 'h0$'", "t1 =~ '(h0)$'");
    }

    /// <summary>The trace of a condition agrees with its value, clause by clause.</summary>
    [Fact]
    public void Traces_agree_with_values()
    {
        for (var seed = 0; seed < 50; seed++)
        {
            var random = new RandomConditions(seed);
            var state = new ConditionState(Compile(random, random.Expression(4)));
            foreach (var subject in random.Events)
            {
                var trace = state.Explain(subject);
                Assert.Equal(state.Evaluate(subject), trace.Result);
                Check(random, trace, subject);
            }
        }
    }

    private static void Check(RandomConditions random, ClauseTrace trace, NetworkEvent subject)
    {
        Assert.Equal(trace.Result, new ConditionState(Compile(random, trace.Text)).Evaluate(subject));
        foreach (var child in trace.Children) Check(random, child, subject);
    }

    private static void Same(RandomConditions random, string left, string right) =>
        Assert.True(Values(random, left).SequenceEqual(Values(random, right)), $"{left}\n{right}");

    private static Truth[] Values(RandomConditions random, string text)
    {
        var state = new ConditionState(Compile(random, text));
        return [.. random.Events.Select(state.Evaluate)];
    }

    private static Condition Compile(RandomConditions random, string text)
    {
        var compilation = Condition.Compile(text, Wide, random.Vocabulary);
        Assert.True(compilation.Succeeded, compilation.Error?.ToString());
        return compilation.Condition;
    }
}
