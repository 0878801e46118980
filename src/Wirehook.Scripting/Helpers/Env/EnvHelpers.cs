using Wirehook.JavaScript;
using Wirehook.Scripting.Helpers;
using Wirehook.Scripting.Helpers.Env;

[assembly: HelperFamily(typeof(EnvHelpers))]

namespace Wirehook.Scripting.Helpers.Env;

/// <summary><c>env</c>: values that scripts get from outside.</summary>
internal sealed class EnvHelpers : HelperFamily
{
    internal override IReadOnlyList<HelperValue> Values { get; } =
    [
        new("env", "{ readonly [name: string]: string | undefined }", "Values from the configuration key `scripting.env` and from `--env NAME=VALUE`. A name that is not set reads as undefined.", Make),
    ];

    private static JsValue Make(ScriptContext context)
    {
        var env = context.Engine.NewDictionary(context.Options.Environment.Count);
        foreach (var (name, value) in context.Options.Environment.OrderBy(e => e.Key, StringComparer.Ordinal)) env.DefineData(name, JsValue.From(value));
        return JsValue.From(env);
    }
}
