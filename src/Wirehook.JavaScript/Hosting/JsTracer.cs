namespace Wirehook.JavaScript;

/// <summary>
/// Sees statements and values of running scripts. An engine that is made with a tracer compiles scripts with trace points; one that is made
/// without has none, and pays nothing.
/// </summary>
public abstract class JsTracer
{
    // The one exception that may be on its way: every statement that it passes would report it again.
    private Exception? _lastThrown;

    /// <summary>Whether events are wanted at this moment. Trace points ask before they do anything else.</summary>
    public bool IsActive { get; protected set; }

    /// <summary>Takes one event, on the engine's thread in the midst of the call. It must not call the engine, and must not throw.</summary>
    protected internal abstract void Take(in JsTraceEvent traced);

    /// <summary>Whether an exception is seen for the first time.</summary>
    internal bool IsNew(Exception thrown)
    {
        bool isNew = !ReferenceEquals(thrown, _lastThrown);
        _lastThrown = thrown;
        return isNew;
    }
}

/// <summary>What a <see cref="JsTraceEvent"/> tells.</summary>
public enum JsTraceKind
{
    /// <summary>A function of a script was called: its name and arguments.</summary>
    Enter,

    /// <summary>A statement is about to run: its source up to its body.</summary>
    Statement,

    /// <summary>A condition, the subject of a <c>switch</c>, or what <c>for…in</c> and <c>for…of</c> walk through gave a value.</summary>
    Test,

    /// <summary>A variable, parameter of <c>catch</c>, loop variable or property got a value.</summary>
    Assign,

    /// <summary>A built-in or helper of the host is about to be called with the arguments.</summary>
    Call,

    /// <summary>What that call gave.</summary>
    CallResult,

    /// <summary>A function of a script returned the value.</summary>
    Return,

    /// <summary>The value was thrown; told once, at the place of the throw.</summary>
    Throw,

    /// <summary>A guard stopped the script; the value is the reason as text.</summary>
    Stop,
}

/// <summary>One step of a running script. Valid during <see cref="JsTracer.Take"/> only.</summary>
public readonly ref struct JsTraceEvent
{
    /// <summary>What happened.</summary>
    public required JsTraceKind Kind { get; init; }

    /// <summary>The script's name.</summary>
    public required string ScriptName { get; init; }

    /// <summary>The line, counted from 1.</summary>
    public required int Line { get; init; }

    /// <summary>The column, counted from 1.</summary>
    public required int Column { get; init; }

    /// <summary>How many calls of script functions are around: 0 in the function that the host called.</summary>
    public required int Depth { get; init; }

    /// <summary>The source text of the statement, condition, assigned place or called function; the name of an entered function.</summary>
    public ReadOnlySpan<char> Source { get; init; }

    /// <summary>The value, where there is one.</summary>
    public JsValue Value { get; init; }

    /// <summary>The arguments of <see cref="JsTraceKind.Enter"/> (as many as the function names parameters) and <see cref="JsTraceKind.Call"/>.</summary>
    public ReadOnlySpan<JsValue> Arguments { get; init; }
}
