using Wirehook.EventHooks.Conditions.Evaluation;
using Wirehook.EventHooks.Conditions.Syntax;
using Wirehook.Netlink.Events;

namespace Wirehook.EventHooks.Conditions.Binding;

/// <summary>Compiles comparisons of rate(…) and count(…).</summary>
internal sealed class WindowBinder(ConditionVocabulary vocabulary, ConditionLimits limits, Func<SyntaxNode, ConditionNode> bind)
{
    private const long OneSecond = 1_000_000_000;
    private readonly List<WindowDefinition> _definitions = [];
    private bool _isInside;

    /// <summary>The windows so far.</summary>
    public IReadOnlyList<WindowDefinition> Definitions => _definitions;

    /// <summary>Compiles a comparison with a window on one side.</summary>
    public WindowNode Bind(ComparisonSyntax syntax)
    {
        var isLeft = syntax.Left is WindowSyntax;
        var (window, value) = isLeft ? ((WindowSyntax)syntax.Left, syntax.Right) : ((WindowSyntax)syntax.Right, syntax.Left);
        var function = window.IsRate ? "rate" : "count";
        if (!syntax.Operator.IsOrdering()) throw new ConditionException($"{function}(…) is a number; it is compared with ==, !=, <, <=, > and >=.", syntax.OperatorSpan);
        if (value is not NumberSyntax { Value: >= 0 } number) throw new ConditionException($"{function}(…) is compared with a number of events.", value.Span);
        var definition = Define(window, function);
        _definitions.Add(definition);
        if (_definitions.Count > limits.Windows) throw new ConditionException($"A condition may call rate and count {limits.Windows} times.", window.Span);
        return new(syntax, _definitions.Count - 1, definition, isLeft ? syntax.Operator : syntax.Operator.Mirrored(), number.Value);
    }

    private WindowDefinition Define(WindowSyntax window, string function)
    {
        if (_isInside) throw new ConditionException($"{function}(…) cannot stand within rate(…) or count(…).", window.Span);
        if (window.Within is null && !window.IsRate) throw new ConditionException("count(…) needs a time: count(…) within 1m >= 3.", window.Span);
        _isInside = true;
        var selectors = window.Selectors.Select(Selector).ToArray();
        _isInside = false;
        var all = selectors.Length == 1 ? selectors[0] : new LogicalNode(new LogicalSyntax(true, window.Selectors, window.Span), isAnd: true, selectors);
        return new(window, window.IsRate, all, By(window.By), window.Within ?? OneSecond);
    }

    /// <summary>A message type and the name of an event stand for the events that have them.</summary>
    private ConditionNode Selector(SyntaxNode node) => node switch
    {
        NameSyntax name when vocabulary.EventNames.Contains(name.Name) => bind(Equality("event", name)),
        NameSyntax name when vocabulary.FindField(name.Name) is null && vocabulary.MessageTypes.Contains(name.Name) => bind(Equality("message_type", name)),
        NumberSyntax number => bind(Equality("message_type", number)),
        _ => bind(node),
    };

    private static ComparisonSyntax Equality(string field, SyntaxNode value) =>
        new(ComparisonOperator.Equal, new NameSyntax(field, value.Span), value, value.Span);

    private EventField? By(NameSyntax? name)
    {
        if (name is null) return null;
        var field = vocabulary.FindField(name.Name) ?? throw new ConditionException($"There is no field {name.Name}.{vocabulary.Suggest(name.Name)}", name.Span);
        if (field.Kind != NetworkValueKind.List) return field;
        throw new ConditionException($"{name.Name} is a list, and events are counted by single values.", name.Span);
    }
}
