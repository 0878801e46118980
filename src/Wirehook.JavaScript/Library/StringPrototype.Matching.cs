using Wirehook.JavaScript.Runtime;

namespace Wirehook.JavaScript.Library;

/// <summary>The functions that take regular expressions (ES5.1 §15.5.4.10 to 12 and 14).</summary>
internal static partial class StringPrototype
{
    private static void InstallMatching(BuiltinObject prototype) => prototype
        .Method("match", 1, Match)
        .Method("search", 1, Search)
        .Method("split", 2, Split)
        .Method("replace", 2, StringReplacement.Replace)
        .Method("replaceAll", 2, StringReplacement.ReplaceAll);

    /// <summary>The argument as a regular expression.</summary>
    private static JsRegExp Expression(JsEngine engine, in JsValue value)
    {
        if (value.IsObject && value.AsObject is JsRegExp expression)
            return expression;
        return RegExpConstructor.Create(engine, value.IsUndefined ? "" : TypeConversion.ToText(value), "");
    }

    private static JsValue Match(JsEngine engine, in JsValue thisValue, ReadOnlySpan<JsValue> arguments)
    {
        string text = This(engine, thisValue, "match");
        var expression = Expression(engine, arguments.At(0));
        var matching = engine.BuiltinState.Matching;
        if (!expression.IsGlobal)
            return matching.Step(expression, text, out var captures) ? matching.ResultArray(text, captures) : JsValue.Null;
        expression.Set("lastIndex", JsValue.Zero);
        JsArray? matches = null;
        int at = 0;
        while (at <= text.Length && matching.Search(expression, text, at, out var captures))
        {
            engine.Tick();
            matches ??= engine.NewArray(default);
            matches.Add(matching.Capture(text, captures, 0));
            matching.Remember(text, captures);
            at = captures[1] == captures[0] ? captures[1] + 1 : captures[1];
        }
        return JsValue.FromOrNull(matches);
    }

    private static JsValue Search(JsEngine engine, in JsValue thisValue, ReadOnlySpan<JsValue> arguments)
    {
        string text = This(engine, thisValue, "search");
        var expression = Expression(engine, arguments.At(0));
        bool found = engine.BuiltinState.Matching.Search(expression, text, 0, out var captures);
        return JsValue.From((double)(found ? captures[0] : -1));
    }

    private static JsValue Split(JsEngine engine, in JsValue thisValue, ReadOnlySpan<JsValue> arguments)
    {
        string text = This(engine, thisValue, "split");
        var separator = arguments.At(0);
        uint limit = arguments.At(1).IsUndefined ? uint.MaxValue : TypeConversion.ToUint32(arguments[1]);
        if (separator.IsObject && separator.AsObject is JsRegExp expression)
            return JsValue.From(SplitBy(engine, text, expression, limit));
        string separatorText = TypeConversion.ToText(separator);
        if (limit == 0)
            return JsValue.From(engine.NewArray(default));
        if (separator.IsUndefined)
            return JsValue.From(engine.NewArray([JsValue.From(text)]));
        return JsValue.From(separatorText.Length == 0 ? Characters(engine, text, limit) : SplitBy(engine, text, separatorText, limit));
    }

    private static JsArray Characters(JsEngine engine, string text, uint limit)
    {
        int count = (int)Math.Min(limit, (uint)text.Length);
        engine.Tick(count);
        engine.AccountArray(count);
        var characters = new JsValue[count];
        for (int i = 0; i < count; i++)
            characters[i] = JsValue.From(SingleCharacter.Text(text[i]));
        return engine.NewArray(characters, count);
    }

    private static JsArray SplitBy(JsEngine engine, string text, string separator, uint limit)
    {
        var parts = engine.NewArray(default);
        int start = 0;
        while (true)
        {
            engine.Tick();
            int found = text.AsSpan(start).IndexOf(separator.AsSpan());
            if (found < 0)
                break;
            parts.Add(Part(engine, text, start, start + found));
            if (parts.Length == limit)
                return parts;
            start += found + separator.Length;
        }
        parts.Add(Part(engine, text, start, text.Length));
        return parts;
    }

    /// <summary>§15.5.4.14 for regular expressions: an empty match never splits at the start of a part, and captures become parts.</summary>
    private static JsArray SplitBy(JsEngine engine, string text, JsRegExp expression, uint limit)
    {
        var parts = engine.NewArray(default);
        if (limit == 0)
            return parts;
        var matching = engine.BuiltinState.Matching;
        int start = 0;
        int at = 0;
        while (at < text.Length && matching.SearchAnywhere(expression, text, at, out var captures) && captures[0] < text.Length)
        {
            engine.Tick();
            if (captures[1] == start)
            {
                at = captures[0] + 1;
                continue;
            }
            parts.Add(Part(engine, text, start, captures[0]));
            for (int i = 1; i < captures.Length / 2 && parts.Length < limit; i++)
                parts.Add(matching.Capture(text, captures, i));
            if (parts.Length >= limit)
                return parts;
            start = captures[1];
            at = captures[0] == captures[1] ? start + 1 : start;
        }
        if (text.Length > 0 || !matching.SearchAnywhere(expression, text, 0, out _))
            parts.Add(Part(engine, text, start, text.Length));
        return parts;
    }
}
