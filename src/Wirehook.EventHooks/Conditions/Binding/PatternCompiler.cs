using System.Text;
using System.Text.RegularExpressions;
using Wirehook.EventHooks.Conditions.Evaluation;
using Wirehook.EventHooks.Conditions.Syntax;

namespace Wirehook.EventHooks.Conditions.Binding;

/// <summary>Compiles regular expressions: POSIX extended ones as the seed has them, with .NET's classes (<c>\d</c>) as well; unanchored, of linear time.</summary>
internal static class PatternCompiler
{
    private const RegexOptions Options = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.Singleline;
    private const string Special = "\\^$.|?*+()[]{}";

    /// <summary>The test of a pattern. Patterns that are plain text with anchors or <c>.*</c> around it need no machine.</summary>
    /// <exception cref="ConditionException">The pattern is malformed, or needs backtracking.</exception>
    public static TextTest Compile(string pattern, SourceSpan span)
    {
        if (Plain(pattern) is { } plain) return plain;
        try
        {
            return new RegexTest(new Regex(Translate(pattern, span), Options));
        }
        catch (NotSupportedException)
        {
            throw new ConditionException("The pattern cannot be matched in linear time: lookaround, backreferences, atomic groups and huge repetitions are not supported.", span);
        }
        catch (RegexParseException e)
        {
            throw new ConditionException($"The pattern is no regular expression: {Reason(e)}", span);
        }
    }

    /// <summary>The test of a glob. <c>veth*</c>, <c>*.100</c> and <c>*eth*</c> need no matching.</summary>
    public static TextTest CompileGlob(string pattern)
    {
        var literal = pattern.AsSpan().Trim('*');
        if (literal.ContainsAny("*?[\\")) return new GlobTest(pattern);
        return (pattern.StartsWith('*'), pattern.EndsWith('*')) switch
        {
            (true, true) => new ContainsTest(literal.ToString()),
            (true, false) => new SuffixTest(literal.ToString()),
            (false, true) => new PrefixTest(literal.ToString()),
            _ => new EqualsTest(pattern),
        };
    }

    /// <summary>.NET's message without the pattern, which stands above the carets anyway, and which may hold line ends.</summary>
    private static string Reason(RegexParseException e)
    {
        var text = e.Error switch
        {
            RegexParseError.UnterminatedBracket => "a '[' is never closed.",
            RegexParseError.InsufficientClosingParentheses => "a '(' is never closed.",
            RegexParseError.InsufficientOpeningParentheses => "a ')' was never opened.",
            RegexParseError.QuantifierAfterNothing => "a repetition follows nothing.",
            RegexParseError.NestedQuantifiersNotParenthesized => "a repetition follows a repetition.",
            RegexParseError.ReversedCharacterRange => "a range of characters is reversed.",
            RegexParseError.ReversedQuantifierRange => "a range of repetitions is reversed.",
            RegexParseError.UnescapedEndingBackslash => "it ends in a backslash.",
            RegexParseError.UnrecognizedEscape => "a backslash stands before a letter that it gives no meaning.",
            _ => string.Concat(e.Error.ToString().Select((c, i) => char.IsUpper(c) ? (i == 0 ? "" : " ") + char.ToLowerInvariant(c) : c.ToString())) + ".",
        };
        return text;
    }

    /// <summary><c>$</c> is the very end (.NET's also stands before a last line end); POSIX classes become ranges; '[' in a class is itself.</summary>
    private static string Translate(string pattern, SourceSpan span)
    {
        var text = new StringBuilder(pattern.Length + 16);
        for (var i = 0; i < pattern.Length; i++)
        {
            switch (pattern[i])
            {
                case '\\' when i + 1 < pattern.Length:
                    text.Append('\\').Append(pattern[++i]);
                    break;
                case '$':
                    text.Append("\\z");
                    break;
                case '[':
                    i = TranslateClass(pattern, i, text, span);
                    break;
                default:
                    text.Append(pattern[i]);
                    break;
            }
        }

        return text.ToString();
    }

