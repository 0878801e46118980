using Wirehook.JavaScript.Evaluation;
using Wirehook.JavaScript.Library;
using Wirehook.JavaScript.Runtime;
using Wirehook.JavaScript.Syntax;

namespace Wirehook.JavaScript;

public sealed partial class JsEngine
{
    private readonly Stack<(JsValue[] Stack, int Top)> _fullStacks = new();

    /// <summary>The built-in eval, by which direct calls are told.</summary>
    internal JsFunction EvalFunction { get; private set; } = null!;

    /// <summary>Parses and compiles a script. Nothing runs yet.</summary>
    /// <param name="name">The name that errors show, usually a file name.</param>
    /// <param name="source">The script's text.</param>
    /// <param name="scope">Where its top-level bindings live.</param>
    /// <exception cref="JsSyntaxException">The text is no valid script.</exception>
    public JsScript Compile(string name, string source, JsScriptScope scope = JsScriptScope.Own) =>
        new(this, ScriptParser.ParseScript(new SourceText(name, source), scope, RegExpConstructor.Check));

    /// <summary>Runs a script's top-level code within the limits.</summary>
    /// <returns>The completion value (ES5.1 §14).</returns>
    /// <exception cref="JsException">The script throws.</exception>
    /// <exception cref="JsStoppedException">A guard stopped the script; the engine is usable all the same.</exception>
    public JsValue Run(JsScript script)
    {
        ArgumentNullException.ThrowIfNull(script);
        var top = new ScriptFunction(script.Main, null, default);
        return RunGuarded(script, top, static (engine, top) => top.InvokeTopLevel(JsValue.From(engine.Global), null));
    }

    /// <summary>Runs code in the global scope, as an indirect call of eval does.</summary>
    internal JsValue EvalIndirect(string source) => Eval(source, null, null, JsValue.From(Global), null, []);

    /// <summary>Runs code in the scope of a running function.</summary>
    internal JsValue EvalDirect(ref Frame frame, string source, Scope scope, FunctionCode caller) =>
        Eval(source, scope, frame.Environment, frame.This, frame.Callee, caller.Cells);

    /// <summary>Makes a function from texts (ES5.1 §15.3.2.1).</summary>
    /// <exception cref="JsException">A SyntaxError.</exception>
    internal JsValue CreateFunction(string parameters, string body)
    {
        Tick(ParsingSteps(parameters.Length + body.Length));
        AccountString((parameters.Length + body.Length) * 8L);
        try
        {
            var script = ScriptParser.ParseFunction("anonymous", parameters, body, RegExpConstructor.Check);
            return RunTopLevel(new FunctionCode(this, script.Main, []), null, JsValue.From(Global), null);
        }
        catch (JsSyntaxException error)
        {
            throw SyntaxError(error.Message);
        }
    }

    internal JsValue CreateRegExp(string pattern, string flags) => JsValue.From(RegExpConstructor.Create(this, pattern, flags));

    private JsValue Eval(string source, Scope? scope, JsValue[]? environment, in JsValue thisValue, ScriptFunction? callee, Cell[] cells)
    {
        Tick(ParsingSteps(source.Length));
        AccountString(source.Length * 8L);
        ScriptNode script;
        try
        {
            script = ScriptParser.ParseEval(new SourceText("eval", source), scope, RegExpConstructor.Check);
        }
        catch (JsSyntaxException error)
        {
            throw SyntaxError(error.Message);
        }
        return RunTopLevel(new FunctionCode(this, script.Main, cells), environment, thisValue, callee);
    }

    /// <summary>What parsing and compiling a text costs, in steps of the time guard: as long as some hundred turns of a loop, however short it is.</summary>
    private static int ParsingSteps(int length) => 256 + (int)Math.Min(length * 4L, int.MaxValue / 2);

    // Script and eval code run as a function of their own without arguments, in the environment and with the `this` of their surroundings.
    private static JsValue RunTopLevel(FunctionCode code, JsValue[]? environment, in JsValue thisValue, ScriptFunction? callee) =>
        new ScriptFunction(code, environment, default).InvokeTopLevel(thisValue, callee);

    private void InstallEval()
    {
        EvalFunction = NewFunction("eval", 1, static (engine, in _, arguments) =>
            arguments.At(0) is { IsString: true } source ? engine.EvalIndirect(source.AsString) : arguments.At(0));
        this.DefineGlobal("eval", JsValue.From(EvalFunction));
    }
}
