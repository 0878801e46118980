using System.Globalization;
using Wirehook.EventHooks.Conditions.Evaluation;
using Wirehook.EventHooks.Conditions.Syntax;
using Wirehook.Netlink.Events;

namespace Wirehook.EventHooks.Conditions.Binding;

/// <summary>Turns what a field is compared with into a value of the field's kind.</summary>
internal sealed class Values(ConditionVocabulary vocabulary)
{
    private const int MostShown = 12;

    /// <summary>A number for <paramref name="field"/>: a literal, a constant, or one of the field's own symbols, quoted or not.</summary>
    public long Number(EventField field, SyntaxNode node) => node switch
    {
        NumberSyntax number => number.Value,
        BitOrSyntax bits => bits.Items.Aggregate(0L, (sum, item) => sum | Number(field, item)),
        NameSyntax name => Symbol(field, name.Name) ?? throw UnknownSymbol(field, name),
        TextSyntax text => Symbol(field, text.Value) ?? throw NotNumber(field, text),
        FlagSyntax => throw new ConditionException($"{field.Name} is a number, and this is true or false.", node.Span),
        _ => throw new ConditionException($"{field.Name} is a number; compare it with a number.", node.Span),
    };

    /// <summary>A text for <paramref name="field"/>: quoted; the names of events and the field's own symbols also bare.</summary>
    public string Text(EventField field, SyntaxNode node) => node switch
    {
        TextSyntax text => text.Value,
        NameSyntax name when ConditionVocabulary.IsEvent(field) && vocabulary.EventNames.Contains(name.Name) => name.Name.ToLowerInvariant(),
        NameSyntax name when field.Symbols.Keys.FirstOrDefault(s => s.Equals(name.Name, StringComparison.OrdinalIgnoreCase)) is { } symbol => symbol,
        NameSyntax name when vocabulary.Constants.ContainsKey(name.Name) => throw new ConditionException($"{field.Name} is text, and {name.Name} is a number.", node.Span),
        NameSyntax name => throw new ConditionException($"There is no field or constant {name.Name}; text stands in quotes: '{name.Name}'.", node.Span),
        NumberSyntax => throw new ConditionException($"{field.Name} is text, and this is a number; text stands in quotes.", node.Span),
        FlagSyntax => throw new ConditionException($"{field.Name} is text, and this is true or false; text stands in quotes.", node.Span),
        AddressSyntax => throw new ConditionException($"{field.Name} is text, and this is an address; text stands in quotes.", node.Span),
        _ => throw new ConditionException($"{field.Name} is text; compare it with text in quotes.", node.Span),
    };

    /// <summary>The name of an event, which must be in the catalogue.</summary>
    public string EventName(EventField field, SyntaxNode node)
    {
        var name = Text(field, node);
        if (vocabulary.EventNames.Contains(name)) return name.ToLowerInvariant();
        throw new ConditionException($"There is no event {name}.{Suggestion.For(name, vocabulary.EventNames)}", node.Span);
    }

    /// <summary>An address or network for <paramref name="field"/>, bare or quoted; 'default' is every network of length 0.</summary>
    public static AddressMatch Address(EventField field, SyntaxNode node, bool isExact)
    {
        if (node is AddressSyntax bare) return new(bare.Address, bare.PrefixLength, isExact);
        if (node is not TextSyntax text) throw new ConditionException($"{field.Name} is an address; compare it with one, such as 10.0.0.1 or 10.0.0.0/8.", node.Span);
        if (text.Value == "default") return AddressMatch.Default;
        if (AddressLiteral.TryParse(text.Value, out var address, out var prefixLength)) return new(address, prefixLength, isExact);
        throw new ConditionException($"'{text.Value}' is no address, and {field.Name} is one, such as 10.0.0.1 or 10.0.0.0/8.", node.Span);
    }

    private long? Symbol(EventField field, string name)
    {
        foreach (var (symbol, value) in field.Symbols)
        {
            if (symbol.Equals(name, StringComparison.OrdinalIgnoreCase)) return value;
        }

        return vocabulary.Constants.TryGetValue(name, out var constant) ? constant : null;
    }

    private ConditionException UnknownSymbol(EventField field, NameSyntax name) =>
        new($"There is no field or constant {name.Name}.{Suggestion.For(name.Name, vocabulary.FieldNames.Concat(vocabulary.Constants.Keys).Concat(field.Symbols.Keys))}", name.Span);

    private ConditionException NotNumber(EventField field, TextSyntax text)
    {
        if (long.TryParse(text.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _))
            return new($"{field.Name} is a number; drop the quotes: {text.Value}.", text.Span);
        if (field.Symbols.Count == 0) return new($"{field.Name} is a number, and this is text.", text.Span);
        var suggestion = Suggestion.For(text.Value, field.Symbols.Keys.Concat(vocabulary.Constants.Keys));
        var known = field.Symbols.Count <= MostShown ? $"; they are {string.Join(", ", field.Symbols.Keys)}" : "";
        return new($"'{text.Value}' is no value of {field.Name}{known}.{suggestion}", text.Span);
    }
}
