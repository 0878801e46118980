using System.Text.RegularExpressions;
using Wirehook.JavaScript.Library.RegExps;

namespace Wirehook.JavaScript.Tests.Library;

public class RegExpMatcherTests
{
    private sealed class StepLimit(long steps, long bytes) : IRegExpGuard
    {
        private long _left = steps;

        public void Poll(int steps)
        {
            if ((_left -= steps) < 0) throw new TimeoutException();
        }

        public void Grow(long size)
        {
            if (size > bytes) throw new InsufficientMemoryException();
        }
    }

    private static string Match(string pattern, string flags, string input, int from = 0)
    {
        Assert.True(RegExpFlagsText.TryParse(flags, out RegExpFlags parsed));
        Assert.True(RegExpProgram.TryCompile(pattern, parsed, out RegExpProgram? program, out string? error), error);
        var matcher = new RegExpMatcher(new StepLimit(50_000_000, 64 << 20));
        if (!matcher.Search(program!, input, from, (parsed & RegExpFlags.Sticky) != 0)) return "no";
        var parts = new List<string>();
        for (int i = 0; i < matcher.Captures.Length; i += 2)
        {
            int start = matcher.Captures[i];
            parts.Add(start < 0 ? "-" : input[start..matcher.Captures[i + 1]]);
        }
        return string.Join('|', parts);
    }

    [Theory]
    // The examples of ECMA-262 5.1 §15.10.2.
    [InlineData("a|ab", "", "abc", "a")]
    [InlineData("((a)|(ab))((c)|(bc))", "", "abc", "abc|a|a|-|bc|-|bc")]
    [InlineData("a[a-z]{2,4}", "", "abcdefghi", "abcde")]
    [InlineData("a[a-z]{2,4}?", "", "abcdefghi", "abc")]
    [InlineData("(aa|aabaac|ba|b|c)*", "", "aabaac", "aaba|ba")]
    [InlineData("(z)((a+)?(b+)?(c))*", "", "zaacbbbcac", "zaacbbbcac|z|ac|a|-|c")]
    [InlineData("(a*)*", "", "b", "|-")]
    [InlineData("(a*)b\\1+", "", "baaaac", "b|")]
    [InlineData("(?=(a+))", "", "baaabac", "|aaa")]
    [InlineData("(?=(a+))a*b\\1", "", "baaabac", "aba|a")]
    [InlineData("(.*?)a(?!(a+)b\\2c)\\2(.*)", "", "baaabaac", "baaabaac|ba|-|abaac")]
    // Captures, loops and emptiness.
    [InlineData("(?:(a)|b)*", "", "ab", "ab|-")]
    [InlineData("(a?)?", "", "b", "|-")]
    [InlineData("(a?)+", "", "b", "|")]
    [InlineData("(?:a?){3}b", "", "aab", "aab")]
    [InlineData("(a|b){2,3}?c", "", "ababc", "babc|b")]
    [InlineData("(?:a*?)*?b", "", "aab", "aab")]
    [InlineData("\\1(a)", "", "aa", "a|a")]
    [InlineData("(\\2)(a)", "", "a", "a||a")]
    [InlineData("(?:(x)|(y)|z)+", "", "xyz", "xyz|-|-")]
    [InlineData("(a+)+$", "", "aaa", "aaa|aaa")]
    [InlineData("(?!(a))b", "", "ab", "b|-")]
    [InlineData("(?=(a))?b", "", "ab", "b|-")]
    [InlineData("x{0}y", "", "xy", "y")]
    [InlineData("(?:ab){2}", "", "abab", "abab")]
    [InlineData("[^]", "", "\n", "\n")]
    [InlineData("[]", "", "a", "no")]
    // Assertions and flags.
    [InlineData("^b", "m", "a\nb", "b")]
    [InlineData("^b", "", "a\nb", "no")]
    [InlineData("a$", "m", "a\r\nb", "a")]
    [InlineData("a.b", "", "a\u2028b", "no")]
    [InlineData("a.b", "s", "a\nb", "a\nb")]
    [InlineData("\\bfoo\\b", "", "a foo.", "foo")]
    [InlineData("\\Boo", "", "oo foo", "oo")]
    [InlineData("HeLLo", "i", "hEllO", "hEllO")]
    [InlineData("[^x]", "i", "X", "no")]
    [InlineData("\\w", "i", "\u017F\u212A", "no")]
    [InlineData("\u03C3", "i", "\u03C2", "\u03C2")]
    [InlineData("(\u00E9)\\1", "i", "\u00E9\u00C9", "\u00E9\u00C9|\u00E9")]
    [InlineData("[\u0430-\u044F]+", "i", "\u041F\u0440\u0438", "\u041F\u0440\u0438")]
    // Annex B and web reality.
    [InlineData("a{", "", "a{", "a{")]
    [InlineData("a{,2}", "", "a{,2}", "a{,2}")]
    [InlineData("]}", "", "]}", "]}")]
    [InlineData("\\07", "", "\u0007", "\u0007")]
    [InlineData("(a)\\2", "", "a\u0002", "a\u0002|a")]
    [InlineData("[\\w-.]+", "", "a-.b", "a-.b")]
    [InlineData("\\c", "", "\\c", "\\c")]
    [InlineData("\\cA", "", "\u0001", "\u0001")]
    [InlineData("[\\c]", "", "\\", "\\")]
    [InlineData("\\u12", "", "u12", "u12")]
    [InlineData("\\x4", "", "x4", "x4")]
    [InlineData("\\u0041\\x42", "", "AB", "AB")]
    [InlineData("[\\b]", "", "\b", "\b")]
    [InlineData("\\k", "", "k", "k")]
    [InlineData("\\s+", "", "x \t\u00A0\uFEFF\u2028y", " \t\u00A0\uFEFF\u2028")]
    [InlineData("GET (\\S+) HTTP/(\\d)\\.(\\d)", "", "x GET /a?b HTTP/1.1", "GET /a?b HTTP/1.1|/a?b|1|1")]
    public void Matches(string pattern, string flags, string input, string expected) => Assert.Equal(expected, Match(pattern, flags, input));

