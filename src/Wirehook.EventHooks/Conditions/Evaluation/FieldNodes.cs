using System.Runtime.CompilerServices;
using Wirehook.EventHooks.Conditions.Syntax;
using Wirehook.Netlink.Events;

namespace Wirehook.EventHooks.Conditions.Evaluation;

/// <summary>A clause about one field.</summary>
internal abstract class FieldNode(SyntaxNode syntax, EventField field) : ConditionNode(syntax)
{
    private readonly Func<NetworkEvent, NetworkValue> _get = field.Get;

    /// <summary>The field.</summary>
    public EventField Field { get; } = field;

    /// <summary>What is absent, or of another kind than declared, is unknown.</summary>
    public sealed override Truth Evaluate(NetworkEvent subject, ReadOnlySpan<long> windows)
    {
        var value = _get(subject);
        return Test(in value);
    }

    /// <summary>What the clause says about a value.</summary>
    protected abstract Truth Test(in NetworkValue value);

    /// <inheritdoc/>
    protected sealed override string Describe(NetworkEvent subject, ReadOnlySpan<long> windows) => Show(Field, subject);
}

/// <summary>exists(field): never unknown.</summary>
internal sealed class ExistsNode(SyntaxNode syntax, EventField field) : FieldNode(syntax, field)
{
    /// <inheritdoc/>
    protected override Truth Test(in NetworkValue value) => TruthTable.From(value.IsPresent);
}

/// <summary>A flag, alone or compared with true or false.</summary>
internal sealed class FlagNode(SyntaxNode syntax, EventField field, bool expected) : FieldNode(syntax, field)
{
    /// <inheritdoc/>
    protected override Truth Test(in NetworkValue value) =>
        value.Kind == NetworkValueKind.Flag ? TruthTable.From(value.AsFlag == expected) : Truth.Unknown;
}

/// <summary>A number compared with a number, after a mask.</summary>
internal sealed class NumberNode(SyntaxNode syntax, EventField field, long mask, ComparisonOperator comparison, long expected) : FieldNode(syntax, field)
{
    /// <summary>The mask that changes nothing.</summary>
    public const long WholeNumber = -1;

    private readonly Truth _less = TruthTable.From(comparison.Accepts(-1));
    private readonly Truth _equal = TruthTable.From(comparison.Accepts(0));
    private readonly Truth _greater = TruthTable.From(comparison.Accepts(1));

    /// <inheritdoc/>
    protected override Truth Test(in NetworkValue value)
    {
        if (value.Kind != NetworkValueKind.Number) return Truth.Unknown;
        var number = value.AsNumber & mask;
        return number == expected ? _equal : number < expected ? _less : _greater;
    }
}

/// <summary>A number in a list.</summary>
internal sealed class NumberSetNode(SyntaxNode syntax, EventField field, long[] accepted) : FieldNode(syntax, field)
{
    private const int LongestScan = 16;
    private readonly long[] _sorted = [.. accepted.Distinct().Order()];

    /// <inheritdoc/>
    protected override Truth Test(in NetworkValue value)
    {
        if (value.Kind != NetworkValueKind.Number) return Truth.Unknown;
        var found = _sorted.Length <= LongestScan ? Array.IndexOf(_sorted, value.AsNumber) : Array.BinarySearch(_sorted, value.AsNumber);
        return TruthTable.From(found >= 0);
    }
}

/// <summary>Bits of a number: all of them set.</summary>
internal sealed class BitsNode(SyntaxNode syntax, EventField field, long bits) : FieldNode(syntax, field)
{
    /// <inheritdoc/>
    protected override Truth Test(in NetworkValue value) =>
        value.Kind != NetworkValueKind.Number ? Truth.Unknown : TruthTable.From((value.AsNumber & bits) == bits);
}

/// <summary>Text, each element of a list, or an address as text, put to a test. A list passes when any element does; a negated test when none does.</summary>
internal sealed class TextNode(SyntaxNode syntax, EventField field, TextTest test, bool isNegated) : FieldNode(syntax, field)
{
    /// <inheritdoc/>
    protected override Truth Test(in NetworkValue value) => value.Kind switch
    {
        NetworkValueKind.Text => TruthTable.From(test.Accepts(value.AsText) != isNegated),
        NetworkValueKind.List => TruthTable.From(AcceptsAny(value.AsList) != isNegated),
        NetworkValueKind.Address => TruthTable.From(AcceptsAddress(in value) != isNegated),
        _ => Truth.Unknown,
    };

    /// <summary>Lists are arrays, mostly; going through the interface takes several times as long.</summary>
    private bool AcceptsAny(IReadOnlyList<string> list)
    {
        if (list.GetType() == typeof(string[]))
        {
            foreach (var text in Unsafe.As<string[]>(list))
            {
                if (test.Accepts(text)) return true;
            }

            return false;
        }

        for (var i = 0; i < list.Count; i++)
        {
            if (test.Accepts(list[i])) return true;
        }

        return false;
    }

    private bool AcceptsAddress(in NetworkValue value)
    {
        Span<char> text = stackalloc char[AddressFormat.LongestText];
        return test.Accepts(text[..AddressFormat.Write(value.AsAddress, text)]);
    }
}

/// <summary>An address that is, or lies in, one of several addresses and networks.</summary>
internal sealed class AddressNode(SyntaxNode syntax, EventField field, AddressMatch[] accepted, bool isNegated) : FieldNode(syntax, field)
{
    /// <inheritdoc/>
    protected override Truth Test(in NetworkValue value)
    {
        if (value.Kind != NetworkValueKind.Address) return Truth.Unknown;
        foreach (ref readonly var match in accepted.AsSpan())
        {
            if (match.Accepts(in value)) return TruthTable.From(!isNegated);
        }

        return TruthTable.From(isNegated);
    }
}
