namespace Wirehook.JavaScript.Library.Text;

/// <summary>The white space and line terminators of ECMA-262 5.1 §7.2 and §7.3, as trimming and number parsing see them.</summary>
internal static class WhiteSpace
{
    /// <summary>Whether the code unit is WhiteSpace or LineTerminator, the set that <c>String.prototype.trim</c> strips.</summary>
    public static bool Contains(char c)
    {
        if (c < 128)
            return c is ' ' or (>= '\t' and <= '\r');
        return c is '\u00A0' or '\u1680' or (>= '\u2000' and <= '\u200A') or '\u2028' or '\u2029' or '\u202F' or '\u205F' or '\u3000' or '\uFEFF';
    }

    /// <summary>The text without leading white space and line terminators.</summary>
    public static ReadOnlySpan<char> TrimStart(ReadOnlySpan<char> text)
    {
        int start = 0;
        while (start < text.Length && Contains(text[start])) start++;
        return text[start..];
    }

    /// <summary>The text without trailing white space and line terminators.</summary>
    public static ReadOnlySpan<char> TrimEnd(ReadOnlySpan<char> text)
    {
        int end = text.Length;
        while (end > 0 && Contains(text[end - 1])) end--;
        return text[..end];
    }

    /// <summary>The text without white space and line terminators at either end.</summary>
    public static ReadOnlySpan<char> Trim(ReadOnlySpan<char> text) => TrimEnd(TrimStart(text));
}
