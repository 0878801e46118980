using System.Globalization;
using System.Text;

namespace Wirehook.JavaScript.Syntax;

/// <summary>Draws a source line with carets under the place of an error.</summary>
internal static class CodeFrame
{
    private const int MaxWidth = 120;

    /// <summary>Appends <c> 12 | source line</c> and the caret line below it; long lines are cut around the place.</summary>
    public static void Append(StringBuilder output, string line, in JsDiagnostic diagnostic)
    {
        int place = Math.Min(diagnostic.Column - 1, line.Length);
        int from = place < MaxWidth * 2 / 3 ? 0 : place - (MaxWidth / 3);
        int to = Math.Min(line.Length, from + MaxWidth);
        string number = diagnostic.Line.ToString(CultureInfo.InvariantCulture).PadLeft(4);
        output.Append(number).Append(" | ");
        for (int i = from; i < to; i++) output.Append(char.IsControl(line[i]) && line[i] != '\t' ? ' ' : line[i]);
        output.Append('\n').Append(' ', number.Length).Append(" | ");
        for (int i = from; i < place; i++) output.Append(line[i] == '\t' ? '\t' : ' ');
        output.Append('^', Math.Clamp(diagnostic.Length, 1, Math.Max(1, to - place))).Append('\n');
    }
}
