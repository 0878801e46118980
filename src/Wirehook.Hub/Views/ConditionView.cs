using Wirehook.EventHooks.Conditions;

namespace Wirehook.Hub.Views;

/// <summary>What became of checking a condition.</summary>
/// <param name="Valid">Whether it can be used.</param>
/// <param name="Canonical">How Wirehook reads it, in canonical form; null where it cannot be used.</param>
/// <param name="Error">Why not; null where it can.</param>
/// <param name="Warnings">What is allowed and probably not meant.</param>
public sealed record ConditionView(bool Valid, string? Canonical, ConditionErrorView? Error, IReadOnlyList<ConditionErrorView> Warnings);

/// <summary>Where a condition is wrong, and why.</summary>
/// <param name="Message">What is wrong, with a suggestion where one comes to mind.</param>
/// <param name="Line">Line in the condition, from 1.</param>
/// <param name="Column">Column in characters, from 1.</param>
/// <param name="Length">Characters that it is about.</param>
/// <param name="Text">Message, line and carets as lines of text.</param>
public sealed record ConditionErrorView(string Message, int Line, int Column, int Length, string Text)
{
    /// <summary>The view of <paramref name="error"/>.</summary>
    public static ConditionErrorView Of(ConditionError error) => new(error.Message, error.Line, error.Column, error.Length, error.ToString());
}
