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
    internal JsException(in JsValue value, string message, JsPosition position, string stack)
        : base(message)
    {
        Value = value;
        (ScriptName, Line, Column) = (position.ScriptName, position.Line, position.Column);
        JsStack = stack;
    }

    /// <summary>The thrown value; usually an Error object.</summary>
    public JsValue Value { get; }

    /// <summary>The script in which it was thrown.</summary>
    public string ScriptName { get; }

    /// <summary>The line, counted from 1; 0 when unknown.</summary>
    public int Line { get; }

    /// <summary>The column, counted from 1; 0 when unknown.</summary>
    public int Column { get; }

    /// <summary>The calls that led there, innermost first, one per line as <c>at name (script:line:column)</c>.</summary>
    public string JsStack { get; }
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
