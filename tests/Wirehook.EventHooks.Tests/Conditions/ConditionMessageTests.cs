using Wirehook.EventHooks.Conditions;

namespace Wirehook.EventHooks.Tests.Conditions;

/// <summary>What is refused, with which words, and where the carets stand.</summary>
public sealed class ConditionMessageTests
{
    [Theory]
    [InlineData("link.mtuu > 9000", "There is no field or constant link.mtuu. Did you mean link.mtu?", 1, 9)]
    [InlineData("message_type == RTM_NEWLINKS", "There is no field or constant RTM_NEWLINKS. Did you mean RTM_NEWLINK?", 17, 12)]
    [InlineData("nosuchfieldatall == 'eth0'", "There is no field or constant nosuchfieldatall.", 1, 16)]
    [InlineData("interface == eth0", "There is no field or constant eth0; text stands in quotes: 'eth0'.", 14, 4)]
    [InlineData("event == 'link.dwon'", "There is no event link.dwon. Did you mean link.down?", 10, 11)]
    [InlineData("interface > 3", "interface is text, and this is a number; text stands in quotes.", 13, 1)]
    [InlineData("interface == RTM_NEWLINK", "interface is text, and RTM_NEWLINK is a number.", 14, 11)]
    [InlineData("link.mtu =~ 'x'", "link.mtu is a number; =~ is for text.", 10, 2)]
    [InlineData("link.mtu > '1500'", "link.mtu is a number; drop the quotes: 1500.", 12, 6)]
    [InlineData("link.mtu > 'big'", "link.mtu is a number, and this is text.", 12, 5)]
    [InlineData("link.operstate == 'UPP'", "'UPP' is no value of link.operstate; they are UNKNOWN, NOTPRESENT, DOWN, LOWERLAYERDOWN, TESTING, DORMANT, UP. Did you mean UP?", 19, 5)]
    [InlineData("link.flags CONTAINS 'PROMISCUOUS'", "'PROMISCUOUS' is no value of link.flags.", 21, 13)]
    [InlineData("interface", "interface is no condition; compare it, or write exists(interface).", 1, 9)]
    [InlineData("mtu", "mtu is a number, not a condition; write mtu != 0.", 1, 3)]
    [InlineData("RTM_NEWLINK", "RTM_NEWLINK is a constant, not a condition; compare a field with it: message_type == RTM_NEWLINK.", 1, 11)]
    [InlineData("link.down", "link.down is the name of an event: write event == 'link.down'.", 1, 9)]
    [InlineData("'eth0'", "This is a value, not a condition; compare it with a field.", 1, 6)]
    [InlineData("interface = 'eth0'", "There is no operator =. Did you mean ==?", 11, 1)]
    [InlineData("1 < mtu < 3", "Comparisons cannot be chained; join them with AND.", 9, 1)]
    [InlineData("(mtu > 1) == (mtu > 2)", "A clause has no value to compare; join clauses with AND and OR.", 2, 7)]
    [InlineData("interface == 'eth0", "The text that begins here has no closing quote on its line.", 14, 5)]
    [InlineData("(mtu > 1", "This parenthesis is never closed.", 1, 1)]
    [InlineData("mtu > 1)", "This parenthesis was never opened.", 8, 1)]
    [InlineData("mtu IN [1, 2", "This bracket is never closed.", 8, 1)]
    [InlineData("mtu IN 5", "IN needs a list, such as [16, 17].", 8, 1)]
    [InlineData("interface IN 'eth0'", "IN needs a list, such as ['eth0', 'eth1'].", 14, 6)]
    [InlineData("mtu > ", "The condition ends where a field or a value is expected.", 7, 1)]
    [InlineData("mtu > 1 mtu < 3", "AND or OR is missing before this.", 9, 3)]
    [InlineData("mtu > 1 adn mtu < 3", "AND or OR is missing before this. Did you mean AND?", 9, 3)]
    [InlineData("AND mtu > 1", "A field, a value or '(' is expected here.", 1, 3)]
    [InlineData("interface =~ '('", "The pattern is no regular expression: a '(' is never closed.", 14, 3)]
    [InlineData("interface =~ '*'", "The pattern is no regular expression: a repetition follows nothing.", 14, 3)]
    [InlineData("interface =~ '(?=x)'", "The pattern cannot be matched in linear time: lookaround, backreferences, atomic groups and huge repetitions are not supported.", 14, 7)]
    [InlineData("interface =~ '(a)\\1'", "The pattern cannot be matched in linear time: lookaround, backreferences, atomic groups and huge repetitions are not supported.", 14, 7)]
    [InlineData("interface =~ namespace", "A value, not a field, must stand right of =~.", 14, 9)]
    [InlineData("interface =~ '[[:letter:]]'", "The pattern's [:letter:] is not supported.", 14, 14)]
    [InlineData("mtu > 5s", "A duration stands only after 'for' and 'within'; write a number in the field's unit.", 7, 2)]
    [InlineData("mtu > 99999999999999999999", "99999999999999999999 is too large for a number of 64 bits.", 7, 20)]
    [InlineData("mtu > 12ab", "12ab is no number. Numbers are decimal or 0x…, with k, M or G for thousands; durations end in ms, s, m, h or d.", 7, 4)]
    [InlineData("mtu > 1.5", "1.5 is neither a whole number nor an IP address.", 7, 3)]
    [InlineData("addr.address IN 10.0.0.0/33", "10.0.0.0/33 is neither a whole number nor an IP address.", 17, 11)]
    [InlineData("addr.address == 'ten'", "'ten' is no address, and addr.address is one, such as 10.0.0.1 or 10.0.0.0/8.", 17, 5)]
    [InlineData("addr.address > 10.0.0.1", "addr.address is an address; addresses have no order. Use IN for networks.", 14, 1)]
    [InlineData("synthetic > true", "synthetic is true or false; it is compared with == and !=, or stands alone.", 11, 1)]
    [InlineData("synthetic == 1", "synthetic is true or false; compare it with true or false, or write it alone.", 14, 1)]
    [InlineData("rate(RTM_NEWNEIGH)", "rate(…) is a number; compare it, as in > 100.", 1, 18)]
    [InlineData("count(link.down) > 3", "count(…) needs a time: count(…) within 1m >= 3.", 1, 16)]
    [InlineData("count(link.down) within 25h > 3", "The time after 'within' may be 1d at most.", 25, 3)]
    [InlineData("rate(rate(link.up) > 1) > 1", "rate(…) cannot stand within rate(…) or count(…).", 6, 13)]
    [InlineData("rat(RTM_NEWNEIGH) > 1", "There is no function rat. Did you mean rate?", 1, 3)]
    [InlineData("mtu > 1 within 5s", "'within' belongs to rate(…) or count(…), once.", 9, 6)]
    [InlineData("mtu > 1 for", "A time such as 5s or 1m must follow 'for'.", 12, 1)]
    [InlineData("mtu > 1 for 5s or mtu < 3", "'for' stands at the end of the whole condition; nothing may follow its time.", 16, 2)]
    [InlineData("exists('mtu')", "exists(…) takes the name of a field.", 8, 5)]
    [InlineData("mtu & 1 | 2", "Put the bits in parentheses: & (IFF_UP | IFF_RUNNING).", 9, 1)]
    [InlineData("mtu > 1 | mtu < 3", "| joins numbers and constants only. Clauses are joined with OR or ||.", 7, 7)]
    [InlineData("interface == 'é' # comment", "# is not of the language; text stands in quotes.", 18, 1)]
    public void Refuses_with_a_reason(string text, string message, int column, int length)
    {
        var compilation = Condition.Compile(text);
        Assert.False(compilation.Succeeded);
        Assert.Null(compilation.Condition);
        Assert.Equal(message, compilation.Error.Message);
        Assert.Equal((1, column, length), (compilation.Error.Line, compilation.Error.Column, compilation.Error.Length));
    }

