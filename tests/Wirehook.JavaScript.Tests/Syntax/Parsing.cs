using Wirehook.JavaScript.Syntax;

namespace Wirehook.JavaScript.Tests.Syntax;

/// <summary>Short ways to parse in tests.</summary>
internal static class Parsing
{
    public static ScriptNode Script(string text, JsScriptScope scope = JsScriptScope.Own) => ScriptParser.ParseScript(new SourceText("test.js", text), scope);

    public static string Printed(string text) => SourcePrinter.Print(Script(text).Main);

    public static JsSyntaxException Refused(string text) => Assert.Throws<JsSyntaxException>(() => Script(text));
}
