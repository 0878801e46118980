using Wirehook.JavaScript.Runtime;

namespace Wirehook.JavaScript.Library;

/// <summary>String.prototype.replace (ES5.1 §15.5.4.11) and replaceAll.</summary>
internal static class StringReplacement
{
    internal static JsValue Replace(JsEngine engine, in JsValue thisValue, ReadOnlySpan<JsValue> arguments)
    {
        string text = TextOf(engine, thisValue, "replace");
        if (arguments.At(0).IsObject && arguments[0].AsObject is JsRegExp expression)
            return ReplaceMatches(engine, text, expression, new Substitute(engine, text, arguments.At(1)));
        string wanted = TypeConversion.ToText(arguments.At(0));
        var substitute = new Substitute(engine, text, arguments.At(1));
        int found = text.AsSpan().IndexOf(wanted.AsSpan());
        if (found < 0)
            return JsValue.From(text);
        var output = new TextBuilder(engine);
        output.Append(text.AsSpan(0, found));
        substitute.Append(output, [found, found + wanted.Length]);
        output.Append(text.AsSpan(found + wanted.Length));
        return JsValue.From(output.ToString());
    }

    internal static JsValue ReplaceAll(JsEngine engine, in JsValue thisValue, ReadOnlySpan<JsValue> arguments)
    {
        string text = TextOf(engine, thisValue, "replaceAll");
        if (arguments.At(0).IsObject && arguments[0].AsObject is JsRegExp expression)
        {
            if (!expression.IsGlobal)
                throw engine.TypeError("replaceAll must be called with a global RegExp");
            return ReplaceMatches(engine, text, expression, new Substitute(engine, text, arguments.At(1)));
        }
        string wanted = TypeConversion.ToText(arguments.At(0));
        var substitute = new Substitute(engine, text, arguments.At(1));
        var output = new TextBuilder(engine);
        int copied = 0;
        for (int from = 0; from <= text.Length;)
        {
            engine.Tick();
            int found = text.AsSpan(from).IndexOf(wanted.AsSpan());
            if (found < 0)
                break;
            found += from;
            output.Append(text.AsSpan(copied, found - copied));
            substitute.Append(output, [found, found + wanted.Length]);
            copied = found + wanted.Length;
            from = found + Math.Max(wanted.Length, 1);
        }
        output.Append(text.AsSpan(copied));
        return JsValue.From(output.ToString());
    }

    private static string TextOf(JsEngine engine, in JsValue thisValue, string method)
    {
        TypeConversion.CheckObjectCoercible(engine, thisValue, "String.prototype." + method);
        return TypeConversion.ToText(thisValue);
    }

    private static JsValue ReplaceMatches(JsEngine engine, string text, JsRegExp expression, Substitute substitute)
    {
        var matching = engine.BuiltinState.Matching;
        if (!expression.IsGlobal)
        {
            if (!matching.Step(expression, text, out var only))
                return JsValue.From(text);
            var single = new TextBuilder(engine);
            int end = only[1];
            single.Append(text.AsSpan(0, only[0]));
            substitute.Append(single, only);
            single.Append(text.AsSpan(end));
            return JsValue.From(single.ToString());
        }
        expression.Set("lastIndex", JsValue.Zero);
        TextBuilder? output = null;
        int copied = 0;
        int at = 0;
        while (at <= text.Length && matching.Search(expression, text, at, out var captures))
        {
            engine.Tick();
            var (start, end) = (captures[0], captures[1]);
            matching.Remember(text, captures);
            output ??= new TextBuilder(engine);
            output.Append(text.AsSpan(copied, start - copied));
            substitute.Append(output, captures);
            copied = end;
            at = start == end ? end + 1 : end;
        }
        if (output is null)
            return JsValue.From(text);
        output.Append(text.AsSpan(copied));
        return JsValue.From(output.ToString());
    }

    /// <summary>What takes the place of a match: the result of a function, or a template.</summary>
    private readonly struct Substitute
    {
        private readonly JsEngine _engine;
        private readonly string _text;
        private readonly JsFunction? _function;
        private readonly string _template;
        private readonly bool _isLiteral;

        internal Substitute(JsEngine engine, string text, in JsValue replacement)
        {
            (_engine, _text) = (engine, text);
            _function = replacement.AsFunction;
            _template = _function is null ? TypeConversion.ToText(replacement) : "";
            _isLiteral = !_template.Contains('$');
        }

        /// <summary>Appends what takes the place of a match. The captures may be overwritten by what a function does.</summary>
        internal void Append(TextBuilder output, ReadOnlySpan<int> captures)
        {
            if (_function is not null)
                output.Append(CallFunction(captures));
            else if (_isLiteral)
                output.Append(_template);
            else
                Expand(output, captures);
        }

        private string CallFunction(ReadOnlySpan<int> captures)
        {
            int count = captures.Length / 2;
            var arguments = new JsValue[count + 2];
            var matching = _engine.BuiltinState.Matching;
            for (int i = 0; i < count; i++)
                arguments[i] = matching.Capture(_text, captures, i);
            arguments[count] = JsValue.From((double)captures[0]);
            arguments[count + 1] = JsValue.From(_text);
            return TypeConversion.ToText(_function!.Call(default, arguments));
        }

        /// <summary>§15.5.4.11, table 22.</summary>
        private void Expand(TextBuilder output, ReadOnlySpan<int> captures)
        {
            string template = _template;
            int at = 0;
            while (at < template.Length)
            {
                int dollar = template.IndexOf('$', at);
                if (dollar < 0 || dollar + 1 >= template.Length)
                    break;
                output.Append(template.AsSpan(at, dollar - at));
                at = dollar + AppendPattern(output, template, dollar, captures);
            }
            output.Append(template.AsSpan(at));
        }

        /// <summary>Appends what a pattern at a dollar sign stands for, and returns the pattern's length.</summary>
        private int AppendPattern(TextBuilder output, string template, int dollar, ReadOnlySpan<int> captures)
        {
            char c = template[dollar + 1];
            switch (c)
            {
                case '$':
                    output.Append('$');
                    return 2;
                case '&':
                    output.Append(_text.AsSpan(captures[0], captures[1] - captures[0]));
                    return 2;
                case '`':
                    output.Append(_text.AsSpan(0, captures[0]));
                    return 2;
                case '\'':
                    output.Append(_text.AsSpan(captures[1]));
                    return 2;
                case >= '0' and <= '9':
                    return AppendCapture(output, template, dollar, captures);
                default:
                    output.Append('$');
                    return 1;
            }
        }

        private int AppendCapture(TextBuilder output, string template, int dollar, ReadOnlySpan<int> captures)
        {
            int count = captures.Length / 2 - 1;
            int index = template[dollar + 1] - '0';
            int length = 2;
            if (dollar + 2 < template.Length && char.IsAsciiDigit(template[dollar + 2]))
            {
                int longer = index * 10 + (template[dollar + 2] - '0');
                if (longer >= 1 && longer <= count)
                    (index, length) = (longer, 3);
            }
            if (index < 1 || index > count)
            {
                output.Append('$');
                return 1;
            }
            if (captures[index * 2] >= 0)
                output.Append(_text.AsSpan(captures[index * 2], captures[index * 2 + 1] - captures[index * 2]));
            return length;
        }
    }
}
