using Wirehook.Packets;

namespace Wirehook.EventHooks.Conditions.Syntax;

/// <summary>A part of a condition as it was written.</summary>
/// <param name="span">Where it stands.</param>
internal abstract class SyntaxNode(SourceSpan span)
{
    /// <summary>Where it stands.</summary>
    public SourceSpan Span { get; } = span;

    /// <summary>Canonical text.</summary>
    public override string ToString() => SyntaxWriter.Write(this);
}

/// <summary>Clauses joined by AND, or by OR.</summary>
internal sealed class LogicalSyntax(bool isAnd, IReadOnlyList<SyntaxNode> operands, SourceSpan span) : SyntaxNode(span)
{
    /// <summary>AND; otherwise OR.</summary>
    public bool IsAnd { get; } = isAnd;

    /// <summary>Two or more clauses.</summary>
    public IReadOnlyList<SyntaxNode> Operands { get; } = operands;
}

/// <summary>NOT clause.</summary>
internal sealed class NotSyntax(SyntaxNode operand, SourceSpan span) : SyntaxNode(span)
{
    /// <summary>What is negated.</summary>
    public SyntaxNode Operand { get; } = operand;
}

/// <summary>left operator right.</summary>
internal sealed class ComparisonSyntax(ComparisonOperator comparison, SyntaxNode left, SyntaxNode right, SourceSpan operatorSpan)
    : SyntaxNode(left.Span.To(right.Span))
{
    /// <summary>The operator.</summary>
    public ComparisonOperator Operator { get; } = comparison;

    /// <summary>Its left side.</summary>
    public SyntaxNode Left { get; } = left;

    /// <summary>Its right side.</summary>
    public SyntaxNode Right { get; } = right;

    /// <summary>Where the operator stands.</summary>
    public SourceSpan OperatorSpan { get; } = operatorSpan;
}

/// <summary>subject &amp; mask.</summary>
internal sealed class BitAndSyntax(SyntaxNode subject, SyntaxNode mask) : SyntaxNode(subject.Span.To(mask.Span))
{
    /// <summary>The number whose bits are looked at.</summary>
    public SyntaxNode Subject { get; } = subject;

    /// <summary>The bits.</summary>
    public SyntaxNode Mask { get; } = mask;
}

/// <summary>Constants joined by |.</summary>
internal sealed class BitOrSyntax(IReadOnlyList<SyntaxNode> items) : SyntaxNode(items[0].Span.To(items[^1].Span))
{
    /// <summary>Numbers and names of constants.</summary>
    public IReadOnlyList<SyntaxNode> Items { get; } = items;
}

/// <summary>A field, a constant, a symbol or an event's name.</summary>
internal sealed class NameSyntax(string name, SourceSpan span) : SyntaxNode(span)
{
    /// <summary>As written.</summary>
    public string Name { get; } = name;
}

/// <summary>A whole number.</summary>
internal sealed class NumberSyntax(long value, SourceSpan span) : SyntaxNode(span)
{
    /// <summary>Its value.</summary>
    public long Value { get; } = value;
}

/// <summary>true or false.</summary>
internal sealed class FlagSyntax(bool value, SourceSpan span) : SyntaxNode(span)
{
    /// <summary>Its value.</summary>
    public bool Value { get; } = value;
}

/// <summary>Quoted text, or a bare hardware address.</summary>
internal sealed class TextSyntax(string value, SourceSpan span) : SyntaxNode(span)
{
    /// <summary>Without quotes and escapes.</summary>
    public string Value { get; } = value;
}

/// <summary>A bare IP address or network.</summary>
internal sealed class AddressSyntax(IpAddress address, int prefixLength, SourceSpan span) : SyntaxNode(span)
{
    /// <summary>The address.</summary>
    public IpAddress Address { get; } = address;

    /// <summary>Bits of its prefix, of 32 for IPv4; -1 where it has none.</summary>
    public int PrefixLength { get; } = prefixLength;
}

/// <summary>[a, b, c].</summary>
internal sealed class ListSyntax(IReadOnlyList<SyntaxNode> items, SourceSpan span) : SyntaxNode(span)
{
    /// <summary>Its elements; may be none.</summary>
    public IReadOnlyList<SyntaxNode> Items { get; } = items;
}

/// <summary>exists(field).</summary>
internal sealed class ExistsSyntax(NameSyntax field, SourceSpan span) : SyntaxNode(span)
{
    /// <summary>The field.</summary>
    public NameSyntax Field { get; } = field;
}

/// <summary>rate(…) or count(…) within.</summary>
internal sealed class WindowSyntax(bool isRate, IReadOnlyList<SyntaxNode> selectors, NameSyntax? by, long? within, SourceSpan span) : SyntaxNode(span)
{
    /// <summary>Events per second; otherwise a number of events.</summary>
    public bool IsRate { get; } = isRate;

    /// <summary>What is counted: one or two of a message type, an event's name, a clause; all must hold.</summary>
    public IReadOnlyList<SyntaxNode> Selectors { get; } = selectors;

    /// <summary>The field whose values are counted apart; null for none.</summary>
    public NameSyntax? By { get; } = by;

    /// <summary>The time in nanoseconds; null where it was not given.</summary>
    public long? Within { get; } = within;

    /// <summary>The same over <paramref name="time"/> (nanoseconds).</summary>
    public WindowSyntax Over(long time, SourceSpan end) => new(IsRate, Selectors, By, time, Span.To(end));
}

/// <summary>A whole condition.</summary>
/// <param name="Root">Its expression; null where the text is empty, which holds for all events.</param>
/// <param name="Hold">The time after <c>for</c> in nanoseconds; null where there is none.</param>
internal sealed record ConditionSyntax(SyntaxNode? Root, long? Hold);
