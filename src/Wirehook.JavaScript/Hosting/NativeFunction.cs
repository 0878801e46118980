namespace Wirehook.JavaScript;

/// <summary>
/// A function written in C# that scripts can call. It may throw <see cref="JsException"/> made by <see cref="JsEngine.Throw"/>, and nothing else.
/// </summary>
/// <param name="engine">The engine that calls.</param>
/// <param name="thisValue">The value of <c>this</c>.</param>
/// <param name="arguments">The arguments; valid during the call only.</param>
public delegate JsValue NativeFunction(JsEngine engine, in JsValue thisValue, ReadOnlySpan<JsValue> arguments);
