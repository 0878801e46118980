namespace Wirehook.JavaScript;

/// <summary>What a script may use. The host may change the limits between calls.</summary>
public sealed class JsLimits
{
    /// <summary>CPU time of one call from the host, in nanoseconds.</summary>
    public long CallNanoseconds { get; set; } = 250_000_000;

    /// <summary>Bytes that the script's live objects and strings may hold, as the engine accounts them; also the cap on one allocation.</summary>
    public long MemoryBytes { get; set; } = 64 << 20;

    /// <summary>Nested calls.</summary>
    public int StackDepth { get; set; } = 10_000;
}

/// <summary>Which guard stopped a script.</summary>
public enum JsGuardKind
{
    /// <summary>The call used its CPU time.</summary>
    Time,

    /// <summary>The script holds too much memory, or asked for too much at once.</summary>
    Memory,

    /// <summary>Calls are nested too deeply.</summary>
    StackDepth,

    /// <summary>The call used its CPU time within a regular expression.</summary>
    RegularExpression,
}
