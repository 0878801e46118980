namespace Wirehook.JavaScript.Syntax;

internal sealed partial class Parser
{
    /// <summary>Members, calls and <c>new</c> (§11.2).</summary>
    private Expression ParseLeftHandSide()
    {
        int start = _token.Start;
        var expression = _token.Kind == TokenKind.New ? ParseNew() : ParsePrimary();
        return expression is ArrowHead || _token.Kind == TokenKind.Arrow ? expression : ParseLinks(expression, start, allowCalls: true);
    }

    private Expression ParseLinks(Expression expression, int start, bool allowCalls)
    {
        for (int links = 0; ; links++)
        {
            if (links > MaxChain) throw TooDeep(_token.Start);
            switch (_token.Kind)
            {
                case TokenKind.Dot:
                    Advance();
                    expression = ParseMember(expression, start);
                    break;
                case TokenKind.OpenBracket:
                    expression = ParseIndex(expression, start);
                    break;
                case TokenKind.OpenParen when allowCalls:
                    var arguments = ParseArguments(out bool hasSpread);
                    expression = new CallExpression(start, _previousEnd, expression, arguments, hasSpread);
                    break;
                case TokenKind.Template:
                    throw Fail(_token, "Tagged template literals are not supported; call the function with arguments");
                default:
                    return expression;
            }
        }
    }

    private MemberExpression ParseMember(Expression obj, int start)
    {
        var name = _token;
        if (!IsName(name)) throw Unexpected();
        Advance();
        return new MemberExpression(start, name.End, obj, name.Text!, name.Start);
    }

    private IndexExpression ParseIndex(Expression obj, int start)
    {
        Advance();
        bool outer = _inAllowed;
        _inAllowed = true;
        var index = ParseExpression();
        _inAllowed = outer;
        Expect(TokenKind.CloseBracket);
        if (index is StringLiteral { Value.Length: < 64 } literal) _lexer.Intern(literal.Value);
        return new IndexExpression(start, _previousEnd, obj, index);
    }

    /// <summary>True for identifiers and reserved words, which may all name properties (§7.6).</summary>
    private static bool IsName(in Token token) => token.Kind is TokenKind.Identifier or >= TokenKind.Break;

    private Expression[] ParseArguments(out bool hasSpread)
    {
        hasSpread = false;
        Advance();
        if (Eat(TokenKind.CloseParen)) return [];
        bool outer = _inAllowed;
        _inAllowed = true;
        var list = new List<Expression>();
        while (true)
        {
            if (_token.Kind == TokenKind.Ellipsis)
            {
                hasSpread = true;
                list.Add(ParseSpread());
            }
            else
            {
                list.Add(ParseAssignment());
            }

            if (Eat(TokenKind.CloseParen)) break;
            if (_token.Kind != TokenKind.Comma) throw Fail(_token, "missing ) after argument list");
            Advance();
            if (Eat(TokenKind.CloseParen)) break;
        }

        _inAllowed = outer;
        return [.. list];
    }

    private SpreadElement ParseSpread()
    {
        int start = _token.Start;
        Advance();
        var argument = ParseAssignment();
        return new SpreadElement(start, _previousEnd, argument);
    }

    private NewExpression ParseNew()
    {
        int start = _token.Start;
        Advance();
        if (_token.Kind == TokenKind.Dot) throw _errors.Fail(start, _token.End, "'new.target' is not supported");
        Enter();
        int calleeStart = _token.Start;
        var callee = _token.Kind == TokenKind.New ? ParseNew() : ParseLinks(ParsePrimary(), calleeStart, allowCalls: false);
        if (callee is NewExpression) callee = ParseLinks(callee, calleeStart, allowCalls: false);
        _depth--;
        bool hasSpread = false;
        var arguments = _token.Kind == TokenKind.OpenParen ? ParseArguments(out hasSpread) : [];
        return new NewExpression(start, _previousEnd, callee, arguments, hasSpread);
    }

    private Expression ParsePrimary()
    {
        var token = _token;
        switch (token.Kind)
        {
            case TokenKind.Identifier: return ParseIdentifier();
            case TokenKind.Number:
                if (_context.IsStrict) CheckOctal(token);
                Advance();
                return new NumberLiteral(token.Start, token.End, token.Number);
            case TokenKind.String:
                if (_context.IsStrict) CheckOctal(token);
                Advance();
                return new StringLiteral(token.Start, token.End, token.Text!);
            case TokenKind.This:
                Advance();
                return new ThisExpression(token.Start, token.End);
            case TokenKind.Null:
                Advance();
                return new NullLiteral(token.Start, token.End);
            case TokenKind.True or TokenKind.False:
                Advance();
                return new BooleanLiteral(token.Start, token.End, token.Kind == TokenKind.True);
            case TokenKind.OpenParen: return ParseParenthesized();
            case TokenKind.OpenBracket: return ParseArray();
            case TokenKind.OpenBrace: return ParseObject();
            case TokenKind.Function: return ParseFunctionExpression();
            case TokenKind.Slash or TokenKind.SlashAssign: return ParseRegExp();
            case TokenKind.Template: return ParseTemplate();
            default: throw Unexpected();
        }
    }

    private Identifier ParseIdentifier()
    {
        var token = _token;
        CheckReserved(token);
        Advance();
        if (!_token.Has(TokenFlags.NewlineBefore) && token.Text is "async" && (_token.Kind is TokenKind.Function or TokenKind.Identifier))
            throw Fail(token, "Async functions are not supported; use callbacks");
        if (token.Text is "await" && !_token.Has(TokenFlags.NewlineBefore) && (_token.Kind is TokenKind.Identifier or TokenKind.New))
            throw Fail(token, "Async functions ('await') are not supported; use callbacks");
        return new Identifier(token.Start, token.End, token.Text!);
    }

    /// <summary>Legacy octal forms are errors in strict code (§7.8.3, §7.8.4).</summary>
    private void CheckOctal(in Token token)
    {
        if (token.Has(TokenFlags.HasLeadingZero)) _errors.Report(token.Start, token.End, "Decimals with leading zeros are not allowed in strict mode.");
        if (!token.Has(TokenFlags.HasOctal)) return;
        string what = token.Kind == TokenKind.String ? "Octal escape sequences" : "Octal literals";
        _errors.Report(token.Start, token.End, what + " are not allowed in strict mode.");
    }

    private RegExpLiteral ParseRegExp()
    {
        var token = _lexer.ReadRegExp(_token);
        _token = token;
        Advance();
        string flags = token.RegExpFlags!;
        for (int i = 0; i < flags.Length; i++)
        {
            if (!"dgimsuvy".Contains(flags[i]) || flags.IndexOf(flags[i], i + 1) >= 0) throw Fail(token, "Invalid regular expression flags");
        }

        if (_regExpCheck?.Invoke(token.Text!, flags) is { } message) _errors.Report(token.Start, token.End, message);
        return new RegExpLiteral(token.Start, token.End, token.Text!, flags);
    }

    private TemplateLiteral ParseTemplate()
    {
        int start = _token.Start;
        var strings = new List<string>();
        var expressions = new List<Expression>();
        bool outer = _inAllowed;
        _inAllowed = true;
        while (true)
        {
            strings.Add(_token.Text!);
            bool last = _token.Has(TokenFlags.TemplateTail);
            Advance();
            if (last) break;
            expressions.Add(ParseExpression());
            if (_token.Kind != TokenKind.CloseBrace) throw Unexpected();
            _token = _lexer.ReadTemplatePart(_token);
        }

        _inAllowed = outer;
        return new TemplateLiteral(start, _previousEnd, [.. strings], [.. expressions]);
    }
}