    [Fact]
    public void Shows_the_line_that_is_wrong()
    {
        var error = Condition.Compile("interface == 'eth0'\n  AND link.mtuu > 3\n").Error!;
        Assert.Equal("There is no field or constant link.mtuu. Did you mean link.mtu? (line 2, column 7)\n    AND link.mtuu > 3\n        ^^^^^^^^^", error.ToString());
    }

    [Theory]
    [InlineData(3000, "The condition is nested deeper than 64 levels.")]
    [InlineData(200_000, "The condition is 200000 characters long; 4096 are allowed.")]
    public void Deep_and_long_texts_are_refused(int length, string message) => Assert.Equal(message, Condition.Compile(new string('(', length)).Error!.Message);

    [Fact]
    public void Limits_are_kept()
    {
        Assert.Equal("The condition is nested deeper than 64 levels.", Condition.Compile(string.Concat(Enumerable.Repeat("NOT ", 65)) + "synthetic").Error!.Message);
        Assert.True(Condition.Compile(string.Concat(Enumerable.Repeat("NOT ", 64)) + "synthetic").Succeeded);
        Assert.Equal("The condition has more than 1024 parts.", Condition.Compile(string.Join("||", Enumerable.Repeat("lost==1", 450))).Error!.Message);
        Assert.Equal("A list may have 1024 elements.", Condition.Compile($"mtu IN [{string.Join(' ', Enumerable.Repeat("1", 1025))}]").Error!.Message);
        Assert.Equal("The pattern is 1025 characters long; 1024 are allowed.", Condition.Compile($"interface =~ '{new string('a', 1025)}'").Error!.Message);
        Assert.Equal("A condition may call rate and count 16 times.", Condition.Compile(string.Join("||", Enumerable.Repeat("rate(16) > 1", 17))).Error!.Message);
    }
}
