using Wirehook.EventHooks.Conditions.Evaluation;
using Wirehook.EventHooks.Conditions.Syntax;
using Wirehook.Netlink.Events;

namespace Wirehook.EventHooks.Conditions.Binding;

/// <summary>Compiles comparisons of texts, of lists of texts, and of addresses as text.</summary>
internal sealed class TextComparisonBinder(Values values, ConditionLimits limits, List<(string Message, SourceSpan Span)> warnings, bool isHeld)
{
    /// <summary>Compiles a comparison of <paramref name="field"/> with <paramref name="value"/>.</summary>
    public ConditionNode Bind(ComparisonSyntax syntax, EventField field, ComparisonOperator comparison, SyntaxNode value)
    {
        var isList = field.Kind == NetworkValueKind.List;
        if (isHeld && ConditionVocabulary.IsEvent(field) && EventNames(field, comparison, value) is { } names)
            return new HeldEventNode(syntax, field, names, comparison == ComparisonOperator.NotEqual);
        TextTest test = comparison switch
        {
            ComparisonOperator.Equal or ComparisonOperator.NotEqual => new EqualsTest(Exact(field, value)),
            ComparisonOperator.Match or ComparisonOperator.NotMatch => PatternCompiler.Compile(Pattern(syntax, value), value.Span),
            ComparisonOperator.Glob => PatternCompiler.CompileGlob(Pattern(syntax, value)),
            ComparisonOperator.In => Set(field, value),
            ComparisonOperator.Contains when !isList => new ContainsTest(values.Text(field, value)),
            ComparisonOperator.Contains or ComparisonOperator.Has when isList => new EqualsTest(Exact(field, value)),
            ComparisonOperator.StartsWith => new PrefixTest(values.Text(field, value)),
            ComparisonOperator.EndsWith => new SuffixTest(values.Text(field, value)),
            ComparisonOperator.Has => throw new ConditionException($"{field.Name} is text; HAS is for bits and lists. Did you mean CONTAINS?", syntax.OperatorSpan),
            _ when isList => throw new ConditionException($"{field.Name} is a list; lists have no order.", syntax.OperatorSpan),
            _ => new OrderTest(comparison, values.Text(field, value)),
        };
        return new TextNode(syntax, field, test, comparison is ComparisonOperator.NotEqual or ComparisonOperator.NotMatch);
    }

    private string[]? EventNames(EventField field, ComparisonOperator comparison, SyntaxNode value) => comparison switch
    {
        ComparisonOperator.In when value is ListSyntax list => [.. list.Items.Select(i => values.EventName(field, i))],
        ComparisonOperator.Equal or ComparisonOperator.NotEqual or ComparisonOperator.Contains or ComparisonOperator.Has => [values.EventName(field, value)],
        _ => null,
    };

    private string Exact(EventField field, SyntaxNode value)
    {
        if (ConditionVocabulary.IsEvent(field)) return values.EventName(field, value);
        var text = values.Text(field, value);
        if (field.Name == "changed" && text.Contains('.'))
            warnings.Add(($"changed holds names such as 'mtu'; write changed.{text}, or leave out what stands before the dot.", value.Span));
        return text;
    }

    private TextTest Set(EventField field, SyntaxNode value)
    {
        if (value is not ListSyntax list) throw new ConditionException("IN needs a list, such as ['eth0', 'eth1'].", value.Span);
        string[] accepted = [.. list.Items.Select(i => Exact(field, i))];
        return accepted.Length == 1 ? new EqualsTest(accepted[0]) : new SetTest(accepted);
    }

    private string Pattern(ComparisonSyntax syntax, SyntaxNode value)
    {
        if (value is not TextSyntax text) throw new ConditionException($"A pattern in quotes must stand right of {syntax.Operator.Spelling()}.", value.Span);
        if (text.Value.Length <= limits.PatternLength) return text.Value;
        throw new ConditionException($"The pattern is {text.Value.Length} characters long; {limits.PatternLength} are allowed.", value.Span);
    }
}
