namespace Wirehook.Scripting.Testing;

/// <summary>The difference between two texts, line by line.</summary>
public sealed class LineDiff
{
    // Beyond this many cells the middle is shown as replaced whole: a table of longest common subsequences grows with the product of the lengths.
    private const long LargestTable = 4_000_000;
    private readonly List<(char Mark, string Line, int Expected, int Actual)> _lines = [];

    private LineDiff()
    {
    }

    /// <summary>Whether the texts are equal.</summary>
    public bool IsEmpty => _lines.TrueForAll(l => l.Mark == ' ');

    /// <summary>Compares two texts. Line ends are equal however they are written.</summary>
    public static LineDiff Compare(string expected, string actual)
    {
        var (a, b) = (Split(expected), Split(actual));
        var diff = new LineDiff();
        var head = 0;
        while (head < a.Length && head < b.Length && a[head] == b[head]) head++;
        var tail = 0;
        while (tail < a.Length - head && tail < b.Length - head && a[^(tail + 1)] == b[^(tail + 1)]) tail++;
        for (var i = 0; i < head; i++) diff.Add(' ', a[i], i, i);
        diff.AddMiddle(a.AsSpan(head..^tail), b.AsSpan(head..^tail), head);
        for (var i = 0; i < tail; i++) diff.Add(' ', a[a.Length - tail + i], a.Length - tail + i, b.Length - tail + i);
        return diff;
    }

    /// <summary>Writes the changed lines (<c>-</c> expected, <c>+</c> actual) with equal lines around them.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="around">Equal lines before and after each change.</param>
    /// <param name="most">Lines after which it says how many more changed.</param>
    public void Write(TextWriter output, int around = 3, int most = 200)
    {
        var shown = 0;
        var last = -1;
        for (var i = 0; i < _lines.Count; i++)
        {
            if (!IsNearChange(i, around)) continue;
            if (shown++ == most)
            {
                output.WriteLine($"… and {_lines.Skip(i).Count(l => l.Mark != ' ')} more changed lines");
                return;
            }

            if (i != last + 1 || shown == 1) output.WriteLine($"@@ expected line {_lines[i].Expected + 1}, actual line {_lines[i].Actual + 1} @@");
            output.WriteLine($"{_lines[i].Mark}{_lines[i].Line}");
            last = i;
        }
    }

    private static string[] Split(string text)
    {
        var lines = text.ReplaceLineEndings("\n").Split('\n');
        return lines[^1].Length == 0 ? lines[..^1] : lines;
    }

    private bool IsNearChange(int at, int around)
    {
        for (var i = Math.Max(0, at - around); i <= Math.Min(_lines.Count - 1, at + around); i++)
            if (_lines[i].Mark != ' ') return true;
        return false;
    }

    private void AddMiddle(ReadOnlySpan<string> a, ReadOnlySpan<string> b, int head)
    {
        var common = (long)a.Length * b.Length <= LargestTable ? CommonLengths(a, b) : null;
        var (i, j) = (0, 0);
        while (i < a.Length || j < b.Length)
        {
            if (i < a.Length && j < b.Length && common is not null && a[i] == b[j])
            {
                Add(' ', a[i], head + i, head + j);
                i++;
                j++;
            }
            else if (j == b.Length || (i < a.Length && (common is null || common[i + 1, j] >= common[i, j + 1]))) Add('-', a[i], head + i++, head + j);
            else Add('+', b[j], head + i, head + j++);
        }
    }

    /// <summary>Length of the longest common subsequence of the rests from each pair of positions.</summary>
    private static int[,] CommonLengths(ReadOnlySpan<string> a, ReadOnlySpan<string> b)
    {
        var lengths = new int[a.Length + 1, b.Length + 1];
        for (var i = a.Length - 1; i >= 0; i--)
            for (var j = b.Length - 1; j >= 0; j--)
                lengths[i, j] = a[i] == b[j] ? lengths[i + 1, j + 1] + 1 : Math.Max(lengths[i + 1, j], lengths[i, j + 1]);
        return lengths;
    }

    private void Add(char mark, string line, int expected, int actual) => _lines.Add((mark, line, expected, actual));
}
