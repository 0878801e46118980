using Wirehook.EventHooks.Conditions.Evaluation;
using Wirehook.EventHooks.Conditions.Syntax;
using Wirehook.Netlink.Events;

namespace Wirehook.EventHooks.Conditions.Binding;

/// <summary>Compiles trees: resolves names, checks kinds, makes the nodes that are evaluated.</summary>
internal sealed class Binder
{
    private readonly ConditionVocabulary _vocabulary;
    private readonly ComparisonBinder _comparisons;
    private readonly WindowBinder _windows;

    /// <summary>A binder of one condition.</summary>
    /// <param name="vocabulary">The names that it may use.</param>
    /// <param name="limits">Its limits.</param>
    /// <param name="isHeld">Whether the condition ends in <c>for</c>.</param>
    public Binder(ConditionVocabulary vocabulary, ConditionLimits limits, bool isHeld)
    {
        _vocabulary = vocabulary;
        _comparisons = new(vocabulary, limits, Warnings, isHeld);
        _windows = new(vocabulary, limits, Bind);
    }

    /// <summary>What is allowed but probably not meant.</summary>
    public List<(string Message, SourceSpan Span)> Warnings { get; } = [];

    /// <summary>The calls of rate and count, in the order of <see cref="WindowNode"/>'s indices.</summary>
    public IReadOnlyList<WindowDefinition> Windows => _windows.Definitions;

    /// <summary>Compiles an expression.</summary>
    /// <exception cref="ConditionException">A name is unknown, or kinds do not fit.</exception>
    public ConditionNode Bind(SyntaxNode node) => node switch
    {
        LogicalSyntax logical => new LogicalNode(logical, logical.IsAnd, [.. logical.Operands.Select(Bind)]),
        NotSyntax not => new NotNode(not, Bind(not.Operand)),
        ComparisonSyntax { Left: WindowSyntax } or ComparisonSyntax { Right: WindowSyntax } => _windows.Bind((ComparisonSyntax)node),
        ComparisonSyntax comparison => _comparisons.Bind(comparison),
        BitAndSyntax bits => _comparisons.BindAnyBit(bits),
        NameSyntax name => BindName(name),
        ExistsSyntax exists => new ExistsNode(exists, _comparisons.Field(exists.Field)),
        FlagSyntax flag => BindConstant(flag),
        WindowSyntax window => throw new ConditionException($"{(window.IsRate ? "rate" : "count")}(…) is a number; compare it, as in > 100.", window.Span),
        _ => throw new ConditionException("This is a value, not a condition; compare it with a field.", node.Span),
    };

    private ConstantNode BindConstant(FlagSyntax flag)
    {
        Warnings.Add(($"This is always {(flag.Value ? "true" : "false")}.", flag.Span));
        return new(flag, TruthTable.From(flag.Value));
    }

    private FlagNode BindName(NameSyntax name)
    {
        if (_vocabulary.FindField(name.Name) is null && _vocabulary.EventNames.Contains(name.Name))
            throw new ConditionException($"{name.Name} is the name of an event: write event == '{name.Name}'.", name.Span);
        if (_vocabulary.FindField(name.Name) is null && _vocabulary.Constants.ContainsKey(name.Name))
            throw new ConditionException($"{name.Name} is a constant, not a condition; compare a field with it{Example(name.Name)}.", name.Span);
        var field = _comparisons.Field(name);
        return field.Kind switch
        {
            NetworkValueKind.Flag => new(name, field, expected: true),
            NetworkValueKind.Number => throw new ConditionException($"{name.Name} is a number, not a condition; write {name.Name} != 0.", name.Span),
            _ => throw new ConditionException($"{name.Name} is no condition; compare it, or write exists({name.Name}).", name.Span),
        };
    }

    private string Example(string constant) => _vocabulary.MessageTypes.Contains(constant) ? $": message_type == {constant}" : "";
}
