namespace Wirehook.EventHooks.Conditions.Syntax;

/// <summary>Turns positions into lines and columns.</summary>
internal static class SourceText
{
    /// <summary>The error that shows <paramref name="span"/> of <paramref name="text"/>; a span over several lines is shown on its first.</summary>
    public static ConditionError Error(string text, SourceSpan span, string message)
    {
        var start = Math.Clamp(span.Start, 0, text.Length);
        var lineStart = start == 0 ? 0 : text.LastIndexOf('\n', start - 1) + 1;
        var newline = text.IndexOf('\n', start);
        var lineEnd = newline < 0 ? text.Length : newline;
        var line = text.AsSpan(0, start).Count('\n') + 1;
        var source = text[lineStart..lineEnd].TrimEnd('\r');
        start = Math.Min(start, lineStart + source.Length);
        var length = Math.Clamp(Math.Min(span.Length, lineStart + source.Length - start), 1, int.MaxValue);
        return new(OneLine(message), line, start - lineStart + 1, length, source);
    }

    /// <summary>Messages quote what was written, which may hold line ends and worse.</summary>
    private static string OneLine(string message) =>
        message.AsSpan().ContainsAnyInRange('\0', '\x1f') ? string.Concat(message.Select(c => char.IsControl(c) ? '\uFFFD' : c)) : message;
}
