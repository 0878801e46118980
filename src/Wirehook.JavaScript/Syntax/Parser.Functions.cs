namespace Wirehook.JavaScript.Syntax;

internal sealed partial class Parser
{
    private FunctionExpression ParseFunctionExpression()
    {
        int start = _token.Start;
        Advance();
        if (_token.Kind == TokenKind.Star) throw Fail(_token, "Generator functions are not supported");
        Identifier? id = null;
        if (_token.Kind != TokenKind.OpenParen)
        {
            CheckReserved(_token);
            id = new Identifier(_token.Start, _token.End, _token.Text!);
            Advance();
        }

        var function = ParseFunctionRest(start, FunctionKind.Normal, id);
        function.HasOwnName = id is not null;
        return new FunctionExpression(function);
    }

    /// <summary>Reads parameters and body; the name is checked again where the body turns out to be strict.</summary>
    private FunctionNode ParseFunctionRest(int start, FunctionKind kind, Identifier? id)
    {
        Enter();
        var outer = EnterFunction();
        var parameters = ParseParameters(out var rest);
        var body = ParseFunctionBody(kind, start, id, parameters, rest);
        _context = outer;
        _depth--;
        return body;
    }

    private FunctionContext EnterFunction()
    {
        var outer = _context;
        _context = new FunctionContext { IsStrict = outer.IsStrict, InFunction = true };
        return outer;
    }

    private PatternElement[] ParseParameters(out Expression? rest)
    {
        rest = null;
        Expect(TokenKind.OpenParen);
        bool outer = _inAllowed;
        _inAllowed = true;
        var list = new List<PatternElement>();
        while (!Eat(TokenKind.CloseParen))
        {
            if (_token.Kind == TokenKind.Ellipsis)
            {
                rest = ParseRestTarget("Rest parameter must be last formal parameter");
                Expect(TokenKind.CloseParen);
                break;
            }

            list.Add(ParseBindingElement());
            if (_token.Kind != TokenKind.CloseParen) Expect(TokenKind.Comma);
        }

        _inAllowed = outer;
        return [.. list];
    }

    private Expression ParseRestTarget(string notLast)
    {
        Advance();
        var target = ParseBindingTarget();
        if (_token.Kind == TokenKind.Comma) throw Fail(_token, notLast);
        if (_token.Kind == TokenKind.Assign) throw Fail(_token, "Rest parameter may not have a default initializer");
        return target;
    }

    private FunctionNode ParseFunctionBody(FunctionKind kind, int start, Identifier? id, PatternElement[] parameters, Expression? rest)
    {
        bool outer = _inAllowed;
        _inAllowed = true;
        bool simple = rest is null && Array.TrueForAll(parameters, static p => p is { Target: Identifier, DefaultValue: null });
        Expect(TokenKind.OpenBrace);
        var body = new List<Statement>();
        ParseDirectives(body, simple);
        while (_token.Kind != TokenKind.CloseBrace) body.Add(ParseStatementListItem());
        var function = MakeFunction(kind, start, _token.End, id, parameters, rest, [.. body], simple);
        _inAllowed = outer;
        Advance();
        return function;
    }

    private FunctionNode MakeFunction(
        FunctionKind kind, int start, int end, Identifier? id, PatternElement[] parameters, Expression? rest, Statement[] body, bool simple)
    {
        if (id is not null && _context.IsStrict) CheckStrictName(id);
        CheckParameters(kind, parameters, rest, simple);
        int length = Array.FindIndex(parameters, static p => p.DefaultValue is not null);
        return new FunctionNode(start, end, kind, id?.Name ?? "", parameters, rest, body)
        {
            IsStrict = _context.IsStrict,
            HasSimpleParameters = simple,
            Length = length < 0 ? parameters.Length : length,
            Source = _source,
        };
    }

    private void CheckStrictName(Identifier id)
    {
        CheckBindingName(id, id.Name);
        if (Keywords.IsStrictReserved(id.Name)) Report(id, "Unexpected strict mode reserved word");
    }

    /// <summary>Duplicate names are allowed in sloppy functions with plain parameters only (§13.1).</summary>
    private void CheckParameters(FunctionKind kind, PatternElement[] parameters, Expression? rest, bool simple)
    {
        bool unique = _context.IsStrict || !simple || kind is FunctionKind.Arrow or FunctionKind.Method;
        if (!unique) return;
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var parameter in parameters) BoundNames.Visit(parameter.Target, Check);
        if (rest is not null) BoundNames.Visit(rest, Check);

        void Check(Identifier id)
        {
            if (_context.IsStrict) CheckStrictName(id);
            if (!names.Add(id.Name)) Report(id, "Duplicate parameter name not allowed in this context");
        }
    }

    /// <summary>Reads the arrow and body after what turned out to be arrow parameters.</summary>
    private FunctionExpression FinishArrow(Expression head, in Token first)
    {
        if (_token.Has(TokenFlags.NewlineBefore)) throw Unexpected();
        var (items, rest) = head switch
        {
            ArrowHead list => (list.Items, list.Rest),
            Identifier when head.Start == first.Start => ([head], null),
            _ => throw Fail(_token, "Malformed arrow function parameter list"),
        };
        _pendingCover = -1;
        var outer = EnterFunction();
        var parameters = new PatternElement[items.Count];
        for (int i = 0; i < parameters.Length; i++) parameters[i] = ToElement(items[i], isBinding: true);
        Advance();
        FunctionNode function;
        if (_token.Kind == TokenKind.OpenBrace) function = ParseFunctionBody(FunctionKind.Arrow, first.Start, null, parameters, rest);
        else function = ParseArrowExpression(first.Start, parameters, rest);
        _context = outer;
        return new FunctionExpression(function);
    }

    private FunctionNode ParseArrowExpression(int start, PatternElement[] parameters, Expression? rest)
    {
        bool simple = rest is null && Array.TrueForAll(parameters, static p => p is { Target: Identifier, DefaultValue: null });
        var value = ParseAssignment();
        var body = new ReturnStatement(value.Start, value.End, value);
        return MakeFunction(FunctionKind.Arrow, start, _previousEnd, null, parameters, rest, [body], simple);
    }

    /// <summary>Gives an anonymous function the name of what it is assigned to (ECMA-262 6 §12.14.4).</summary>
    private static Expression InferName(Expression target, Expression value)
    {
        if (target is Identifier id) NameFunction(value, id.Name);
        return value;
    }

    private static void NameFunction(Expression value, string name)
    {
        if (value is FunctionExpression { Function: { Name.Length: 0 } function }) function.Name = name;
    }
}
