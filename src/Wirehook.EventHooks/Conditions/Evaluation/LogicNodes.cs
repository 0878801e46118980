using Wirehook.EventHooks.Conditions.Syntax;
using Wirehook.Netlink.Events;

namespace Wirehook.EventHooks.Conditions.Evaluation;

/// <summary>The same for every event.</summary>
internal sealed class ConstantNode(SyntaxNode? syntax, Truth value) : ConditionNode(syntax)
{
    /// <inheritdoc/>
    public override Truth Evaluate(NetworkEvent subject, ReadOnlySpan<long> windows) => value;
}

/// <summary>NOT.</summary>
internal sealed class NotNode(SyntaxNode syntax, ConditionNode operand) : ConditionNode(syntax)
{
    /// <inheritdoc/>
    public override Truth Evaluate(NetworkEvent subject, ReadOnlySpan<long> windows) => TruthTable.Not(operand.Evaluate(subject, windows));

    /// <inheritdoc/>
    protected override ClauseTrace[] TraceChildren(NetworkEvent subject, ReadOnlySpan<long> windows) => [operand.Trace(subject, windows)];
}

/// <summary>AND and OR of two or more clauses; stops at the first that decides.</summary>
internal sealed class LogicalNode(SyntaxNode syntax, bool isAnd, ConditionNode[] operands) : ConditionNode(syntax)
{
    /// <inheritdoc/>
    public override Truth Evaluate(NetworkEvent subject, ReadOnlySpan<long> windows) => isAnd ? All(subject, windows) : Any(subject, windows);

    private Truth All(NetworkEvent subject, ReadOnlySpan<long> windows)
    {
        var result = Truth.True;
        foreach (var operand in operands)
        {
            result = TruthTable.And(result, operand.Evaluate(subject, windows));
            if (result == Truth.False) break;
        }

        return result;
    }

    private Truth Any(NetworkEvent subject, ReadOnlySpan<long> windows)
    {
        var result = Truth.False;
        foreach (var operand in operands)
        {
            result = TruthTable.Or(result, operand.Evaluate(subject, windows));
            if (result == Truth.True) break;
        }

        return result;
    }

    /// <inheritdoc/>
    protected override ClauseTrace[] TraceChildren(NetworkEvent subject, ReadOnlySpan<long> windows)
    {
        var children = new ClauseTrace[operands.Length];
        for (var i = 0; i < children.Length; i++) children[i] = operands[i].Trace(subject, windows);
        return children;
    }
}
