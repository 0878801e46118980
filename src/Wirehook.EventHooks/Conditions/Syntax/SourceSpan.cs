namespace Wirehook.EventHooks.Conditions.Syntax;

/// <summary>A part of a condition's text.</summary>
/// <param name="Start">Its first character, from 0.</param>
/// <param name="Length">Its characters.</param>
internal readonly record struct SourceSpan(int Start, int Length)
{
    /// <summary>The position after it.</summary>
    public int End => Start + Length;

    /// <summary>From the beginning of this span to the end of <paramref name="last"/>.</summary>
    public SourceSpan To(SourceSpan last) => new(Start, Math.Max(last.End, End) - Start);
}

/// <summary>Ends a compilation. Never leaves the compilation of a <see cref="Condition"/>.</summary>
/// <param name="message">What is wrong; one line.</param>
/// <param name="span">Where.</param>
internal sealed class ConditionException(string message, SourceSpan span) : Exception(message)
{
    /// <summary>What the message is about.</summary>
    public SourceSpan Span { get; } = span;
}
