namespace Wirehook.EventHooks.Conditions.Syntax;

/// <summary>The comparisons of the language.</summary>
internal enum ComparisonOperator
{
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Match,
    NotMatch,
    Glob,
    In,
    Contains,
    Has,
    StartsWith,
    EndsWith,
}

/// <summary>Facts about the comparisons.</summary>
internal static class ComparisonOperators
{
    /// <summary>The operator's canonical spelling.</summary>
    public static string Spelling(this ComparisonOperator comparison) => comparison switch
    {
        ComparisonOperator.Equal => "==",
        ComparisonOperator.NotEqual => "!=",
        ComparisonOperator.Less => "<",
        ComparisonOperator.LessOrEqual => "<=",
        ComparisonOperator.Greater => ">",
        ComparisonOperator.GreaterOrEqual => ">=",
        ComparisonOperator.Match => "=~",
        ComparisonOperator.NotMatch => "!~",
        ComparisonOperator.Glob => "~=",
        ComparisonOperator.In => "IN",
        ComparisonOperator.Contains => "CONTAINS",
        ComparisonOperator.Has => "HAS",
        ComparisonOperator.StartsWith => "STARTSWITH",
        _ => "ENDSWITH",
    };

    /// <summary>Whether it is one of ==, !=, &lt;, &lt;=, &gt;, &gt;=.</summary>
    public static bool IsOrdering(this ComparisonOperator comparison) => comparison <= ComparisonOperator.GreaterOrEqual;

    /// <summary>Whether it is == or !=.</summary>
    public static bool IsEquality(this ComparisonOperator comparison) => comparison <= ComparisonOperator.NotEqual;

    /// <summary>The operator that says the same with the sides exchanged.</summary>
    public static ComparisonOperator Mirrored(this ComparisonOperator comparison) => comparison switch
    {
        ComparisonOperator.Less => ComparisonOperator.Greater,
        ComparisonOperator.LessOrEqual => ComparisonOperator.GreaterOrEqual,
        ComparisonOperator.Greater => ComparisonOperator.Less,
        ComparisonOperator.GreaterOrEqual => ComparisonOperator.LessOrEqual,
        _ => comparison,
    };

    /// <summary>Whether a difference of the sides (negative, zero, positive) satisfies it.</summary>
    public static bool Accepts(this ComparisonOperator comparison, int difference) => comparison switch
    {
        ComparisonOperator.Equal => difference == 0,
        ComparisonOperator.NotEqual => difference != 0,
        ComparisonOperator.Less => difference < 0,
        ComparisonOperator.LessOrEqual => difference <= 0,
        ComparisonOperator.Greater => difference > 0,
        _ => difference >= 0,
    };
}
