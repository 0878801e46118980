using Wirehook.EventHooks.Conditions.Evaluation;
using Wirehook.EventHooks.Conditions.Syntax;
using Wirehook.Netlink.Events;

namespace Wirehook.EventHooks.Conditions.Binding;

/// <summary>Compiles comparisons of fields with values and with each other.</summary>
internal sealed class ComparisonBinder(ConditionVocabulary vocabulary, ConditionLimits limits, List<(string Message, SourceSpan Span)> warnings, bool isHeld)
{
    private readonly Values _values = new(vocabulary);
    private readonly TextComparisonBinder _texts = new(new Values(vocabulary), limits, warnings, isHeld);

    /// <summary>The field of a name.</summary>
    public EventField Field(NameSyntax name)
    {
        var field = vocabulary.FindField(name.Name);
        if (field is null) throw Unknown(name);
        if (field.NeverPresent) warnings.Add(($"{name.Name} is never present: Wirehook receives no such events.", name.Span));
        return field;
    }

    /// <summary>Compiles a comparison. A value on the left is put on the right.</summary>
    public ConditionNode Bind(ComparisonSyntax syntax)
    {
        CheckOperand(syntax.Left);
        CheckOperand(syntax.Right);
        if (syntax.Left is BitAndSyntax || syntax.Right is BitAndSyntax) return BindBits(syntax);
        var left = FieldOf(syntax.Left);
        var right = FieldOf(syntax.Right);
        if (left is not null && right is not null && !MeansValue(left, syntax.Right)) return BindPair(syntax, left, right);
        if (left is not null) return BindField(syntax, left, (NameSyntax)syntax.Left, syntax.Operator, syntax.Right);
        if (right is null) return BindValues(syntax);
        return BindField(syntax, right, (NameSyntax)syntax.Right, MirroredOperator(syntax, right), syntax.Left);
    }

    /// <summary>Compiles a bit test that stands alone: any of the bits is set.</summary>
    public NumberNode BindAnyBit(BitAndSyntax bits)
    {
        var (field, mask) = Mask(bits);
        return new NumberNode(bits, field, mask, ComparisonOperator.NotEqual, 0);
    }

    private static void CheckOperand(SyntaxNode node)
    {
        if (node is LogicalSyntax or NotSyntax or ComparisonSyntax or ExistsSyntax)
            throw new ConditionException("A clause has no value to compare; join clauses with AND and OR.", node.Span);
    }

    private EventField? FieldOf(SyntaxNode node) => node is NameSyntax name && vocabulary.FindField(name.Name) is not null ? Field(name) : null;

    /// <summary>Beside a field of event names, the name of an event is that, even where a field has the same name.</summary>
    private bool MeansValue(EventField field, SyntaxNode node) =>
        ConditionVocabulary.IsEvent(field) && node is NameSyntax name && vocabulary.EventNames.Contains(name.Name);

    private static ComparisonOperator MirroredOperator(ComparisonSyntax syntax, EventField field)
    {
        if (syntax.Operator.IsOrdering()) return syntax.Operator.Mirrored();
        if (syntax.Operator == ComparisonOperator.In && field.Kind == NetworkValueKind.List) return ComparisonOperator.Contains;
        throw new ConditionException($"The field must stand left of {syntax.Operator.Spelling()}.", syntax.Left.Span);
    }

    private ConditionNode BindField(ComparisonSyntax syntax, EventField field, NameSyntax name, ComparisonOperator comparison, SyntaxNode value)
    {
        if (comparison != ComparisonOperator.In && comparison != ComparisonOperator.Has && value is ListSyntax)
            throw new ConditionException("A list stands only right of IN, and of HAS for bits.", value.Span);
        return field.Kind switch
        {
            NetworkValueKind.Number => BindNumber(syntax, field, comparison, value),
            NetworkValueKind.Flag => BindFlag(syntax, field, comparison, value),
            NetworkValueKind.Text or NetworkValueKind.List => _texts.Bind(syntax, field, comparison, value),
            NetworkValueKind.Address => BindAddress(syntax, field, comparison, value),
            _ => throw new ConditionException($"{name.Name} cannot be compared.", name.Span),
        };
    }

    private ConditionNode BindNumber(ComparisonSyntax syntax, EventField field, ComparisonOperator comparison, SyntaxNode value)
    {
        if (comparison.IsOrdering())
        {
            var number = _values.Number(field, value);
            if (field.IsBitSet && comparison.IsEquality() && value is NameSyntax or TextSyntax)
                warnings.Add(($"{field.Name} is a set of bits: {comparison.Spelling()} asks for exactly these; HAS asks whether they are set.", syntax.OperatorSpan));
            return new NumberNode(syntax, field, NumberNode.WholeNumber, comparison, number);
        }

        switch (comparison)
        {
            case ComparisonOperator.In when value is ListSyntax list:
                return new NumberSetNode(syntax, field, [.. list.Items.Select(i => _values.Number(field, i))]);
            case ComparisonOperator.In:
                throw new ConditionException("IN needs a list, such as [16, 17].", value.Span);
            case ComparisonOperator.Has or ComparisonOperator.Contains when field.IsBitSet || comparison == ComparisonOperator.Has:
                return new BitsNode(syntax, field, Bits(field, value));
            default:
                throw new ConditionException($"{field.Name} is a number; {comparison.Spelling()} is for text.", syntax.OperatorSpan);
        }
    }

