namespace Wirehook.JavaScript.Syntax;

/// <summary>A script's name and text, with lines found on demand. Line terminators are those of ECMA-262 5.1 §7.3.</summary>
internal sealed class SourceText(string name, string text)
{
    private int[]? _lineStarts;

    public string Name { get; } = name;

    public string Text { get; } = text;

    /// <summary>The line and column of an offset, both counted from 1; the column counts UTF-16 units.</summary>
    public (int Line, int Column) Locate(int offset)
    {
        var starts = _lineStarts ??= FindLines(Text);
        int line = Array.BinarySearch(starts, offset);
        if (line < 0) line = ~line - 1;
        return (line + 1, offset - starts[line] + 1);
    }

    /// <summary>The text of a line counted from 1, without its terminator.</summary>
    public ReadOnlySpan<char> Line(int line)
    {
        var starts = _lineStarts ??= FindLines(Text);
        int start = starts[line - 1];
        int end = start;
        while (end < Text.Length && !IsLineTerminator(Text[end])) end++;
        return Text.AsSpan(start, end - start);
    }

    internal static bool IsLineTerminator(char c) => c is '\n' or '\r' or '\u2028' or '\u2029';

    private static int[] FindLines(string text)
    {
        var starts = new List<int> { 0 };
        for (int i = 0; i < text.Length; i++)
        {
            if (!IsLineTerminator(text[i])) continue;
            if (text[i] == '\r' && i + 1 < text.Length && text[i + 1] == '\n') i++;
            starts.Add(i + 1);
        }

        return [.. starts];
    }
}
