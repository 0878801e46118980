using System.Text;

namespace Wirehook.Cli.Output;

/// <summary>A table for people: columns as wide as their longest cell, numbers to the right, two spaces between.</summary>
internal sealed class TextTable
{
    private const string Gap = "  ";
    private readonly (string Title, bool Right)[] _columns;
    private readonly List<string[]> _rows = [];

    /// <summary>A table with columns; a title that begins with <c>&gt;</c> has its cells to the right.</summary>
    public TextTable(params string[] titles)
    {
        _columns = [.. titles.Select(t => t.StartsWith('>') ? (t[1..], true) : (t, false))];
    }

    /// <summary>Adds a row with one cell per column.</summary>
    public void Add(params string[] cells)
    {
        if (cells.Length != _columns.Length) throw new ArgumentException($"{cells.Length} cells for {_columns.Length} columns.", nameof(cells));
        _rows.Add([.. cells.Select(OneLine)]);
    }

    /// <summary>The table as lines without trailing spaces, titles first.</summary>
    public IEnumerable<string> Lines()
    {
        var widths = _columns.Select((c, i) => _rows.Select(r => r[i].Length).Append(c.Title.Length).Max()).ToArray();
        yield return Line([.. _columns.Select(c => c.Title)], widths);
        foreach (var row in _rows) yield return Line(row, widths);
    }

    /// <summary>Prints it, with bold titles where <paramref name="terminal"/>.</summary>
    public void Write(TextWriter output, bool terminal)
    {
        var title = true;
        foreach (var line in Lines())
        {
            output.WriteLine(title && terminal ? $"\u001b[1m{line}\u001b[0m" : line);
            title = false;
        }
    }

    private string Line(string[] cells, int[] widths)
    {
        var line = new StringBuilder();
        for (var i = 0; i < cells.Length; i++)
        {
            if (i > 0) line.Append(Gap);
            line.Append(_columns[i].Right ? cells[i].PadLeft(widths[i]) : cells[i].PadRight(widths[i]));
        }

        return line.ToString().TrimEnd(' ');
    }

    // Names and commands may hold anything; a line break or an escape sequence in them must not break the table or the terminal.
    private static string OneLine(string cell)
    {
        if (!cell.Any(char.IsControl)) return cell;
        var clean = new StringBuilder(cell.Length);
        foreach (var character in cell) clean.Append(char.IsControl(character) ? ' ' : character);
        return clean.ToString();
    }
}
