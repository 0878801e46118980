using Wirehook.Cli.Output;
using Wirehook.EventHooks.Hooks;
using Wirehook.Hub.Views;

namespace Wirehook.Cli.Tests.Output;

/// <summary>What the hooks verbs print for people.</summary>
public sealed class HookTextTests
{
    [Fact]
    public void A_table_aligns_its_columns_and_keeps_control_characters_out()
    {
        var table = new TextTable("name", ">runs", "script");
        table.Add("a", "1", "/bin/true");
        table.Add("a longer one", "12,345", "echo\n\u001b[2Jx");
        Assert.Equal(
            [
                "name            runs  script",
                "a                  1  /bin/true",
                "a longer one  12,345  echo  [2Jx",
            ],
            table.Lines());
        Assert.Throws<ArgumentException>(() => table.Add("too few"));
    }

    [Theory]
    [InlineData(0, "0 ms")]
    [InlineData(0.44, "0.4 ms")]
    [InlineData(12.6, "13 ms")]
    [InlineData(2500, "2.5 s")]
    [InlineData(30000, "30 s")]
    public void Times_have_the_unit_that_suits_them(double milliseconds, string text) => Assert.Equal(text, Quantity.Milliseconds(milliseconds));

    [Fact]
    public void A_scripts_output_cannot_steer_the_terminal()
    {
        Assert.Equal("  one\n  ·[31mtwo\tand\n  three", TerminalText.Indent("one\r\n\u001b[31mtwo\tand\nthree\n\n", "  "));
        Assert.Equal("·]0;title·", TerminalText.Safe("\u009d]0;title\u0007"));
    }

    [Fact]
    public void Every_verdict_has_words()
    {
        foreach (var verdict in Enum.GetValues<HookVerdict>())
        {
            var decision = System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName(verdict.ToString());
            Assert.NotEqual(decision, DecisionText.Verdict(decision));
        }
    }

    [Fact]
    public void A_decision_shows_the_clauses_as_a_tree()
    {
        using var output = new StringWriter { NewLine = "\n" };
        DecisionText.Write(output, new DecisionView
        {
            Sequence = 7,
            Timestamp = 0,
            Event = "link.down",
            Interface = "eth0",
            Namespace = "blue",
            Decision = "condition_unknown",
            Clause = new ClauseView("a == 1 AND b == 2", "unknown", "", [new ClauseView("a == 1", "true", "a = 1", []), new ClauseView("b == 2", "unknown", "b is absent", [])]),
        }, colour: false);
        var lines = output.ToString().Split('\n');
        Assert.EndsWith("link.down eth0 in blue: the condition asks for something that the event does not have", lines[0], StringComparison.Ordinal);
        Assert.Equal(["  unknown  a == 1 AND b == 2", "  true       a == 1    a = 1", "  unknown    b == 2    b is absent", ""], lines[1..]);
    }

    [Fact]
    public void A_reload_is_told_in_one_sentence()
    {
        Assert.Equal("added a, b; unchanged c.", ReloadText.Of(new ReloadView(["a", "b"], [], [], ["c"], 0)));
        Assert.Equal("removed a; 3 waiting events were dropped with replaced or removed hooks.", ReloadText.Of(new ReloadView([], [], ["a"], [], 3)));
        Assert.Equal("there are no hooks.", ReloadText.Of(new ReloadView([], [], [], [], 0)));
    }
}