    [Theory]
    [InlineData("(", "Unterminated group")]
    [InlineData(")", "Unmatched ')'")]
    [InlineData("a**", "Nothing to repeat")]
    [InlineData("*", "Nothing to repeat")]
    [InlineData("{1}", "Nothing to repeat")]
    [InlineData("[", "Unterminated character class")]
    [InlineData("[a\\]", "Unterminated character class")]
    [InlineData("\\", "\\ at end of pattern")]
    [InlineData("(?<a>b)", "Named groups are not supported; use numbers")]
    [InlineData("(?<=a)b", "Look-behind is not supported; match what stands before in a group")]
    [InlineData("(?#a)", "Invalid group")]
    [InlineData("[b-a]", "Range out of order in character class")]
    [InlineData("a{2,1}", "numbers out of order in {} quantifier")]
    public void Says_what_is_wrong(string pattern, string expected)
    {
        Assert.False(RegExpProgram.TryCompile(pattern, RegExpFlags.None, out _, out string? error));
        Assert.Equal(expected, error);
    }

    [Fact]
    public void Large_patterns_compile_in_bounded_time_or_are_refused()
    {
        foreach (string part in (string[])["a", "\\s", "[\\W\\d]", "[\\S-x]", "(a)", "a|", "[b-y]{2,3}", "\u00E9"])
        {
            string pattern = string.Concat(Enumerable.Repeat(part, 100_000 / part.Length));
            foreach (RegExpFlags flags in (RegExpFlags[])[RegExpFlags.None, RegExpFlags.IgnoreCase])
            {
                var clock = System.Diagnostics.Stopwatch.StartNew();
                RegExpProgram.TryCompile(pattern, flags, out _, out _);
                Assert.True(clock.Elapsed < TimeSpan.FromSeconds(5), part);
            }
        }
        Assert.False(RegExpProgram.TryCompile(new string('a', 1 << 20), RegExpFlags.None, out _, out string? error));
        Assert.Equal("Regular expression too large", error);
    }

