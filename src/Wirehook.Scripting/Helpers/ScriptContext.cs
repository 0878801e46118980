using Wirehook.JavaScript;
using Wirehook.Scripting.Dispatch;
using Wirehook.Scripting.Jobs;

namespace Wirehook.Scripting.Helpers;

/// <summary>What helpers act upon, and for which script.</summary>
/// <param name="engine">The engine.</param>
/// <param name="calls">Knows the script that runs.</param>
/// <param name="jobs">Runs jobs.</param>
/// <param name="options">The environment, and who is told of effects.</param>
internal sealed class ScriptContext(JsEngine engine, ScriptCalls calls, JobRunner jobs, ScriptHostOptions options)
{
    private readonly JsFunction? _stringify = engine.Global.Get("JSON") is { IsObject: true } json ? json.AsObject.Get("stringify").AsFunction : null;

    internal JsEngine Engine => engine;

    internal JobRunner Jobs => jobs;

    internal ScriptHostOptions Options => options;

    /// <summary>The script that calls.</summary>
    internal LoadedScript Script => calls.Current;

    /// <summary>Prints a line for the script that calls.</summary>
    internal void Print(ConsoleLevel level, string text) => calls.PrintWithinLimit(Script, level, text);

    /// <summary>The exception that throws an Error into the script that calls.</summary>
    internal JsException Error(string message) => engine.Throw(engine.NewError(JsErrorKind.Error, message));

    /// <summary>The argument at <paramref name="index"/> as <c>String()</c> gives it; a missing one reads <c>undefined</c>.</summary>
    internal string Text(ReadOnlySpan<JsValue> arguments, int index) => engine.ToDisplayString(Value(arguments, index));

    /// <summary>The argument at <paramref name="index"/>; undefined where it is missing.</summary>
    internal static JsValue Value(ReadOnlySpan<JsValue> arguments, int index) => index < arguments.Length ? arguments[index] : default;

    /// <summary><c>JSON.stringify(value)</c>, whatever scripts did to that function; null where it gives none or throws.</summary>
    internal string? Json(in JsValue value)
    {
        try
        {
            return _stringify?.Call(default, [value]) is { IsString: true } json ? json.AsString : null;
        }
        catch (JsException)
        {
            return null;
        }
    }
}
