using System.Text;

namespace Wirehook.Cli.Output;

/// <summary>Text from elsewhere (a script's output, an interface's alias) on its way to a terminal: control characters, which could move the
/// cursor or worse, are shown as dots.</summary>
internal static class TerminalText
{
    /// <summary>One line of text without anything that a terminal would obey; tabs stay.</summary>
    public static string Safe(string text)
    {
        if (!text.Any(c => char.IsControl(c) && c != '\t')) return text;
        var safe = new StringBuilder(text.Length);
        foreach (var character in text) safe.Append(char.IsControl(character) && character != '\t' ? '·' : character);
        return safe.ToString();
    }

    /// <summary>All lines of <paramref name="text"/>, each made safe and indented.</summary>
    public static string Indent(string text, string indent) => string.Join('\n', Lines(text).Select(l => indent + l));

    /// <summary>The lines of <paramref name="text"/>, each made safe, without empty ones at the end.</summary>
    public static IEnumerable<string> Lines(string text) => text.TrimEnd('\n', '\r').Split('\n').Select(l => Safe(l.TrimEnd('\r')));
}
