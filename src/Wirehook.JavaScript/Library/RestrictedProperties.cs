using Wirehook.JavaScript.Evaluation;
using Wirehook.JavaScript.Runtime;
using Wirehook.JavaScript.Syntax;

namespace Wirehook.JavaScript.Library;

/// <summary>
/// <c>caller</c> and <c>arguments</c> of functions (ES5.1 §13.2 step 19, §15.3.4.5): reading or writing them is a TypeError for strict, bound and
/// built-in functions. For sloppy functions they are null, as browsers give it outside a call, and writing does nothing.
/// </summary>
internal static class RestrictedProperties
{
    internal static void Install(JsEngine engine) =>
        engine.Define(engine.Intrinsics.FunctionPrototype)
            .Accessor("caller", Access, Access)
            .Accessor("arguments", Access, Access);

    private static JsValue Access(JsEngine engine, in JsValue thisValue, ReadOnlySpan<JsValue> arguments) =>
        thisValue.AsFunction is ScriptFunction { Code: { IsStrict: false, IsConstructor: true } }
            ? JsValue.Null
            : engine.Intrinsics.ThrowTypeError.Call(thisValue, default);
}
