namespace Wirehook.EventHooks.Conditions.Syntax;

/// <summary>Reads what stands on one side of a comparison: names, literals, lists, parentheses, function calls, masks.</summary>
internal sealed class OperandParser(TokenReader tokens, Func<SyntaxNode> parseExpression)
{
    /// <summary>What is said where | stands between clauses.</summary>
    public const string BarJoinsConstants = "| joins numbers and constants only. Clauses are joined with OR or ||.";

    /// <summary>One operand, with the mask of a bit test where one follows.</summary>
    public SyntaxNode Parse()
    {
        var operand = ParseMask();
        if (!tokens.Take(TokenKind.Ampersand, out var ampersand)) return operand;
        tokens.CountNode(ampersand.Span);
        var mask = ParsePrimary();
        if (tokens.Is(TokenKind.Bar))
            throw new ConditionException("Put the bits in parentheses: & (IFF_UP | IFF_RUNNING).", tokens.Current.Span);
        return new BitAndSyntax(operand, mask);
    }

    private SyntaxNode ParseMask()
    {
        var first = ParsePrimary();
        if (first is not NameSyntax and not NumberSyntax || !tokens.Is(TokenKind.Bar)) return first;
        var items = new List<SyntaxNode> { first };
        while (tokens.Take(TokenKind.Bar, out var bar))
        {
            var item = ParsePrimary();
            items.Add(item is NameSyntax or NumberSyntax ? item : throw new ConditionException(BarJoinsConstants, bar.Span));
        }

        return new BitOrSyntax(items);
    }

    private SyntaxNode ParsePrimary()
    {
        var token = tokens.Advance();
        tokens.CountNode(token.Span);
        return token.Kind switch
        {
            TokenKind.Name when tokens.Is(TokenKind.OpenParenthesis) => ParseCall(token),
            TokenKind.Name => new NameSyntax(token.Text, token.Span),
            TokenKind.Text => new TextSyntax(token.Text, token.Span),
            TokenKind.Number => new NumberSyntax(token.Number, token.Span),
            TokenKind.Address => new AddressSyntax(token.Address, (int)token.Number, token.Span),
            TokenKind.True or TokenKind.False => new FlagSyntax(token.Kind == TokenKind.True, token.Span),
            TokenKind.OpenParenthesis => ParseParentheses(token),
            TokenKind.OpenBracket => ParseList(token),
            TokenKind.Duration => throw new ConditionException("A duration stands only after 'for' and 'within'; write a number in the field's unit.", token.Span),
            TokenKind.End => throw new ConditionException("The condition ends where a field or a value is expected.", token.Span),
            _ => throw new ConditionException("A field, a value or '(' is expected here.", token.Span),
        };
    }

    private SyntaxNode ParseParentheses(Token open)
    {
        tokens.Enter(open.Span);
        var inner = parseExpression();
        if (!tokens.Take(TokenKind.CloseParenthesis, out _)) throw Unclosed(open, "parenthesis", "')'");
        tokens.Leave();
        return inner;
    }

    private ListSyntax ParseList(Token open)
    {
        var items = new List<SyntaxNode>();
        Token close;
        while (!tokens.Take(TokenKind.CloseBracket, out close))
        {
            if (tokens.Is(TokenKind.End)) throw Unclosed(open, "bracket", "']'");
            items.Add(ParseItem());
            if (items.Count > tokens.Limits.ListLength)
                throw new ConditionException($"A list may have {tokens.Limits.ListLength} elements.", items[^1].Span);
            tokens.Take(TokenKind.Comma, out _);
        }

        return new(items, open.Span.To(close.Span));
    }

    private SyntaxNode ParseItem()
    {
        var token = tokens.Advance();
        return token.Kind switch
        {
            TokenKind.Name => new NameSyntax(token.Text, token.Span),
            TokenKind.Text => new TextSyntax(token.Text, token.Span),
            TokenKind.Number => new NumberSyntax(token.Number, token.Span),
            TokenKind.Address => new AddressSyntax(token.Address, (int)token.Number, token.Span),
            _ => throw new ConditionException("A list holds numbers, quoted texts, addresses and constants.", token.Span),
        };
    }

    private SyntaxNode ParseCall(Token name)
    {
        var open = tokens.Advance();
        tokens.Enter(name.Span);
        SyntaxNode call = name.Text.ToUpperInvariant() switch
        {
            "EXISTS" => ParseExists(name, open),
            "RATE" => ParseWindow(name, open, isRate: true),
            "COUNT" => ParseWindow(name, open, isRate: false),
            _ => throw new ConditionException($"There is no function {name.Text}.{Suggestion.For(name.Text, ["exists", "rate", "count"])}", name.Span),
        };
        tokens.Leave();
        return call;
    }

    private ExistsSyntax ParseExists(Token name, Token open)
    {
        var field = tokens.Expect(TokenKind.Name, "exists(…) takes the name of a field.");
        var close = Close(open);
        return new(new(field.Text, field.Span), name.Span.To(close.Span));
    }

    private WindowSyntax ParseWindow(Token name, Token open, bool isRate)
    {
        var selectors = new List<SyntaxNode> { parseExpression() };
        if (tokens.Take(TokenKind.Comma, out _)) selectors.Add(parseExpression());
        NameSyntax? by = null;
        if (tokens.Take(TokenKind.By, out _))
        {
            var field = tokens.Expect(TokenKind.Name, "The name of a field must follow 'by'.");
            by = new(field.Text, field.Span);
        }

        long? within = null;
        if (tokens.Take(TokenKind.Within, out _)) within = tokens.TakeDuration("within").Number;
        var end = Close(open).Span;
        if (within is null && tokens.Take(TokenKind.Within, out _))
        {
            var time = tokens.TakeDuration("within");
            (within, end) = (time.Number, time.Span);
        }

        return new(isRate, selectors, by, within, name.Span.To(end));
    }

    private Token Close(Token open) =>
        tokens.Take(TokenKind.CloseParenthesis, out var close) ? close : throw Unclosed(open, "parenthesis", "')'");

    private ConditionException Unclosed(Token open, string bracket, string expected) => tokens.Is(TokenKind.End)
        ? new($"This {bracket} is never closed.", open.Span)
        : new($"An operator or {expected} is expected here.", tokens.Current.Span);
}
