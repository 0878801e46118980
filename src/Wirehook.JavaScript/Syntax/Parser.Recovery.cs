namespace Wirehook.JavaScript.Syntax;

/// <summary>
/// Going on after an error that ended a statement of a script, so that one run shows the errors of several places. The next line that begins, without
/// indentation, with the keyword of a statement is taken for the next statement. What may follow from the first error alone is not reported.
/// </summary>
internal sealed partial class Parser
{
    private bool _hasResumed;

    /// <summary>Moves to the next statement.</summary>
    /// <exception cref="ParseAbortedException">There is none, or there are errors enough.</exception>
    private void ResumeAfterError()
    {
        int start = _errors.LastStart;
        var rest = _source.Text.AsSpan(Math.Min(start, _source.Text.Length));
        // What a template or comment without end swallows is no code.
        bool runsToTheEnd = rest is ['`', ..] or ['/', '*', ..];
        if (_hasResumed && MayFollow(start)) _errors.ForgetLast();
        int next = runsToTheEnd || _errors.IsFull ? -1 : FindStatement(start);
        if (next < 0) throw new ParseAbortedException();
        _hasResumed = true;
        // The line may lie within a function or a loop whose beginning was not understood.
        _context = new FunctionContext { InFunction = true, Loops = 1, IsStrict = _context.IsStrict };
        (_depth, _inAllowed, _arrowStart, _pendingCover) = (0, true, -1, -1);
        _lexer.Position = next;
        Advance();
    }

    /// <summary>Whether an error may come from an earlier one: a bracket that nothing opened, or the end of the source.</summary>
    private bool MayFollow(int start) => start >= _source.Text.Length || _source.Text[start] is '}' or ')' or ']';

    private int FindStatement(int from)
    {
        string text = _source.Text;
        for (int at = from; at < text.Length; at++)
        {
            if (SourceText.IsLineTerminator(text[at]) && BeginsStatement(text.AsSpan(at + 1))) return at + 1;
        }

        return -1;
    }

    private static bool BeginsStatement(ReadOnlySpan<char> line)
    {
        int length = 0;
        while (length < line.Length && char.IsAsciiLetterLower(line[length])) length++;
        bool isWord = length == line.Length || !Characters.IsIdentifierPart(line[length]);
        return isWord && line[..length] is "function" or "var" or "let" or "const" or "if" or "for" or "while" or "do" or "switch" or "try" or "throw";
    }
}
