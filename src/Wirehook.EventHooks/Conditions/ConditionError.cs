namespace Wirehook.EventHooks.Conditions;

/// <summary>Why a condition was refused, and where.</summary>
/// <param name="Message">What is wrong and, where one comes to mind, a suggestion; one line.</param>
/// <param name="Line">Line in the condition's text, from 1.</param>
/// <param name="Column">Column in characters, from 1.</param>
/// <param name="Length">Characters that the message is about, at least 1.</param>
/// <param name="SourceLine">The text of that line.</param>
public sealed record ConditionError(string Message, int Line, int Column, int Length, string SourceLine)
{
    /// <summary>Three lines: the message with its position, the line of the condition, and carets below what it is about.</summary>
    public override string ToString() =>
        $"{Message} (line {Line}, column {Column})\n  {SourceLine}\n  {new string(' ', Column - 1)}{new string('^', Length)}";
}
