namespace Wirehook.Scripting.Loading;

/// <summary>Shows a place in source code: the line, and carets under the place.</summary>
internal static class CodeFrame
{
    private const int WidestLine = 160;

    /// <summary>The line and the carets; null where the code has no such line, or a line too wide to read.</summary>
    internal static string? Of(string code, int line, int column, int length = 1)
    {
        if (line < 1 || column < 1 || LineAt(code, line) is not { } text || text.Length > WidestLine || column > text.Length + 1) return null;
        var number = $"{line,5} | ";
        // Tabs stay tabs, so that the caret stands under the place whatever their width.
        var indent = string.Concat(text[..(column - 1)].Select(c => c == '\t' ? '\t' : ' '));
        var carets = new string('^', Math.Clamp(length, 1, text.Length - column + 2));
        return $"{number}{text}\n{new string(' ', number.Length - 2)}| {indent}{carets}";
    }

    private static string? LineAt(string code, int line)
    {
        using var reader = new StringReader(code);
        for (var i = 1; i < line; i++)
            if (reader.ReadLine() is null) return null;
        return reader.ReadLine();
    }
}
