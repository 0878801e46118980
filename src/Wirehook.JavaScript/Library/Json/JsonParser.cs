using System.Buffers;
using System.Globalization;
using Wirehook.JavaScript.Library.Numbers;
using Wirehook.JavaScript.Runtime;

namespace Wirehook.JavaScript.Library.Json;

/// <summary>Parses JSON (ES5.1 §15.12.1 and 2) into script values, without recursion: nesting is bounded by memory only.</summary>
internal ref struct JsonParser
{
    private static readonly SearchValues<char> StringEnds = SearchValues.Create(CreateStringEnds());

    private readonly JsEngine _engine;
    private readonly ReadOnlySpan<char> _text;
    private readonly JsonNames _names;
    private readonly List<Container> _open = [];
    private int _accountedDepth = 64;
    private int _at;

    private JsonParser(JsEngine engine, string text)
    {
        _engine = engine;
        _text = text;
        _names = engine.BuiltinState.JsonNames;
    }

    /// <summary>The value of a text.</summary>
    /// <exception cref="JsException">A SyntaxError.</exception>
    internal static JsValue Parse(JsEngine engine, string text) => new JsonParser(engine, text).ParseText();

    private JsValue ParseText()
    {
        while (true)
        {
            _engine.Tick();
            if (!TryBeginValue(out var value))
                continue;
            while (true)
            {
                if (_open.Count == 0)
                    return EndText(value);
                if (!CloseAfter(value))
                    break;
                value = JsValue.From(_open[^1].Object);
                _open.RemoveAt(_open.Count - 1);
            }
        }
    }

    /// <summary>Reads a scalar or an empty container; false when a container was opened and its first value is next.</summary>
    private bool TryBeginValue(out JsValue value)
    {
        SkipWhiteSpace();
        switch (Peek())
        {
            case '{':
                var o = _engine.NewObject();
                value = JsValue.From(o);
                _at++;
                SkipWhiteSpace();
                if (Eat('}'))
                    return true;
                Open(o, ReadName());
                return false;
            case '[':
                var array = _engine.NewArray(default);
                value = JsValue.From(array);
                _at++;
                SkipWhiteSpace();
                if (Eat(']'))
                    return true;
                Open(array, null);
                return false;
            default:
                value = ReadScalar();
                return true;
        }
    }

    private void Open(JsObject o, string? name)
    {
        if (_open.Count == _accountedDepth)
            _engine.AccountArray(_accountedDepth *= 2);
        _open.Add(new Container(o, name));
    }

    /// <summary>Puts a value into the innermost container; true when the container ends there.</summary>
    private bool CloseAfter(in JsValue value)
    {
        var container = _open[^1];
        SkipWhiteSpace();
        if (container.Name is null)
        {
            ((JsArray)container.Object).Add(value);
            if (Eat(','))
                return false;
            return Eat(']') ? true : throw Unexpected();
        }
        container.Object.DefineData(container.Name, value);
        if (Eat(','))
        {
            SkipWhiteSpace();
            _open[^1] = container with { Name = ReadName() };
            return false;
        }
        return Eat('}') ? true : throw Unexpected();
    }

    private string ReadName()
    {
        if (Peek() != '"')
            throw Unexpected();
        var raw = TakePlain(out bool isPlain);
        string name = isPlain ? _names.Get(raw) : ReadEscaped();
        SkipWhiteSpace();
        return Eat(':') ? name : throw Unexpected();
    }

    private JsValue ReadScalar()
    {
        char c = Peek();
        if (c == '"')
        {
            var raw = TakePlain(out bool isPlain);
            if (!isPlain)
                return JsValue.From(ReadEscaped());
            _engine.AccountString(raw.Length);
            return JsValue.From(raw.Length == 1 ? SingleCharacter.Text(raw[0]) : new string(raw));
        }
        if (c == '-' || char.IsAsciiDigit(c))
            return JsValue.From(ReadNumber());
        if (TryTake("true"))
            return JsValue.True;
        if (TryTake("false"))
            return JsValue.False;
        return TryTake("null") ? JsValue.Null : throw Unexpected();
    }

    private bool TryTake(string word)
    {
        int matched = 0;
        while (matched < word.Length && _at + matched < _text.Length && _text[_at + matched] == word[matched])
            matched++;
        if (matched == word.Length)
        {
            _at += matched;
            return true;
        }
        // A word that begins right is reported where it goes wrong.
        if (matched > 0)
        {
            _at += matched;
            throw Unexpected();
        }
        return false;
    }

    private double ReadNumber()
    {
        int start = _at;
        if (Peek() == '-')
            _at++;
        if (Peek() == '0')
            _at++;
        else
            TakeDigits();
        if (Peek() == '.')
        {
            _at++;
            TakeDigits();
        }
        if (Peek() is 'e' or 'E')
        {
            _at++;
            if (Peek() is '+' or '-')
                _at++;
            TakeDigits();
        }
        var digits = _text[start.._at];
        return digits.Length < 10 && int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out int integer)
            ? integer
            : NumberParser.Parse(digits);
    }

    private void TakeDigits()
    {
        if (!char.IsAsciiDigit(Peek()))
            throw Unexpected();
        while (char.IsAsciiDigit(Peek()))
            _at++;
    }

    /// <summary>Takes a string without escapes whole; with an escape, stops behind the opening quote.</summary>
    private ReadOnlySpan<char> TakePlain(out bool isPlain)
    {
        int start = _at + 1;
        int length = _text[start..].IndexOfAny(StringEnds);
        isPlain = length >= 0 && _text[start + length] == '"';
        _at = isPlain ? start + length + 1 : start;
        return isPlain ? _text.Slice(start, length) : default;
    }

    private string ReadEscaped()
    {
        var output = new TextBuilder(_engine);
        while (true)
        {
            int length = _text[_at..].IndexOfAny(StringEnds);
            if (length < 0)
            {
                _at = _text.Length;
                throw Unexpected();
            }
            output.Append(_text.Slice(_at, length));
            _at += length;
            if (Eat('"'))
                return output.ToString();
            if (!Eat('\\'))
                throw Unexpected();
            output.Append(ReadEscape());
        }
    }

    private char ReadEscape()
    {
        char c = Peek();
        if (c == 'u')
        {
            int value = 0;
            for (int i = 0; i < 4; i++)
            {
                _at++;
                if (!char.IsAsciiHexDigit(Peek()))
                    throw Unexpected();
                value = value * 16 + int.Parse(_text.Slice(_at, 1), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
            }
            _at++;
            return (char)value;
        }
        char unescaped = c switch
        {
            '"' or '\\' or '/' => c,
            'b' => '\b',
            'f' => '\f',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            _ => throw Unexpected(),
        };
        _at++;
        return unescaped;
    }

    private JsValue EndText(in JsValue value)
    {
        SkipWhiteSpace();
        return _at == _text.Length ? value : throw Unexpected();
    }

    private void SkipWhiteSpace()
    {
        while (_at < _text.Length && (_text[_at] is ' ' or '\t' or '\n' or '\r'))
            _at++;
    }

    private readonly char Peek() => _at < _text.Length ? _text[_at] : '\0';

    private bool Eat(char c)
    {
        if (_at >= _text.Length || _text[_at] != c)
            return false;
        _at++;
        return true;
    }

    private readonly JsException Unexpected()
    {
        if (_at >= _text.Length)
            return _engine.SyntaxError("Unexpected end of JSON input");
        char c = _text[_at];
        string what = c == '"' ? "string" : char.IsAsciiDigit(c) || c == '-' ? "number" : "token " + c;
        return _engine.SyntaxError($"Unexpected {what} in JSON at position {_at}");
    }

    private static char[] CreateStringEnds()
    {
        var ends = new char[34];
        for (int i = 0; i < 32; i++)
            ends[i] = (char)i;
        (ends[32], ends[33]) = ('"', '\\');
        return ends;
    }

    /// <summary>An object or array still open; the name is that of the property whose value is next, null in an array.</summary>
    private readonly record struct Container(JsObject Object, string? Name);
}

/// <summary>Property names seen lately, so that records of the same kind share their names' strings.</summary>
internal sealed class JsonNames
{
    private const int LongestKept = 32;

    private readonly string?[] _names = new string?[256];

    /// <summary>The text as a string.</summary>
    internal string Get(ReadOnlySpan<char> text)
    {
        if (text.Length is 0 or > LongestKept)
            return new string(text);
        int place = (text.Length * 31 + text[0] * 7 + text[^1] * 13 + text[text.Length / 2]) & 255;
        string? known = _names[place];
        if (known is not null && text.SequenceEqual(known))
            return known;
        return _names[place] = new string(text);
    }
}
