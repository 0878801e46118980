using Wirehook.JavaScript.Runtime;

namespace Wirehook.JavaScript.Evaluation;

/// <summary>A literal number, string, boolean or null.</summary>
internal sealed class Constant(in JsValue value) : Operation
{
    private readonly JsValue _value = value;

    internal JsValue Value => _value;

    internal override JsValue Evaluate(ref Frame frame) => _value;
}

/// <summary><c>this</c></summary>
internal sealed class ThisValue : Operation
{
    internal override JsValue Evaluate(ref Frame frame) => frame.This;
}

/// <summary>A function expression, arrow function or method: makes a closure.</summary>
internal sealed class Closure(FunctionCode code) : Operation
{
    internal override JsValue Evaluate(ref Frame frame) => JsValue.From(Create(ref frame));

    internal ScriptFunction Create(ref Frame frame, string? name = null) => new(code, frame.Environment, code.IsArrow ? frame.This : default, name);
}

/// <summary>A regular expression literal: a new object each time (ES5.1 §7.8.5).</summary>
internal sealed class RegExpLiteralOperation(string pattern, string flags, int position) : Operation
{
    internal override JsValue Evaluate(ref Frame frame)
    {
        frame.Mark(position);
        return frame.Engine.CreateRegExp(pattern, flags);
    }
}

/// <summary>A template literal.</summary>
internal sealed class Template(string[] strings, Operation[] parts, int position) : Operation
{
    internal override JsValue Evaluate(ref Frame frame)
    {
        var engine = frame.Engine;
        var text = JsValue.From(strings[0]);
        for (int i = 0; i < parts.Length; i++)
        {
            var pushed = engine.Push(text);
            var value = parts[i].Evaluate(ref frame);
            engine.StackTop = pushed;
            frame.Mark(position);
            if (!value.IsString)
                value = JsValue.From(TypeConversion.ToText(value));
            text = engine.Concatenate(engine.Concatenate(text, value), JsValue.From(strings[i + 1]));
        }
        return text;
    }
}

/// <summary>An array literal; a null element is a hole.</summary>
internal sealed class ArrayOperation(Operation?[] elements) : Operation
{
    internal override JsValue Evaluate(ref Frame frame)
    {
        var engine = frame.Engine;
        var values = new JsValue[elements.Length];
        var array = engine.NewArray(values, values.Length);
        int pushed = engine.Push(JsValue.From(array));
        for (int i = 0; i < elements.Length; i++)
            values[i] = elements[i] is { } element ? element.Evaluate(ref frame) : JsValue.Empty;
        engine.StackTop = pushed;
        return JsValue.From(array);
    }
}

/// <summary>An array literal with spread elements.</summary>
internal sealed class SpreadArrayOperation(Operation?[] elements, int position) : Operation
{
    internal override JsValue Evaluate(ref Frame frame)
    {
        var engine = frame.Engine;
        var array = engine.NewArray(default);
        int pushed = engine.Push(JsValue.From(array));
        foreach (var element in elements)
        {
            if (element is Spread spread)
                spread.Append(ref frame, array, position);
            else if (element is not null)
                array.Add(element.Evaluate(ref frame));
            else
                array.TruncateOrExtend(array.Length + 1);
        }
        engine.StackTop = pushed;
        return JsValue.From(array);
    }
}

/// <summary><c>...value</c> among elements or arguments. Only its surroundings evaluate it.</summary>
internal sealed class Spread(Operation argument) : Operation
{
    internal override JsValue Evaluate(ref Frame frame) => argument.Evaluate(ref frame);

    internal void Append(ref Frame frame, JsArray array, int position)
    {
        var iterable = argument.Evaluate(ref frame);
        frame.Mark(position);
        var iterator = frame.Engine.Iterate(iterable);
        while (iterator.MoveNext(out var value))
        {
            frame.Engine.Tick();
            array.Add(value);
        }
    }
}
