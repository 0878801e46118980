using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Wirehook.EventHooks.Configuration;

/// <summary>Finds the place in a file of a character of a scalar's value.</summary>
internal static class ScalarPosition
{
    /// <summary>Line and column in the file.</summary>
    /// <param name="node">The scalar.</param>
    /// <param name="line">Line within its value, from 1.</param>
    /// <param name="column">Column within that line, from 1.</param>
    /// <param name="text">The file; null where it is not at hand, and then the column is exact only for values on one line without escapes.</param>
    /// <returns>The start of the scalar where the value is folded, because its lines are not the file's.</returns>
    public static (long Line, long Column) Locate(YamlScalarNode node, int line, int column, string? text)
    {
        var (startLine, startColumn) = (node.Start.Line, node.Start.Column);
        switch (node.Style)
        {
            case ScalarStyle.Literal:
                var indentation = text is null ? 0 : Indentation(Line(text, startLine + 1));
                return (startLine + line, indentation + column);
            case ScalarStyle.SingleQuoted or ScalarStyle.DoubleQuoted when line == 1 && node.End.Line == startLine:
                var raw = text is null ? "" : Line(text, startLine);
                return (startLine, startColumn + 1 + RawLength(raw, (int)startColumn, column - 1, node.Style));
            case ScalarStyle.Plain when line == 1 && node.End.Line == startLine:
                return (startLine, startColumn + column - 1);
            default:
                return (startLine, startColumn);
        }
    }

    /// <summary>How many characters of the file <paramref name="count"/> characters of the value take.</summary>
    private static int RawLength(string raw, int start, int count, ScalarStyle style)
    {
        var position = start;
        for (; count > 0 && position < raw.Length; count--) position += CharacterLength(raw, position, style);
        return position - start + count;
    }

    private static int CharacterLength(string raw, int position, ScalarStyle style)
    {
        if (style == ScalarStyle.SingleQuoted) return raw[position] == '\'' ? 2 : 1;
        if (raw[position] != '\\' || position + 1 >= raw.Length) return 1;
        return raw[position + 1] switch
        {
            'x' => 4,
            'u' => 6,
            'U' => 10,
            _ => 2,
        };
    }

    private static int Indentation(string line) => line.Length - line.TrimStart(' ').Length;

    private static string Line(string text, long number)
    {
        using var reader = new StringReader(text);
        for (var i = 1L; i < number; i++) reader.ReadLine();
        return reader.ReadLine() ?? "";
    }
}
