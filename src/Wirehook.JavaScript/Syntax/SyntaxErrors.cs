namespace Wirehook.JavaScript.Syntax;

/// <summary>Collects the errors of one source. Errors that leave the parser in a known state are reported; others end the parse.</summary>
internal sealed class SyntaxErrors(SourceText source)
{
    private const int MaxErrors = 10;
    private readonly List<(int Start, int End, string Message)> _errors = [];

    public bool Any => _errors.Count > 0;

    /// <summary>Whether there is room for more.</summary>
    public bool IsFull => _errors.Count >= MaxErrors;

    /// <summary>Where the error is that was found last.</summary>
    public int LastStart => _errors[^1].Start;

    /// <summary>Forgets the error that was found last.</summary>
    public void ForgetLast() => _errors.RemoveAt(_errors.Count - 1);

    /// <summary>Notes an error and lets the parse go on.</summary>
    public void Report(int start, int end, string message)
    {
        if (_errors.Count < MaxErrors) _errors.Add((start, end, message));
    }

    /// <summary>Ends the parse.</summary>
    public Exception Fail(int start, int end, string message)
    {
        _errors.Add((start, end, message));
        return new ParseAbortedException();
    }

    /// <summary>The exception that carries all errors in source order.</summary>
    public JsSyntaxException ToException()
    {
        _errors.Sort(static (a, b) => a.Start.CompareTo(b.Start));
        var diagnostics = new JsDiagnostic[_errors.Count];
        var lines = new string[_errors.Count];
        for (int i = 0; i < diagnostics.Length; i++)
        {
            var (start, end, message) = _errors[i];
            start = Math.Min(start, source.Text.Length);
            var (line, column) = source.Locate(start);
            lines[i] = source.Line(line).ToString();
            int room = Math.Max(1, lines[i].Length - (column - 1));
            diagnostics[i] = new JsDiagnostic(message, line, column, Math.Clamp(end - start, 1, room));
        }

        return new JsSyntaxException(source.Name, diagnostics, lines);
    }
}

/// <summary>Unwinds the parser after an error from which it cannot go on; never leaves <see cref="ScriptParser"/>.</summary>
internal sealed class ParseAbortedException : Exception;
