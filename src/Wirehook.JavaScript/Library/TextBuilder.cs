using System.Text;

namespace Wirehook.JavaScript.Library;

/// <summary>
/// Builds a string whose length a script decides: every doubling is accounted before it happens, and no string grows beyond the engine's limit.
/// </summary>
internal sealed class TextBuilder(JsEngine engine, StringBuilder? buffer = null)
{
    private readonly StringBuilder _text = buffer ?? new StringBuilder();
    private int _accounted = 256;

    /// <summary>The length so far.</summary>
    internal int Length => _text.Length;

    /// <summary>The builder itself, for callers that append a few characters and then call <see cref="Check"/>.</summary>
    internal StringBuilder Inner => _text;

    /// <summary>Appends a text.</summary>
    /// <exception cref="JsException">A RangeError when the string would be too long.</exception>
    internal void Append(ReadOnlySpan<char> text)
    {
        Reserve(text.Length);
        _text.Append(text);
    }

    /// <summary>Appends a text.</summary>
    internal void Append(string text) => Append(text.AsSpan());

    /// <summary>Appends one character.</summary>
    internal void Append(char c)
    {
        Reserve(1);
        _text.Append(c);
    }

    /// <summary>Appends a character several times.</summary>
    internal void Append(char c, int count)
    {
        Reserve(count);
        _text.Append(c, count);
    }

    /// <summary>Accounts what was appended through <see cref="Inner"/>.</summary>
    internal void Check() => Reserve(0);

    /// <summary>The string.</summary>
    public override string ToString() => _text.ToString();

    private void Reserve(int more)
    {
        long length = (long)_text.Length + more;
        if (length <= _accounted)
            return;
        while (_accounted < length && _accounted < JsEngine.MaximumStringLength)
            _accounted = (int)Math.Min(_accounted * 2L, JsEngine.MaximumStringLength);
        engine.AccountString(Math.Max(length, _accounted));
    }
}
