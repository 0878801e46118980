using Wirehook.JavaScript;
using Wirehook.Scripting.Helpers;
using Wirehook.Scripting.Helpers.Timers;

[assembly: HelperFamily(typeof(TimerHelpers))]

namespace Wirehook.Scripting.Helpers.Timers;

/// <summary><c>setTimeout</c> and its kin, on the clock that jobs run on.</summary>
internal sealed class TimerHelpers : HelperFamily
{
    private const double LongestMilliseconds = 1e11;

    internal override IReadOnlyList<HelperFunction> Functions { get; } =
    [
        new("setTimeout", "(code: (...values: any[]) => void, milliseconds?: number, ...values: any[]): number",
            "Calls the function once after the time, with the values. Returns an id for `clearTimeout`.", static (context, a) => Set(context, a, "setTimeout")),
        new("clearTimeout", "(id?: number): void", "Ends a timer.", Clear),
        new("setInterval", "(code: (...values: any[]) => void, milliseconds?: number, ...values: any[]): number",
            "Calls the function again and again, each time after the time. Returns an id for `clearInterval`.", static (context, a) => Set(context, a, "setInterval")),
        new("clearInterval", "(id?: number): void", "Ends a timer.", Clear),
    ];

    private static JsValue Set(ScriptContext context, ReadOnlySpan<JsValue> arguments, string name)
    {
        if (ScriptContext.Value(arguments, 0).AsFunction is not { } function) throw context.Engine.TypeError($"{name}: the first argument is not a function");
        var given = ScriptContext.Value(arguments, 1);
        // One millisecond at least: a timer that is due at once could hold up the clock for ever.
        var milliseconds = given.IsNumber ? Math.Clamp(given.AsNumber, 1, LongestMilliseconds) : 1;
        var delay = (long)((double.IsNaN(milliseconds) ? 1 : milliseconds) * 1e6);
        var values = arguments.Length > 2 ? arguments[2..].ToArray() : [];
        return JsValue.From((double)context.Jobs.SetTimer(context, function, values, delay, repeats: name == "setInterval"));
    }

    private static JsValue Clear(ScriptContext context, ReadOnlySpan<JsValue> arguments)
    {
        var id = ScriptContext.Value(arguments, 0);
        if (id.IsNumber) context.Jobs.Scheduler.ClearTimer((int)id.AsNumber);
        return default;
    }
}
