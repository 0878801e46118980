using System.Text.RegularExpressions;
using Wirehook.EventHooks.Conditions.Syntax;

namespace Wirehook.EventHooks.Conditions.Evaluation;

/// <summary>What a clause asks of a text. Texts are compared character by character (ordinal).</summary>
internal abstract class TextTest
{
    /// <summary>Whether <paramref name="text"/> passes.</summary>
    public abstract bool Accepts(ReadOnlySpan<char> text);
}

/// <summary>Is the text.</summary>
internal sealed class EqualsTest(string expected) : TextTest
{
    /// <inheritdoc/>
    public override bool Accepts(ReadOnlySpan<char> text) => text.SequenceEqual(expected);
}

/// <summary>Stands before or after the text in the order of characters.</summary>
internal sealed class OrderTest(ComparisonOperator comparison, string expected) : TextTest
{
    /// <inheritdoc/>
    public override bool Accepts(ReadOnlySpan<char> text) => comparison.Accepts(text.SequenceCompareTo(expected));
}

/// <summary>Is one of several texts.</summary>
internal sealed class SetTest(string[] accepted) : TextTest
{
    private readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> _accepted =
        new HashSet<string>(accepted, StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();

    /// <inheritdoc/>
    public override bool Accepts(ReadOnlySpan<char> text) => _accepted.Contains(text);
}

/// <summary>Holds the text.</summary>
internal sealed class ContainsTest(string part) : TextTest
{
    /// <inheritdoc/>
    public override bool Accepts(ReadOnlySpan<char> text) => text.IndexOf(part, StringComparison.Ordinal) >= 0;
}

/// <summary>Begins with the text.</summary>
internal sealed class PrefixTest(string prefix) : TextTest
{
    /// <inheritdoc/>
    public override bool Accepts(ReadOnlySpan<char> text) => text.StartsWith(prefix, StringComparison.Ordinal);
}

/// <summary>Ends with the text.</summary>
internal sealed class SuffixTest(string suffix) : TextTest
{
    /// <inheritdoc/>
    public override bool Accepts(ReadOnlySpan<char> text) => text.EndsWith(suffix, StringComparison.Ordinal);
}

/// <summary>Matches a regular expression of linear time, anywhere.</summary>
internal sealed class RegexTest(Regex regex) : TextTest
{
    /// <inheritdoc/>
    public override bool Accepts(ReadOnlySpan<char> text) => regex.IsMatch(text);
}

/// <summary>Matches a glob from end to end: <c>*</c> is anything, <c>?</c> one character, <c>[a-z]</c> and <c>[!a-z]</c> one of several.</summary>
internal sealed class GlobTest(string pattern) : TextTest
{
    /// <summary>A star that fails later is tried one character further; only the last star ever needs that.</summary>
    public override bool Accepts(ReadOnlySpan<char> text)
    {
        var (position, index, star, resume) = (0, 0, -1, 0);
        while (position < text.Length)
        {
            if (index < pattern.Length && pattern[index] == '*')
            {
                (star, resume) = (index++, position);
            }
            else if (index < pattern.Length && MatchesOne(text[position], ref index))
            {
                position++;
            }
            else if (star >= 0)
            {
                (index, position) = (star + 1, ++resume);
            }
            else
            {
                return false;
            }
        }

        while (index < pattern.Length && pattern[index] == '*') index++;
        return index == pattern.Length;
    }

    /// <summary>Whether the pattern's element at <paramref name="index"/> takes <paramref name="c"/>; then index is after the element.</summary>
    private bool MatchesOne(char c, ref int index)
    {
        switch (pattern[index])
        {
            case '?':
                index++;
                return true;
            case '[' when pattern.IndexOf(']', Math.Min(index + 2, pattern.Length)) is var close and > 0:
                var taken = IsInSet(pattern.AsSpan(index + 1, close - index - 1), c);
                if (taken) index = close + 1;
                return taken;
            case '\\' when index + 1 < pattern.Length:
                if (pattern[index + 1] != c) return false;
                index += 2;
                return true;
            default:
                if (pattern[index] != c) return false;
                index++;
                return true;
        }
    }

    private static bool IsInSet(ReadOnlySpan<char> set, char c)
    {
        var isNegated = set[0] is '!' or '^' && set.Length > 1;
        if (isNegated) set = set[1..];
        for (var i = 0; i < set.Length; i++)
        {
            var last = i + 2 < set.Length && set[i + 1] == '-' ? set[i + 2] : set[i];
            if (c >= set[i] && c <= last) return !isNegated;
            if (last != set[i]) i += 2;
        }

        return isNegated;
    }
}
