using Wirehook.JavaScript.Runtime;

namespace Wirehook.JavaScript.Library;

/// <summary>The Function constructor (ES5.1 §15.3.2): called or constructed, it makes a function from texts.</summary>
internal static class FunctionConstructor
{
    internal static void Install(JsEngine engine) =>
        engine.DefineConstructor("Function", 1, Create, Create, engine.Intrinsics.FunctionPrototype);

    private static JsValue Create(JsEngine engine, in JsValue thisValue, ReadOnlySpan<JsValue> arguments)
    {
        if (arguments.IsEmpty)
            return engine.CreateFunction("", "");
        var parameters = new string[arguments.Length - 1];
        for (int i = 0; i < parameters.Length; i++)
            parameters[i] = TypeConversion.ToText(arguments[i]);
        return engine.CreateFunction(string.Join(",", parameters), TypeConversion.ToText(arguments[^1]));
    }
}
