namespace Wirehook.EventHooks.Conditions;

/// <summary>How large a condition may be, and how much it may remember.</summary>
public sealed record ConditionLimits
{
    /// <summary>The limits that apply unless told otherwise.</summary>
    public static ConditionLimits Default { get; } = new();

    /// <summary>Characters of the text.</summary>
    public int TextLength { get; init; } = 4096;

    /// <summary>Parentheses, NOTs and calls within each other.</summary>
    public int Depth { get; init; } = 64;

    /// <summary>Clauses, operands and operators together.</summary>
    public int Nodes { get; init; } = 1024;

    /// <summary>Elements of one list.</summary>
    public int ListLength { get; init; } = 1024;

    /// <summary>Characters of one regular expression or glob.</summary>
    public int PatternLength { get; init; } = 1024;

    /// <summary>The longest time of <c>within</c> and <c>for</c>.</summary>
    public TimeSpan Window { get; init; } = TimeSpan.FromHours(24);

    /// <summary>Calls of <c>rate</c> and <c>count</c>.</summary>
    public int Windows { get; init; } = 16;

    /// <summary>Values of <c>by</c> fields that the windows of a condition remember, in equal shares; beyond, the one not seen for longest is forgotten.</summary>
    public int WindowKeys { get; init; } = 4096;

    /// <summary>Objects for which <c>for</c> remembers that the condition holds; beyond, the one remembered for longest is forgotten.</summary>
    public int Holds { get; init; } = 4096;
}