    private long Bits(EventField field, SyntaxNode value) =>
        value is ListSyntax list ? list.Items.Aggregate(0L, (sum, item) => sum | _values.Number(field, item)) : _values.Number(field, value);

    private static FlagNode BindFlag(ComparisonSyntax syntax, EventField field, ComparisonOperator comparison, SyntaxNode value)
    {
        if (!comparison.IsEquality()) throw new ConditionException($"{field.Name} is true or false; it is compared with == and !=, or stands alone.", syntax.OperatorSpan);
        if (value is not FlagSyntax flag) throw new ConditionException($"{field.Name} is true or false; compare it with true or false, or write it alone.", value.Span);
        return new(syntax, field, flag.Value == (comparison == ComparisonOperator.Equal));
    }

    private ConditionNode BindAddress(ComparisonSyntax syntax, EventField field, ComparisonOperator comparison, SyntaxNode value)
    {
        switch (comparison)
        {
            case ComparisonOperator.Equal or ComparisonOperator.NotEqual:
                return new AddressNode(syntax, field, [Values.Address(field, value, isExact: true)], comparison == ComparisonOperator.NotEqual);
            case ComparisonOperator.In:
                AddressMatch[] accepted = value is ListSyntax list
                    ? [.. list.Items.Select(i => Values.Address(field, i, isExact: false))]
                    : [Values.Address(field, value, isExact: false)];
                return new AddressNode(syntax, field, accepted, isNegated: false);
            case ComparisonOperator.Has:
                throw new ConditionException($"{field.Name} is an address; HAS is for bits and lists.", syntax.OperatorSpan);
            default:
                if (comparison.IsOrdering()) throw new ConditionException($"{field.Name} is an address; addresses have no order. Use IN for networks.", syntax.OperatorSpan);
                if (value is AddressSyntax) throw new ConditionException($"{comparison.Spelling()} is for text in quotes; use == or IN for addresses.", value.Span);
                return _texts.Bind(syntax, field, comparison, value);
        }
    }

    private NumberNode BindBits(ComparisonSyntax syntax)
    {
        var isLeft = syntax.Left is BitAndSyntax;
        var (bits, value) = isLeft ? ((BitAndSyntax)syntax.Left, syntax.Right) : ((BitAndSyntax)syntax.Right, syntax.Left);
        var (field, mask) = Mask(bits);
        if (!syntax.Operator.IsOrdering()) throw new ConditionException("Bits are compared with ==, !=, <, <=, > and >=.", syntax.OperatorSpan);
        if (FieldOf(value) is not null || value is BitAndSyntax) throw new ConditionException("Bits are compared with a number or a constant.", value.Span);
        return new NumberNode(syntax, field, mask, isLeft ? syntax.Operator : syntax.Operator.Mirrored(), _values.Number(field, value));
    }

    private (EventField Field, long Mask) Mask(BitAndSyntax bits)
    {
        var (subject, mask) = FieldOf(bits.Subject) is null && FieldOf(bits.Mask) is not null ? (bits.Mask, bits.Subject) : (bits.Subject, bits.Mask);
        if (subject is not NameSyntax name) throw new ConditionException("A field must stand left of &.", subject.Span);
        var field = Field(name);
        if (field.Kind == NetworkValueKind.Number) return (field, _values.Number(field, mask));
        throw new ConditionException($"{name.Name} is no number; & is for bits.", name.Span);
    }

    private static FieldPairNode BindPair(ComparisonSyntax syntax, EventField left, EventField right)
    {
        if (left.Kind != right.Kind) throw new ConditionException($"{left.Name} and {right.Name} are of different kinds.", syntax.Span);
        var hasOrder = left.Kind is NetworkValueKind.Number or NetworkValueKind.Text;
        if (hasOrder ? syntax.Operator.IsOrdering() : syntax.Operator.IsEquality()) return new(syntax, left, syntax.Operator, right);
        throw new ConditionException(
            syntax.Operator.IsOrdering() ? $"{left.Name} has no order." : $"A value, not a field, must stand right of {syntax.Operator.Spelling()}.", syntax.Right.Span);
    }

    /// <summary>Two values: the same for every event, which is allowed and warned of.</summary>
    private ConstantNode BindValues(ComparisonSyntax syntax)
    {
        foreach (var side in (SyntaxNode[])[syntax.Left, syntax.Right])
        {
            if (side is NameSyntax name && !vocabulary.Constants.ContainsKey(name.Name)) throw Unknown(name);
        }

        int? difference = (Constant(syntax.Left), Constant(syntax.Right)) switch
        {
            (long left, long right) => left.CompareTo(right),
            (string left, string right) => string.CompareOrdinal(left, right),
            _ => null,
        };
        if (difference is not { } sign || !syntax.Operator.IsOrdering()) throw new ConditionException("A comparison needs a field.", syntax.Span);
        var result = syntax.Operator.Accepts(sign);
        warnings.Add(($"This is always {(result ? "true" : "false")}.", syntax.Span));
        return new(syntax, TruthTable.From(result));
    }

    private object? Constant(SyntaxNode node) => node switch
    {
        NumberSyntax number => number.Value,
        TextSyntax text => text.Value,
        NameSyntax name => vocabulary.Constants[name.Name],
        _ => null,
    };

    private ConditionException Unknown(NameSyntax name) => new($"There is no field or constant {name.Name}.{vocabulary.Suggest(name.Name)}", name.Span);
}
