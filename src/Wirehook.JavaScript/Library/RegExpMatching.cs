using Wirehook.JavaScript.Library.RegExps;
using Wirehook.JavaScript.Runtime;

namespace Wirehook.JavaScript.Library;

/// <summary>Applies regular expressions to strings on behalf of the functions of RegExp and String.</summary>
internal sealed class RegExpMatching
{
    private const int ProgramsKept = 256;
    private const int LongestKept = 1000;

    private readonly Dictionary<(string Pattern, string Flags), RegExpProgram> _programs = [];
    private readonly JsEngine _engine;
    private readonly RegExpMatcher _matcher;
    private int[] _lastCaptures = [0, 0];

    internal RegExpMatching(JsEngine engine)
    {
        _engine = engine;
        _matcher = new RegExpMatcher(new EngineGuard(engine));
    }

    /// <summary>The text of the latest match.</summary>
    internal string LastInput { get; private set; } = "";

    /// <summary>Start and end of the latest match and of its captures; -1 where a capture took no part.</summary>
    internal ReadOnlySpan<int> LastCaptures => _lastCaptures;

    /// <summary>What lies before the latest match.</summary>
    internal string LeftContext => LastInput[.._lastCaptures[0]];

    /// <summary>What lies behind the latest match.</summary>
    internal string RightContext => LastInput[_lastCaptures[1]..];

    /// <summary>Searches from a position, whatever <c>lastIndex</c> says; the captures stay until the next search.</summary>
    internal bool Search(JsRegExp expression, string input, int from, out ReadOnlySpan<int> captures)
    {
        bool found = _matcher.Search(expression.Program, input, from, expression.IsSticky);
        captures = found ? _matcher.Captures : default;
        return found;
    }

    /// <summary>Searches for a match anywhere behind a position, the sticky flag ignored.</summary>
    internal bool SearchAnywhere(JsRegExp expression, string input, int from, out ReadOnlySpan<int> captures)
    {
        bool found = _matcher.Search(expression.Program, input, from, sticky: false);
        captures = found ? _matcher.Captures : default;
        return found;
    }

    /// <summary>One step of <c>exec</c>: reads and writes <c>lastIndex</c> as the flags ask (§15.10.6.2).</summary>
    internal bool Step(JsRegExp expression, string input, out ReadOnlySpan<int> captures)
    {
        captures = default;
        double lastIndex = TypeConversion.ToInteger(expression.Get("lastIndex"));
        bool usesLastIndex = expression.UsesLastIndex;
        double from = usesLastIndex ? Math.Max(lastIndex, 0) : 0;
        if (from > input.Length || !Search(expression, input, (int)from, out captures))
        {
            if (usesLastIndex)
                expression.Set("lastIndex", JsValue.Zero);
            return false;
        }
        if (usesLastIndex)
            expression.Set("lastIndex", JsValue.From((double)captures[1]));
        Remember(input, captures);
        return true;
    }

    /// <summary>Keeps a match for the legacy properties of RegExp.</summary>
    internal void Remember(string input, ReadOnlySpan<int> captures)
    {
        LastInput = input;
        if (_lastCaptures.Length != captures.Length)
            _lastCaptures = new int[captures.Length];
        captures.CopyTo(_lastCaptures);
    }

    /// <summary>The text of a capture, or undefined.</summary>
    internal JsValue Capture(string input, ReadOnlySpan<int> captures, int index)
    {
        int start = captures[index * 2];
        if (start < 0)
            return default;
        int length = captures[index * 2 + 1] - start;
        if (length == input.Length)
            return JsValue.From(input);
        _engine.AccountString(length);
        return JsValue.From(length == 1 ? SingleCharacter.Text(input[start]) : input.Substring(start, length));
    }

    /// <summary>The array that <c>exec</c> gives.</summary>
    internal JsValue ResultArray(string input, ReadOnlySpan<int> captures)
    {
        var values = new JsValue[captures.Length / 2];
        for (int i = 0; i < values.Length; i++)
            values[i] = Capture(input, captures, i);
        var array = _engine.NewArray(values, values.Length);
        array.DefineData("index", JsValue.From((double)captures[0]));
        array.DefineData("input", JsValue.From(input));
        return JsValue.From(array);
    }

    /// <summary>Compiles a pattern, or finds the program of an earlier call: a literal in a hook is evaluated at every event.</summary>
    /// <exception cref="JsException">A SyntaxError.</exception>
    internal RegExpProgram Compile(string pattern, string flagsText)
    {
        if (_programs.TryGetValue((pattern, flagsText), out var known))
            return known;
        if (!RegExpFlagsText.TryParse(flagsText, out var flags))
            throw _engine.SyntaxError($"Invalid flags supplied to RegExp constructor '{flagsText}'");
        _engine.Tick(pattern.Length);
        _engine.Account(pattern.Length * 64L);
        if (!RegExpProgram.TryCompile(pattern, flags, out var program, out string? error))
            throw _engine.SyntaxError($"Invalid regular expression: /{pattern}/: {error}");
        if (pattern.Length > LongestKept)
            return program!;
        if (_programs.Count == ProgramsKept)
            _programs.Clear();
        _programs.Add((pattern, flagsText), program!);
        return program!;
    }

    private sealed class EngineGuard(JsEngine engine) : IRegExpGuard
    {
        public void Poll(int steps) => engine.TickRegExp(steps);

        public void Grow(long bytes) => engine.Account(bytes);
    }
}
