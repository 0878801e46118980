using System.Diagnostics.CodeAnalysis;

namespace Wirehook.EventHooks.Conditions;

/// <summary>What came of compiling a condition's text: a condition, or the reason why there is none.</summary>
public sealed class ConditionCompilation
{
    internal ConditionCompilation(Condition? condition, ConditionError? error, IReadOnlyList<ConditionError> warnings)
    {
        (Condition, Error, Warnings) = (condition, error, warnings);
    }

    /// <summary>Whether there is a condition.</summary>
    [MemberNotNullWhen(true, nameof(Condition))]
    [MemberNotNullWhen(false, nameof(Error))]
    public bool Succeeded => Condition is not null;

    /// <summary>The condition; null where the text was refused.</summary>
    public Condition? Condition { get; }

    /// <summary>Why the text was refused; null where it was not.</summary>
    public ConditionError? Error { get; }

    /// <summary>What is allowed but probably not meant: a field that no event has, a clause that is always true.</summary>
    public IReadOnlyList<ConditionError> Warnings { get; }
}
