using Wirehook.JavaScript.Runtime;

namespace Wirehook.JavaScript.Library;

/// <summary>Function and its prototype (ES5.1 §15.3).</summary>
internal static class FunctionConstructor
{
    private const int MaximumArguments = 1 << 20;

    internal static void Install(JsEngine engine)
    {
        engine.DefineConstructor("Function", 1, Create, Create, engine.Intrinsics.FunctionPrototype);
        engine.Define(engine.Intrinsics.FunctionPrototype)
            .Method("toString", 0, ToText)
            .Method("apply", 2, Apply)
            .Method("call", 1, Call)
            .Method("bind", 1, Bind);
    }

    /// <summary>All arguments but the last are parameters, the last is the body (§15.3.2.1).</summary>
    private static JsValue Create(JsEngine engine, in JsValue thisValue, ReadOnlySpan<JsValue> arguments)
    {
        var parameters = new TextBuilder(engine);
        for (int i = 0; i < arguments.Length - 1; i++)
        {
            if (i > 0)
                parameters.Append(',');
            parameters.Append(TypeConversion.ToText(arguments[i]));
        }
        string body = arguments.IsEmpty ? "" : TypeConversion.ToText(arguments[^1]);
        return engine.CreateFunction(parameters.ToString(), body);
    }

    private static JsValue ToText(JsEngine engine, in JsValue thisValue, ReadOnlySpan<JsValue> arguments)
    {
        if (thisValue.AsFunction is not { } function)
            throw engine.TypeError("Function.prototype.toString requires that 'this' be a Function");
        return JsValue.From(function.DefinitionText ?? $"function {function.Name}() {{ [native code] }}");
    }

    private static JsValue Apply(JsEngine engine, in JsValue thisValue, ReadOnlySpan<JsValue> arguments)
    {
        var function = RequireThis(engine, thisValue, "apply");
        var list = arguments.At(1);
        if (list.IsNullOrUndefined)
            return function.Call(arguments.At(0), default);
        if (!list.IsObject)
            throw engine.TypeError("CreateListFromArrayLike called on non-object");
        return function.Call(arguments.At(0), ListOf(engine, list.AsObject));
    }

    private static JsValue Call(JsEngine engine, in JsValue thisValue, ReadOnlySpan<JsValue> arguments)
    {
        var function = RequireThis(engine, thisValue, "call");
        return arguments.IsEmpty ? function.Call(default, default) : function.Call(arguments[0], arguments[1..]);
    }

    private static JsValue Bind(JsEngine engine, in JsValue thisValue, ReadOnlySpan<JsValue> arguments)
    {
        var target = RequireThis(engine, thisValue, "bind");
        var bound = arguments.Length > 1 ? arguments[1..] : default;
        int length = 0;
        if (target.HasOwnProperty("length") && target.Get("length") is { IsNumber: true } given)
            length = (int)Math.Clamp(TypeConversion.ToInteger(given) - bound.Length, 0, int.MaxValue);
        var name = target.Get("name");
        return JsValue.From(new BoundFunction(target, arguments.At(0), bound, "bound " + (name.IsString ? name.AsString : ""), length));
    }

    private static JsValue[] ListOf(JsEngine engine, JsObject list)
    {
        double length = ArrayLike.Length(list);
        if (length > MaximumArguments)
            throw engine.RangeError("Maximum number of function arguments exceeded");
        engine.AccountArray((long)length);
        engine.Tick((int)length);
        var values = new JsValue[(int)length];
        for (int i = 0; i < values.Length; i++)
            values[i] = list.Get((uint)i);
        return values;
    }

    private static JsFunction RequireThis(JsEngine engine, in JsValue thisValue, string method) =>
        thisValue.AsFunction ?? throw engine.TypeError(
            $"Function.prototype.{method} was called on {engine.ToDisplayString(thisValue)}, which is not a function");
}
