using Wirehook.JavaScript.Runtime;

namespace Wirehook.JavaScript;

/// <summary>The kinds of native errors (ES5.1 §15.11).</summary>
public enum JsErrorKind
{
    /// <summary>Error.</summary>
    Error,

    /// <summary>EvalError.</summary>
    EvalError,

    /// <summary>RangeError.</summary>
    RangeError,

    /// <summary>ReferenceError.</summary>
    ReferenceError,

    /// <summary>SyntaxError.</summary>
    SyntaxError,

    /// <summary>TypeError.</summary>
    TypeError,

    /// <summary>URIError.</summary>
    UriError,
}

/// <summary>A value thrown by a script or built-in that no script has caught.</summary>
public sealed class JsException : Exception
{
    private readonly StackTrace _trace;

    internal JsException(in JsValue value, StackTrace trace)
    {
        Value = value;
        _trace = value.Reference is JsErrorObject error ? error.StackTrace : trace;
    }

    /// <summary>The thrown value; usually an Error object.</summary>
    public JsValue Value { get; }

    /// <summary>What was thrown, as <c>TypeError: x is not a function</c>. Reading it runs no script code.</summary>
    public override string Message => ErrorText.Describe(Value);

    /// <summary>The script in which it was thrown; empty when none was running.</summary>
    public string ScriptName => _trace.Top.ScriptName;

    /// <summary>The line, counted from 1; 0 when unknown.</summary>
    public int Line => _trace.Top.Line;

    /// <summary>The column, counted from 1; 0 when unknown.</summary>
    public int Column => _trace.Top.Column;

    /// <summary>The calls that led there, innermost first, one per line as <c>    at name (script:line:column)</c>.</summary>
    public string JsStack => _trace.ToString();
}

/// <summary>A guard has stopped the script. Scripts cannot catch this.</summary>
public sealed class JsStoppedException : Exception
{
    internal JsStoppedException(JsGuardKind kind, string message, JsPosition position)
        : base(message)
    {
        Kind = kind;
        (ScriptName, Line, Column) = (position.ScriptName, position.Line, position.Column);
    }

    /// <summary>The guard that stopped it.</summary>
    public JsGuardKind Kind { get; }

    /// <summary>The script that was running.</summary>
    public string ScriptName { get; }

    /// <summary>The line, counted from 1; 0 when unknown.</summary>
    public int Line { get; }

    /// <summary>The column, counted from 1; 0 when unknown.</summary>
    public int Column { get; }
}

/// <summary>A place in a script; line and column count from 1.</summary>
internal readonly record struct JsPosition(string ScriptName, int Line, int Column)
{
    internal static JsPosition Unknown => new("", 0, 0);
}
