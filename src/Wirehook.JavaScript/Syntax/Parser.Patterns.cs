namespace Wirehook.JavaScript.Syntax;

internal sealed partial class Parser
{
    /// <summary>A parenthesized expression, or the parameters of an arrow function.</summary>
    private Expression ParseParenthesized()
    {
        var open = _token;
        bool mayBeArrow = open.Start == _arrowStart;
        bool outer = _inAllowed;
        _inAllowed = true;
        Advance();
        var items = new List<Expression>();
        Expression? rest = null;
        int start = _token.Start;
        bool onlyArrow = _token.Kind == TokenKind.CloseParen;
        while (_token.Kind != TokenKind.CloseParen)
        {
            if (_token.Kind == TokenKind.Ellipsis && mayBeArrow)
            {
                rest = ParseRestTarget("Rest parameter must be last formal parameter");
                onlyArrow = true;
                break;
            }

            items.Add(ParseAssignmentCover());
            if (_token.Kind == TokenKind.CloseParen) break;
            Expect(TokenKind.Comma);
            onlyArrow = _token.Kind == TokenKind.CloseParen;
        }

        int end = _previousEnd;
        if (_token.Kind != TokenKind.CloseParen) throw Unexpected();
        Advance();
        _inAllowed = outer;
        if (_token.Kind == TokenKind.Arrow && mayBeArrow) return new ArrowHead(open.Start, _previousEnd, items, rest);
        if (onlyArrow) throw Unexpected();
        CheckNoPendingCover();
        var expression = items.Count == 1 ? items[0] : new SequenceExpression(start, end, [.. items]);
        if (expression is Identifier or ObjectLiteral or ArrayLiteral or AssignmentExpression or FunctionExpression) _parenthesized.Add(expression);
        return expression;
    }

    /// <summary>A name or pattern that a declaration, parameter or catch clause binds.</summary>
    private Expression ParseBindingTarget() => _token.Kind switch
    {
        TokenKind.OpenBracket => ParseArrayPattern(),
        TokenKind.OpenBrace => ParseObjectPattern(),
        _ => ParseBindingIdentifier(),
    };

    private PatternElement ParseBindingElement()
    {
        Enter();
        int start = _token.Start;
        var target = ParseBindingTarget();
        var value = Eat(TokenKind.Assign) ? InferName(target, ParseAssignment()) : null;
        _depth--;
        return new PatternElement(start, _previousEnd, target, value);
    }

    private ArrayPattern ParseArrayPattern()
    {
        int start = _token.Start;
        Advance();
        var elements = new List<PatternElement?>();
        Expression? rest = null;
        bool outer = _inAllowed;
        _inAllowed = true;
        while (!Eat(TokenKind.CloseBracket))
        {
            if (Eat(TokenKind.Comma))
            {
                elements.Add(null);
                continue;
            }

            if (_token.Kind == TokenKind.Ellipsis)
            {
                rest = ParseRestTarget("Rest element must be last element");
                Expect(TokenKind.CloseBracket);
                break;
            }

            elements.Add(ParseBindingElement());
            if (_token.Kind != TokenKind.CloseBracket) Expect(TokenKind.Comma);
        }

        _inAllowed = outer;
        return new ArrayPattern(start, _previousEnd, [.. elements], rest);
    }

    private ObjectPattern ParseObjectPattern()
    {
        int start = _token.Start;
        Advance();
        var properties = new List<PatternProperty>();
        Expression? rest = null;
        bool outer = _inAllowed;
        _inAllowed = true;
        while (!Eat(TokenKind.CloseBrace))
        {
            if (_token.Kind == TokenKind.Ellipsis)
            {
                rest = ParseRestTarget("Rest element must be last element");
                if (rest is BindingPattern) throw _errors.Fail(rest.Start, rest.End, "`...` must be followed by an identifier in declaration contexts");
                Expect(TokenKind.CloseBrace);
                break;
            }

            properties.Add(ParsePatternProperty());
            if (_token.Kind != TokenKind.CloseBrace) Expect(TokenKind.Comma);
        }

        _inAllowed = outer;
        return new ObjectPattern(start, _previousEnd, [.. properties], rest);
    }

