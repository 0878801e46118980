using System.Globalization;
using System.Text;
using Wirehook.Netlink.Events;

namespace Wirehook.EventHooks.Conditions.Syntax;

/// <summary>Writes trees as canonical text: words in capitals, single quotes, decimal numbers, parentheses wherever AND and OR meet. Parsing it gives the same tree.</summary>
internal static class SyntaxWriter
{
    private const int Logical = 0;
    private const int Clause = 1;
    private const int Operand = 2;

    /// <summary>The text of a whole condition.</summary>
    public static string Write(ConditionSyntax condition)
    {
        var text = condition.Root is null ? "" : Write(condition.Root);
        return condition.Hold is { } hold ? $"{text} FOR {NumberLiteral.Duration(hold)}" : text;
    }

    /// <summary>The text of a part.</summary>
    public static string Write(SyntaxNode node)
    {
        var text = new StringBuilder();
        Append(text, node, Logical);
        return text.ToString();
    }

    /// <summary>Text as a literal in single quotes.</summary>
    public static string Quote(string value)
    {
        var text = new StringBuilder("'");
        foreach (var c in value)
        {
            text.Append(c switch { '\n' => "\\n", '\t' => "\\t", '\\' => "\\\\", '\'' => "\\'", _ => c.ToString() });
        }

        return text.Append('\'').ToString();
    }

    private static void Append(StringBuilder text, SyntaxNode node, int level)
    {
        var own = node switch
        {
            LogicalSyntax => Logical,
            NotSyntax or ComparisonSyntax => Clause,
            _ => Operand,
        };
        if (own >= level)
        {
            AppendBare(text, node);
            return;
        }

        text.Append('(');
        AppendBare(text, node);
        text.Append(')');
    }

    private static void AppendBare(StringBuilder text, SyntaxNode node)
    {
        switch (node)
        {
            case LogicalSyntax logical:
                AppendJoined(text, logical.Operands, logical.IsAnd ? " AND " : " OR ", Clause);
                break;
            case NotSyntax not:
                text.Append("NOT ");
                Append(text, not.Operand, Clause);
                break;
            case ComparisonSyntax comparison:
                Append(text, comparison.Left, Operand);
                text.Append(' ').Append(comparison.Operator.Spelling()).Append(' ');
                Append(text, comparison.Right, Operand);
                break;
            case BitAndSyntax bits:
                AppendOperand(text, bits.Subject);
                text.Append(" & ");
                AppendOperand(text, bits.Mask);
                break;
            case ExistsSyntax exists:
                text.Append("exists(").Append(exists.Field.Name).Append(')');
                break;
            case WindowSyntax window:
                AppendWindow(text, window);
                break;
            default:
                AppendLiteral(text, node);
                break;
        }
    }

    /// <summary>Masks within masks stand in parentheses, because &amp; does not chain and | binds looser.</summary>
    private static void AppendOperand(StringBuilder text, SyntaxNode node)
    {
        var needsParentheses = node is BitAndSyntax or BitOrSyntax;
        if (needsParentheses) text.Append('(');
        Append(text, node, Operand);
        if (needsParentheses) text.Append(')');
    }

    private static void AppendLiteral(StringBuilder text, SyntaxNode node)
    {
        switch (node)
        {
            case NameSyntax name:
                text.Append(name.Name);
                break;
            case NumberSyntax number:
                text.Append(number.Value.ToString(CultureInfo.InvariantCulture));
                break;
            case FlagSyntax flag:
                text.Append(flag.Value ? "TRUE" : "FALSE");
                break;
            case TextSyntax literal:
                text.Append(Quote(literal.Value));
                break;
            case AddressSyntax address:
                text.Append(Address(address));
                break;
            case BitOrSyntax bits:
                AppendJoined(text, bits.Items, " | ", Operand);
                break;
            case ListSyntax list:
                text.Append('[');
                AppendJoined(text, list.Items, ", ", Operand);
                text.Append(']');
                break;
            default:
                throw new InvalidOperationException($"No text for {node.GetType().Name}.");
        }
    }

    private static string Address(AddressSyntax address) =>
        (address.PrefixLength < 0 ? NetworkValue.From(address.Address) : NetworkValue.From(address.Address, address.PrefixLength)).ToString();

    private static void AppendWindow(StringBuilder text, WindowSyntax window)
    {
        text.Append(window.IsRate ? "rate(" : "count(");
        AppendJoined(text, window.Selectors, ", ", Logical);
        if (window.By is { } by) text.Append(" BY ").Append(by.Name);
        text.Append(')');
        if (window.Within is { } within) text.Append(" WITHIN ").Append(NumberLiteral.Duration(within));
    }

    private static void AppendJoined(StringBuilder text, IReadOnlyList<SyntaxNode> nodes, string separator, int level)
    {
        for (var i = 0; i < nodes.Count; i++)
        {
            if (i > 0) text.Append(separator);
            Append(text, nodes[i], level);
        }
    }
}