    [Fact]
    public void Deep_nesting_is_an_error_and_not_an_overflow()
    {
        string pattern = new string('(', 200_000) + new string(')', 200_000);
        Assert.False(RegExpProgram.TryCompile(pattern, RegExpFlags.None, out _, out _));
    }

    [Fact]
    public void Sticky_matches_only_at_the_position()
    {
        Assert.Equal("no", Match("b", "y", "ab"));
        Assert.Equal("b", Match("b", "y", "ab", 1));
        Assert.Equal("no", Match("^b", "y", "ab", 1));
    }

    [Theory]
    [InlineData("(a+)+$")]
    [InlineData("(a|aa)+$")]
    [InlineData("(a|a)*$")]
    [InlineData("(.*)*x")]
    [InlineData("^(([a-z])+.)+[A-Z]([a-z])+$")]
    [InlineData("(a*)*(a*)*(a*)*$")]
    [InlineData("(?=(a+)+$)a")]
    [InlineData("(a{1,30}){1,30}$")]
    [InlineData("(a?){40}a{40}$")]
    [InlineData("(?:a+?)+?$")]
    public void A_catastrophic_pattern_is_stopped_by_its_guard(string pattern)
    {
        Assert.True(RegExpProgram.TryCompile(pattern, RegExpFlags.None, out RegExpProgram? program, out _));
        var matcher = new RegExpMatcher(new StepLimit(2_000_000, 16 << 20));
        Assert.Throws<TimeoutException>(() => matcher.Search(program!, new string('a', 60) + "!", 0, false));
        Assert.True(RegExpProgram.TryCompile("b", RegExpFlags.None, out RegExpProgram? simple, out _));
        Assert.True(matcher.Search(simple!, "ab", 0, false));
    }

    [Fact]
    public void The_backtrack_stack_is_bounded()
    {
        Assert.True(RegExpProgram.TryCompile("(?:(a)(a))*b", RegExpFlags.None, out RegExpProgram? program, out _));
        var matcher = new RegExpMatcher(new StepLimit(long.MaxValue, 1 << 20));
        Assert.Throws<InsufficientMemoryException>(() => matcher.Search(program!, new string('a', 1_000_000), 0, false));
    }

    [Fact]
    public void A_long_input_matches_in_constant_stack()
    {
        Assert.Equal(new string('a', 2_000_000), Match("^.*$", "", new string('a', 2_000_000)));
    }

    /// <summary>.NET's matcher in its ECMAScript mode shares the semantics for patterns whose loops hold no captures and no empty iterations.</summary>
    [Fact]
    public void Random_patterns_agree_with_another_matcher()
    {
        var random = new Random(41);
        for (int i = 0; i < 20_000; i++)
        {
            string pattern = RandomPattern(random, 3);
            string input = string.Concat(Enumerable.Range(0, random.Next(12)).Select(_ => "abc"[random.Next(3)]));
            Match expected = new Regex(pattern, RegexOptions.ECMAScript).Match(input);
            string actual = Match(pattern, "", input).Split('|')[0];
            Assert.True(actual == (expected.Success ? expected.Value : "no"), $"/{pattern}/ on {input}: {actual}, not {(expected.Success ? expected.Value : "no")}");
        }
    }

    private static string RandomPattern(Random random, int depth)
    {
        string Atom() => random.Next(depth > 0 ? 7 : 4) switch
        {
            0 or 1 => "abc"[random.Next(3)].ToString(),
            2 => ".",
            3 => random.Next(2) == 0 ? "[ab]" : "[^a]",
            4 => $"(?={RandomPattern(random, depth - 1)})",
            5 => $"(?!{RandomPattern(random, depth - 1)})",
            _ => $"(?:{RandomPattern(random, depth - 1)}|{RandomPattern(random, depth - 1)})",
        };
        string Term()
        {
            string atom = Atom();
            bool single = atom.Length == 1 || atom[0] == '[';
            string[] quantifiers = ["", "", "*", "+", "?", "*?", "+?", "??", "{2}", "{1,2}"];
            return atom + (single ? quantifiers[random.Next(quantifiers.Length)] : "");
        }
        return string.Concat(Enumerable.Range(0, random.Next(1, 4)).Select(_ => Term()));
    }
}
