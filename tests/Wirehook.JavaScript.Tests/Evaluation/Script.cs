using Wirehook.JavaScript.Tests.Runtime;

namespace Wirehook.JavaScript.Tests.Evaluation;

/// <summary>Runs pieces of JavaScript and gives their completion value as text.</summary>
internal static class Script
{
    internal static string Run(string source, JsScriptScope scope = JsScriptScope.Own)
    {
        var engine = new JsEngine(new FixedHost());
        return Run(engine, source, scope);
    }

    internal static string Run(JsEngine engine, string source, JsScriptScope scope = JsScriptScope.Own) =>
        engine.ToDisplayString(engine.Run(engine.Compile("test.js", source, scope)));
}