    private PatternProperty ParsePatternProperty()
    {
        var first = _token;
        string? name = ParsePropertyKey(out var computed);
        if (Eat(TokenKind.Colon))
        {
            var element = ParseBindingElement();
            return new PatternProperty(first.Start, _previousEnd, name, computed, element);
        }

        if (first.Kind != TokenKind.Identifier) throw first.Kind >= TokenKind.Break ? Unexpected(first) : Unexpected();
        CheckReserved(first);
        var id = new Identifier(first.Start, first.End, first.Text!);
        CheckBindingName(id, id.Name);
        var value = Eat(TokenKind.Assign) ? InferName(id, ParseAssignment()) : null;
        return new PatternProperty(first.Start, _previousEnd, name, null, new PatternElement(first.Start, _previousEnd, id, value));
    }

    /// <summary>Reads an array or object literal as the pattern it turned out to be.</summary>
    private Expression ToPattern(Expression literal, bool isBinding)
    {
        if (literal is ArrayLiteral array) return ToArrayPattern(array, isBinding);
        var source = (ObjectLiteral)literal;
        var properties = new List<PatternProperty>();
        Expression? rest = null;
        foreach (var property in source.Properties)
        {
            if (rest is not null) throw _errors.Fail(property.Start, property.End, "Rest element must be last element");
            if (property.Kind == PropertyKind.Spread) rest = ToTarget(property.Value, isBinding);
            else if (property.Kind is PropertyKind.Getter or PropertyKind.Setter) throw InvalidTarget(property);
            else properties.Add(new PatternProperty(property.Start, property.End, property.Name, property.Computed, ToElement(property.Value, isBinding)));
        }

        if (rest is BindingPattern) throw _errors.Fail(rest.Start, rest.End, "`...` must be followed by an assignable reference in assignment contexts");
        return new ObjectPattern(source.Start, source.End, [.. properties], rest);
    }

    private ArrayPattern ToArrayPattern(ArrayLiteral array, bool isBinding)
    {
        var elements = new List<PatternElement?>();
        Expression? rest = null;
        foreach (var element in array.Elements)
        {
            if (rest is not null) throw _errors.Fail(rest.Start, rest.End, "Rest element must be last element");
            if (element is SpreadElement spread) rest = ToTarget(spread.Argument, isBinding);
            else elements.Add(element is null ? null : ToElement(element, isBinding));
        }

        return new ArrayPattern(array.Start, array.End, [.. elements], rest);
    }

    private PatternElement ToElement(Expression expression, bool isBinding)
    {
        if (expression is AssignmentExpression { Operator: null } assignment && !_parenthesized.Contains(assignment))
        {
            var target = assignment.Target is BindingPattern && !isBinding ? assignment.Target : ToTarget(assignment.Target, isBinding);
            return new PatternElement(expression.Start, expression.End, target, assignment.Value);
        }

        return new PatternElement(expression.Start, expression.End, ToTarget(expression, isBinding), null);
    }

    private Expression ToTarget(Expression expression, bool isBinding)
    {
        bool parenthesized = _parenthesized.Contains(expression);
        switch (expression)
        {
            case ObjectLiteral or ArrayLiteral when !parenthesized: return ToPattern(expression, isBinding);
            case Identifier id when !(parenthesized && isBinding):
                CheckBindingName(id, id.Name);
                return id;
            case MemberExpression or IndexExpression when !isBinding: return expression;
            case BindingPattern pattern when isBinding:
                BoundNames.Visit(pattern, id => CheckBindingName(id, id.Name), other => throw InvalidTarget(other));
                return pattern;
            default: throw InvalidTarget(expression);
        }
    }

    private Exception InvalidTarget(Node node) => _errors.Fail(node.Start, node.End, "Invalid destructuring assignment target");

    /// <summary>What stands before <c>=&gt;</c> in parentheses; never part of a finished tree.</summary>
    private sealed class ArrowHead(int start, int end, List<Expression> items, Expression? rest) : Expression(start, end)
    {
        public List<Expression> Items { get; } = items;

        public Expression? Rest { get; } = rest;
    }
}
