namespace Wirehook.Dissection.Protobuf;

/// <summary>The tokens of a <c>.proto</c> file: names, numbers, strings and single characters, without white space and comments.</summary>
internal sealed class ProtoTokens(string text)
{
    private int _at;
    private int _line = 1;
    private string? _next;
    private int _nextLine = 1;

    /// <summary>The token that <see cref="Take"/> gave last.</summary>
    public string Latest { get; private set; } = "";

    /// <summary>The line of <see cref="Latest"/>.</summary>
    public int LatestLine { get; private set; } = 1;

    /// <summary>The line of the next token, once it was looked at.</summary>
    public int NextLine => _nextLine;

    /// <summary>The next token without taking it; empty at the end.</summary>
    public string Peek()
    {
        _next ??= Read();
        return _next;
    }

    /// <summary>Takes the next token; empty at the end.</summary>
    public string Take()
    {
        var token = Peek();
        (_next, Latest, LatestLine) = (null, token, _nextLine);
        return token;
    }

    /// <summary>Takes the next token if it is <paramref name="token"/>.</summary>
    public bool TryTake(string token)
    {
        if (Peek() != token) return false;
        Take();
        return true;
    }

    private string Read()
    {
        SkipBlanks();
        _nextLine = _line;
        if (_at >= text.Length) return "";
        var start = _at;
        var c = text[_at++];
        if (c is '"' or '\'')
        {
            while (_at < text.Length && text[_at] != c && text[_at] != '\n') _at += text[_at] == '\\' ? 2 : 1;
            _at = Math.Min(text.Length, _at + 1);
        }
        else if (IsWord(c))
        {
            while (_at < text.Length && IsWord(text[_at])) _at++;
        }

        return text[start.._at];
    }

    private void SkipBlanks()
    {
        while (_at < text.Length)
        {
            if (text[_at] == '\n') _line++;
            if (char.IsWhiteSpace(text[_at])) _at++;
            else if (StartsWith("//")) _at = IndexOf("\n");
            else if (StartsWith("/*")) SkipComment();
            else return;
        }
    }

    private void SkipComment()
    {
        var end = Math.Min(text.Length, IndexOf("*/") + 2);
        for (; _at < end; _at++)
        {
            if (text[_at] == '\n') _line++;
        }
    }

    private bool StartsWith(string sought) => string.CompareOrdinal(text, _at, sought, 0, sought.Length) == 0;

    private int IndexOf(string sought) => text.IndexOf(sought, Math.Min(text.Length, _at), StringComparison.Ordinal) is var at and >= 0 ? at : text.Length;

    // A dot belongs to names: package.Type is one token, and so is .package.Type.
    private static bool IsWord(char c) => char.IsAsciiLetterOrDigit(c) || c is '_' or '.' or '-' or '+';
}
