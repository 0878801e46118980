using System.Text;
using Wirehook.JavaScript;
using Wirehook.Scripting.Helpers;
using Wirehook.Scripting.Helpers.Console;

[assembly: HelperFamily(typeof(ConsoleHelpers))]

namespace Wirehook.Scripting.Helpers.Console;

/// <summary><c>console</c>: prints lines.</summary>
internal sealed class ConsoleHelpers : HelperFamily
{
    private const int LongestLine = 1 << 20;

    internal override IReadOnlyList<HelperFunction> Functions { get; } =
    [
        new("console.log", "(...values: any[]): void",
            "Prints the values with a space between them. Plain objects, arrays, items and packets are printed as JSON, all others as `String(value)` gives them.",
            static (context, values) => Print(context, ConsoleLevel.Log, values)),
        new("console.error", "(...values: any[]): void", "Prints the values as `console.log` does, as an error.",
            static (context, values) => Print(context, ConsoleLevel.Error, values)),
        new("console.clear", "(): void", "Clears the console.", static (context, _) =>
        {
            context.Print(ConsoleLevel.Clear, "");
            return default;
        }),
    ];

    private static JsValue Print(ScriptContext context, ConsoleLevel level, ReadOnlySpan<JsValue> values)
    {
        if (values.Length == 1 && values[0].IsString && values[0].AsString.Length <= LongestLine)
        {
            context.Print(level, values[0].AsString);
            return default;
        }

        var line = new StringBuilder();
        for (var i = 0; i < values.Length && line.Length <= LongestLine; i++) line.Append(i == 0 ? "" : " ").Append(Show(context, values[i]));
        if (line.Length > LongestLine)
        {
            line.Length = LongestLine;
            line.Append("… (cut)");
        }

        context.Print(level, line.ToString());
        return default;
    }

    private static string Show(ScriptContext context, in JsValue value) =>
        value.IsObject && IsPlain(value.AsObject) && context.Json(value) is { } json ? json : context.Engine.ToDisplayString(value);

    private static bool IsPlain(JsObject value) => value is JsArray or HostRecord || (value.ClassName == "Object" && value is not JsFunction && !HasOwnText(value));

    /// <summary>Whether the object brings its own text: then that is what it wants printed.</summary>
    private static bool HasOwnText(JsObject value)
    {
        for (var o = value; o?.Prototype is not null; o = o.Prototype)
            if (o.HasOwnProperty("toString")) return true;
        return false;
    }
}
