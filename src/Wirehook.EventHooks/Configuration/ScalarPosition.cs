using System.Globalization;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Wirehook.EventHooks.Configuration;

/// <summary>
/// Finds the place in a file of a character of a scalar's value. Indentation, folding, chomping and quoting differ between the value and the file, but the visible
/// characters are the same in the same order: the place is found by counting those.
/// </summary>
internal static class ScalarPosition
{
    /// <summary>Line and column in the file.</summary>
    /// <param name="node">The scalar.</param>
    /// <param name="line">Line within its value, from 1.</param>
    /// <param name="column">Column within that line, from 1.</param>
    /// <param name="text">The file; null where it is not at hand, and then the column is exact only for values on one line without escapes.</param>
    public static (long Line, long Column) Locate(YamlScalarNode node, int line, int column, string? text)
    {
        var quote = node.Style is ScalarStyle.SingleQuoted or ScalarStyle.DoubleQuoted ? 1 : 0;
        if (text is null) return line == 1 ? (node.Start.Line, node.Start.Column + quote + column - 1) : (node.Start.Line, node.Start.Column);
        var lines = text.ReplaceLineEndings("\n").Split('\n');
        var isBlock = node.Style is ScalarStyle.Literal or ScalarStyle.Folded;
        var start = isBlock ? ((int)node.Start.Line, 0) : ((int)node.Start.Line - 1, (int)node.Start.Column - 1 + quote);
        var visible = VisibleBefore(node.Value ?? "", line, column, out var isVisible);
        return Find(lines, start, visible, isVisible, node.Style) ?? (node.Start.Line, node.Start.Column);
    }

    /// <summary>The visible characters before a place of the value, and whether a visible one stands there.</summary>
    private static int VisibleBefore(string value, int line, int column, out bool isVisible)
    {
        var position = 0;
        for (; line > 1 && value.IndexOf('\n', position) is >= 0 and var end; line--) position = end + 1;
        position = Math.Min(position + column - 1, value.Length);
        isVisible = position < value.Length && !char.IsWhiteSpace(value[position]);
        var count = 0;
        foreach (var character in value.AsSpan(0, position)) count += char.IsWhiteSpace(character) ? 0 : 1;
        return count;
    }

    private static (long Line, long Column)? Find(string[] lines, (int Line, int Column) start, int visible, bool isVisible, ScalarStyle style)
    {
        (long Line, long Column)? behind = null;
        for (var (line, column) = start; line < lines.Length; (line, column) = (line + 1, 0))
        {
            var raw = lines[line];
            for (int length; column < raw.Length; column += length)
            {
                (length, var counted) = Measure(raw.AsSpan(column), style);
                if (counted == 0) continue;
                if (visible <= 0 && isVisible) return (line + 1, column + 1);
                visible -= counted;
                if (visible <= 0) behind = (line + 1, column + 1 + length);
                if (visible <= 0 && !isVisible) return behind;
            }
        }

        return behind;
    }

    /// <summary>How many characters of the file the next one of the value takes, and how many visible ones of the value it makes.</summary>
    private static (int Length, int Visible) Measure(ReadOnlySpan<char> raw, ScalarStyle style)
    {
        if (char.IsWhiteSpace(raw[0])) return (1, 0);
        if (style == ScalarStyle.SingleQuoted && raw is ['\'', '\'', ..]) return (2, 1);
        if (style != ScalarStyle.DoubleQuoted || raw[0] != '\\') return (1, 1);
        // A line that ends with a backslash goes on in the next one.
        if (raw.Length == 1) return (1, 0);
        var digits = raw[1] switch { 'x' => 2, 'u' => 4, 'U' => 8, _ => 0 };
        if (digits == 0) return (2, raw[1] is 'n' or 't' or 'r' or 'v' or 'f' or ' ' or '\t' or 'N' or '_' or 'L' or 'P' ? 0 : 1);
        return raw.Length >= 2 + digits && int.TryParse(raw.Slice(2, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code)
            ? (2 + digits, code > char.MaxValue ? 2 : char.IsWhiteSpace((char)code) ? 0 : 1)
            : (2, 1);
    }
}