    /// <summary>Copies a bracket expression from its '[' and gives the position of its ']'. A ']' that comes first is itself.</summary>
    private static int TranslateClass(string pattern, int start, StringBuilder text, SourceSpan span)
    {
        text.Append('[');
        var i = start + 1;
        if (i < pattern.Length && pattern[i] == '^') text.Append(pattern[i++]);
        if (i < pattern.Length && pattern[i] == ']')
        {
            text.Append("\\]");
            i++;
        }

        for (; i < pattern.Length && pattern[i] != ']'; i++)
        {
            if (pattern[i] == '\\' && i + 1 < pattern.Length) text.Append('\\').Append(pattern[++i]);
            else if (pattern[i] == '[') i = TranslateBracket(pattern, i, text, span);
            else text.Append(pattern[i]);
        }

        if (i < pattern.Length) text.Append(']');
        return i;
    }

    private static int TranslateBracket(string pattern, int start, StringBuilder text, SourceSpan span)
    {
        var kind = start + 1 < pattern.Length ? pattern[start + 1] : '\0';
        var end = kind is ':' or '.' or '=' ? pattern.IndexOf(kind + "]", start + 2, StringComparison.Ordinal) : -1;
        if (end < 0)
        {
            text.Append("\\[");
            return start;
        }

        var name = pattern[(start + 2)..end];
        text.Append((kind == ':' ? PosixClass(name) : null) ?? throw new ConditionException($"The pattern's [{kind}{name}{kind}] is not supported.", span));
        return end + 1;
    }

    private static string? PosixClass(string name) => name switch
    {
        "alpha" => "a-zA-Z",
        "digit" => "0-9",
        "alnum" => "a-zA-Z0-9",
        "upper" => "A-Z",
        "lower" => "a-z",
        "space" => " \\t-\\r",
        "blank" => " \\t",
        "punct" => "!-/:-@\\[-`{-~",
        "print" => " -~",
        "graph" => "!-~",
        "cntrl" => "\\x00-\\x1f\\x7f",
        "xdigit" => "0-9A-Fa-f",
        _ => null,
    };

    /// <summary><c>veth.*</c> holds 'veth', <c>^eth</c> begins with 'eth', <c>^eth0$</c> is 'eth0'. Null where the pattern is more than that.</summary>
    private static TextTest? Plain(string pattern)
    {
        var rest = pattern.AsSpan();
        var (fromStart, toEnd) = (false, false);
        if (rest.StartsWith('^')) fromStart = TakeStart(ref rest, 1);
        if (rest.EndsWith('$') && !rest.EndsWith("\\$")) toEnd = TakeEnd(ref rest, 1);
        if (rest.StartsWith(".*")) fromStart = !TakeStart(ref rest, 2);
        if (rest.EndsWith(".*") && !rest.EndsWith("\\.*")) toEnd = !TakeEnd(ref rest, 2);
        if (Literal(rest) is not { } literal) return null;
        return (fromStart, toEnd) switch
        {
            (true, true) => new EqualsTest(literal),
            (true, false) => new PrefixTest(literal),
            (false, true) => new SuffixTest(literal),
            _ => new ContainsTest(literal),
        };
    }

    private static bool TakeStart(ref ReadOnlySpan<char> text, int length)
    {
        text = text[length..];
        return true;
    }

    private static bool TakeEnd(ref ReadOnlySpan<char> text, int length)
    {
        text = text[..^length];
        return true;
    }

    private static string? Literal(ReadOnlySpan<char> pattern)
    {
        var text = new StringBuilder();
        for (var i = 0; i < pattern.Length; i++)
        {
            if (pattern[i] == '\\' && i + 1 < pattern.Length && !char.IsAsciiLetterOrDigit(pattern[i + 1])) text.Append(pattern[++i]);
            else if (Special.Contains(pattern[i])) return null;
            else text.Append(pattern[i]);
        }

        return text.ToString();
    }
}
