namespace Wirehook.JavaScript.Library;

/// <summary>Functions that scripts hand to built-ins.</summary>
internal static class Callback
{
    /// <summary>The value as a function.</summary>
    /// <exception cref="JsException">A TypeError when it cannot be called.</exception>
    internal static JsFunction Require(JsEngine engine, in JsValue value) =>
        value.AsFunction ?? throw engine.TypeError($"{JsEngine.Describe(value)} is not a function");
}
