namespace Wirehook.EventHooks.Conditions;

/// <summary>The value of a condition: a comparison with a missing attribute is neither true nor false.</summary>
public enum Truth : sbyte
{
    /// <summary>Does not hold.</summary>
    False = -1,

    /// <summary>Cannot be said, because an attribute is missing; a hook does not run.</summary>
    Unknown = 0,

    /// <summary>Holds.</summary>
    True = 1,
}
