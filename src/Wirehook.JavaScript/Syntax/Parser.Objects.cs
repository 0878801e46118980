using Wirehook.JavaScript.Library.Numbers;

namespace Wirehook.JavaScript.Syntax;

internal sealed partial class Parser
{
    private ArrayLiteral ParseArray()
    {
        int start = _token.Start;
        Advance();
        bool outer = _inAllowed;
        _inAllowed = true;
        var elements = new List<Expression?>();
        while (!Eat(TokenKind.CloseBracket))
        {
            if (Eat(TokenKind.Comma))
            {
                elements.Add(null);
                continue;
            }

            elements.Add(_token.Kind == TokenKind.Ellipsis ? ParseSpreadCover() : ParseAssignmentCover());
            if (_token.Kind != TokenKind.CloseBracket) Expect(TokenKind.Comma);
        }

        _inAllowed = outer;
        return new ArrayLiteral(start, _previousEnd, [.. elements]);
    }

    private SpreadElement ParseSpreadCover()
    {
        int start = _token.Start;
        Advance();
        var argument = ParseAssignmentCover();
        return new SpreadElement(start, _previousEnd, argument);
    }

    private ObjectLiteral ParseObject()
    {
        int start = _token.Start;
        Advance();
        bool outer = _inAllowed;
        _inAllowed = true;
        bool hasPrototype = false;
        var properties = new List<PropertyNode>();
        while (!Eat(TokenKind.CloseBrace))
        {
            int at = _token.Start;
            var property = ParseProperty();
            if (property.Kind == PropertyKind.Prototype)
            {
                if (hasPrototype) _errors.Report(at, property.End, "Duplicate __proto__ fields are not allowed in object literals");
                hasPrototype = true;
            }

            properties.Add(property);
            if (_token.Kind != TokenKind.CloseBrace) Expect(TokenKind.Comma);
        }

        _inAllowed = outer;
        return new ObjectLiteral(start, _previousEnd, [.. properties]);
    }

    private PropertyNode ParseProperty()
    {
        var first = _token;
        if (first.Kind == TokenKind.Ellipsis)
        {
            var spread = ParseSpreadCover();
            return new PropertyNode(spread.Start, spread.End, PropertyKind.Spread, null, null, spread.Argument);
        }

        if (first.Kind == TokenKind.Star) throw Fail(first, "Generator functions are not supported");
        if (first.Kind == TokenKind.Identifier && first.Text is ("get" or "set" or "async") && !first.Has(TokenFlags.HasEscape))
        {
            var next = PeekToken();
            if (IsName(next) || next.Kind is TokenKind.String or TokenKind.Number or TokenKind.OpenBracket)
            {
                if (first.Text == "async") throw Fail(first, "Async functions are not supported; use callbacks");
                return ParseAccessor(first);
            }
        }

        string? name = ParsePropertyKey(out var computed);
        if (_token.Kind == TokenKind.OpenParen) return ParseMethod(first, name, computed);
        if (Eat(TokenKind.Colon)) return ParsePropertyValue(first, name, computed);
        return ParseShorthand(first);
    }

    private PropertyNode ParsePropertyValue(in Token first, string? name, Expression? computed)
    {
        var value = ParseAssignmentCover();
        if (name == "__proto__") return new PropertyNode(first.Start, _previousEnd, PropertyKind.Prototype, name, null, value);
        if (name is not null) NameFunction(value, name);
        return new PropertyNode(first.Start, _previousEnd, PropertyKind.Value, name, computed, value);
    }

    private PropertyNode ParseShorthand(in Token first)
    {
        if (first.Kind != TokenKind.Identifier) throw first.Kind >= TokenKind.Break ? Unexpected(first) : Unexpected();
        CheckReserved(first);
        Expression value = new Identifier(first.Start, first.End, first.Text!);
        if (_token.Kind == TokenKind.Assign)
        {
            int cover = _token.Start;
            Advance();
            var initial = InferName(value, ParseAssignment());
            value = new AssignmentExpression(first.Start, _previousEnd, null, value, initial);
            if (_pendingCover < 0) _pendingCover = cover;
        }

        return new PropertyNode(first.Start, _previousEnd, PropertyKind.Value, first.Text, null, value);
    }

    private PropertyNode ParseMethod(in Token first, string? name, Expression? computed)
    {
        var function = ParseFunctionRest(first.Start, FunctionKind.Method, null);
        function.Name = name ?? "";
        return new PropertyNode(first.Start, _previousEnd, PropertyKind.Value, name, computed, new FunctionExpression(function));
    }

    private PropertyNode ParseAccessor(in Token first)
    {
        bool isGetter = first.Text == "get";
        Advance();
        string? name = ParsePropertyKey(out var computed);
        var open = _token;
        var function = ParseFunctionRest(first.Start, isGetter ? FunctionKind.Getter : FunctionKind.Setter, null);
        function.Name = name ?? "";
        if (isGetter && (function.Parameters.Length > 0 || function.Rest is not null)) _errors.Report(open.Start, open.End, "Getter must not have any formal parameters.");
        if (!isGetter && function.Rest is not null) _errors.Report(open.Start, open.End, "Setter function argument must not be a rest parameter");
        else if (!isGetter && function.Parameters.Length != 1) _errors.Report(open.Start, open.End, "Setter must have exactly one formal parameter.");
        return new PropertyNode(first.Start, _previousEnd, isGetter ? PropertyKind.Getter : PropertyKind.Setter, name, computed, new FunctionExpression(function));
    }

    /// <summary>Reads a property's name, or the expression of a computed one.</summary>
    private string? ParsePropertyKey(out Expression? computed)
    {
        computed = null;
        var token = _token;
        if (token.Kind == TokenKind.OpenBracket)
        {
            Advance();
            bool outer = _inAllowed;
            _inAllowed = true;
            computed = ParseAssignment();
            _inAllowed = outer;
            Expect(TokenKind.CloseBracket);
            return null;
        }

        if (_context.IsStrict && token.Kind is (TokenKind.Number or TokenKind.String)) CheckOctal(token);
        string name = token.Kind switch
        {
            TokenKind.Number => NumberText.Format(token.Number),
            TokenKind.String => _lexer.Intern(token.Text),
            _ when IsName(token) => token.Text!,
            _ => throw Unexpected(),
        };
        Advance();
        return name;
    }
}
