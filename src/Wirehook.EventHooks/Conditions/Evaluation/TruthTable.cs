namespace Wirehook.EventHooks.Conditions.Evaluation;

/// <summary>Kleene's three-valued logic: unknown is what could be either.</summary>
internal static class TruthTable
{
    /// <summary>True or false.</summary>
    public static Truth From(bool value) => value ? Truth.True : Truth.False;

    /// <summary>The opposite; unknown stays unknown.</summary>
    public static Truth Not(Truth value) => (Truth)(-(sbyte)value);

    /// <summary>The lesser of both.</summary>
    public static Truth And(Truth left, Truth right) => left < right ? left : right;

    /// <summary>The greater of both.</summary>
    public static Truth Or(Truth left, Truth right) => left > right ? left : right;
}
