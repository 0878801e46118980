namespace Wirehook.JavaScript.Syntax;

/// <summary>
/// The way from text to a resolved tree. Every method throws <see cref="JsSyntaxException"/> for text that is no program, and nothing else,
/// whatever the text holds.
/// </summary>
internal static class ScriptParser
{
    /// <summary>The longest source that is accepted, in UTF-16 units.</summary>
    public const int DefaultMaxLength = 16 * 1024 * 1024;

    /// <summary>Parses a script.</summary>
    public static ScriptNode ParseScript(SourceText source, JsScriptScope scope, RegExpCheck? regExpCheck = null, int maxLength = DefaultMaxLength) =>
        Parse(source, FunctionKind.Script, scope, null, false, regExpCheck, maxLength);

    /// <summary>Parses code given to <c>eval</c>.</summary>
    /// <param name="source">The code.</param>
    /// <param name="caller">For a direct call its <see cref="CallExpression.DirectEvalScope"/>; null for an indirect one, whose code is global.</param>
    /// <param name="regExpCheck">Judges regular expression literals.</param>
    public static ScriptNode ParseEval(SourceText source, Scope? caller, RegExpCheck? regExpCheck = null) =>
        Parse(source, FunctionKind.Eval, JsScriptScope.Global, caller, caller is { IsStrict: true }, regExpCheck, DefaultMaxLength);

    /// <summary>
    /// Parses what the Function constructor is given (§15.3.2.1). Parameters and body must each be whole on their own,
    /// so neither can close the other. The function is the value of <see cref="ScriptNode.Main"/>'s only statement.
    /// </summary>
    public static ScriptNode ParseFunction(string name, string parameters, string body, RegExpCheck? regExpCheck = null)
    {
        RunAlone(name, "(" + parameters + "\n)", regExpCheck, static p => p.ParseLoneParameters());
        RunAlone(name, body, regExpCheck, static p => p.ParseLoneBody());
        var source = new SourceText(name, "(function anonymous(" + parameters + "\n) {\n" + body + "\n})");
        return Parse(source, FunctionKind.Eval, JsScriptScope.Global, null, false, regExpCheck, DefaultMaxLength);
    }

    private static ScriptNode Parse(
        SourceText source, FunctionKind kind, JsScriptScope mode, Scope? caller, bool strict, RegExpCheck? regExpCheck, int maxLength)
    {
        var errors = new SyntaxErrors(source);
        try
        {
            if (source.Text.Length > maxLength) throw errors.Fail(0, 1, $"The script is longer than {maxLength} characters");
            var parser = new Parser(source, errors, regExpCheck);
            var main = parser.ParseProgram(kind, strict);
            var analysis = new ScopeAnalysis(errors, mode);
            if (!errors.Any) analysis.Analyze(main, caller);
            if (!errors.Any) return new ScriptNode(source, main, parser.Names, analysis.CellCount);
        }
        catch (ParseAbortedException)
        {
            // The errors below say why.
        }

        throw errors.ToException();
    }

    private static void RunAlone(string name, string text, RegExpCheck? regExpCheck, Action<Parser> parse)
    {
        var source = new SourceText(name, text);
        var errors = new SyntaxErrors(source);
        try
        {
            if (text.Length > DefaultMaxLength) throw errors.Fail(0, 1, $"The script is longer than {DefaultMaxLength} characters");
            parse(new Parser(source, errors, regExpCheck));
            if (!errors.Any) return;
        }
        catch (ParseAbortedException)
        {
            // The errors below say why.
        }

        throw errors.ToException();
    }
}
