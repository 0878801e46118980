using Wirehook.Packets;

namespace Wirehook.EventHooks.Conditions.Syntax;

/// <summary>The kinds of words of the language.</summary>
internal enum TokenKind
{
    End,
    Name,
    Text,
    Number,
    Duration,
    Address,
    OpenParenthesis,
    CloseParenthesis,
    OpenBracket,
    CloseBracket,
    Comma,
    And,
    Or,
    Not,
    For,
    By,
    Within,
    Ampersand,
    Bar,
    True,
    False,
    Operator,
}

/// <summary>One word of a condition.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Span">Where it stands.</param>
internal readonly record struct Token(TokenKind Kind, SourceSpan Span)
{
    /// <summary>The name as written, or the text without quotes and escapes.</summary>
    public string Text { get; init; } = "";

    /// <summary>A number; a duration in nanoseconds; the prefix length of an address (-1 for none).</summary>
    public long Number { get; init; }

    /// <summary>The address of a bare address.</summary>
    public IpAddress Address { get; init; }

    /// <summary>The comparison.</summary>
    public ComparisonOperator Operator { get; init; }
}
