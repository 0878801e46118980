namespace Wirehook.JavaScript.Syntax;

internal sealed partial class Parser
{
    private Statement ParseLoopBody()
    {
        _context.Loops++;
        var body = ParseStatement();
        _context.Loops--;
        return body;
    }

    private WhileStatement ParseWhile()
    {
        int start = _token.Start;
        Advance();
        Expect(TokenKind.OpenParen);
        var test = ParseExpression();
        Expect(TokenKind.CloseParen);
        var body = ParseLoopBody();
        return new WhileStatement(start, _previousEnd, test, body);
    }

    private DoWhileStatement ParseDoWhile()
    {
        int start = _token.Start;
        Advance();
        var body = ParseLoopBody();
        Expect(TokenKind.While);
        Expect(TokenKind.OpenParen);
        var test = ParseExpression();
        Expect(TokenKind.CloseParen);
        Eat(TokenKind.Semicolon);
        return new DoWhileStatement(start, _previousEnd, body, test);
    }

    private Statement ParseFor()
    {
        int start = _token.Start;
        Advance();
        if (IsWord("await")) throw Fail(_token, "Async iteration ('for await') is not supported");
        Expect(TokenKind.OpenParen);
        if (_token.Kind is TokenKind.Var or TokenKind.Const || StartsForLet()) return ParseForDeclaration(start);
        if (Eat(TokenKind.Semicolon)) return ParseForRest(start, null);
        return ParseForExpression(start);
    }

    private bool StartsForLet() => StartsLetDeclaration() && PeekToken() is not { Kind: TokenKind.Identifier, Text: "of" };

    private Statement ParseForDeclaration(int start)
    {
        int declared = _token.Start;
        var kind = ParseDeclarationKind();
        int targetStart = _token.Start;
        var target = ParseDeclaredTarget(kind);
        if (_token.Kind == TokenKind.In || IsWord("of"))
            return ParseForEach(start, Head(null));

        bool outer = _inAllowed;
        _inAllowed = false;
        Expression? value = null;
        if (Eat(TokenKind.Assign)) value = InferName(target, ParseAssignment());
        if (_token.Kind == TokenKind.In && value is not null && kind == DeclarationKind.Var && target is Identifier && !_context.IsStrict)
        {
            _inAllowed = outer;
            return ParseForEach(start, Head(value));
        }

        var declarators = new List<VariableDeclarator> { new(targetStart, _previousEnd, target, value) };
        if (value is null) CheckInitializer(kind, target);
        if (Eat(TokenKind.Comma)) declarators.AddRange(ParseDeclarators(kind));
        _inAllowed = outer;
        if (_token.Kind == TokenKind.In || IsWord("of"))
        {
            string loop = IsWord("of") ? "for-of" : "for-in";
            throw Fail(_token, declarators.Count > 1
                ? $"Invalid left-hand side in {loop} loop: Must have a single binding."
                : $"{loop} loop variable declaration may not have an initializer.");
        }

        var declaration = new VariableDeclaration(declared, _previousEnd, kind, [.. declarators]);
        Expect(TokenKind.Semicolon);
        return ParseForRest(start, declaration);

        VariableDeclaration Head(Expression? initial) =>
            new(declared, _previousEnd, kind, [new VariableDeclarator(targetStart, _previousEnd, target, initial)]);
    }

    private Statement ParseForExpression(int start)
    {
        bool outer = _inAllowed;
        _inAllowed = false;
        int outerCover = _pendingCover;
        _pendingCover = -1;
        var head = ParseExpressionCover();
        _inAllowed = outer;
        if (_token.Kind == TokenKind.In || IsWord("of"))
        {
            _pendingCover = outerCover;
            return ParseForEach(start, ToForTarget(head));
        }

        CheckNoPendingCover();
        _pendingCover = outerCover;
        Expect(TokenKind.Semicolon);
        return ParseForRest(start, head);
    }

    private Expression ToForTarget(Expression head)
    {
        string loop = _token.Kind == TokenKind.In ? "for-in" : "for-of";
        if (head is (ObjectLiteral or ArrayLiteral) && !_parenthesized.Contains(head)) return ToPattern(head, isBinding: false);
        if (!IsSimpleTarget(head)) throw _errors.Fail(head.Start, head.End, "Invalid left-hand side in " + loop + " loop");
        if (head is Identifier id) CheckBindingName(id, id.Name);
        return head;
    }

    private ForEachStatement ParseForEach(int start, Node left)
    {
        bool isOf = _token.Kind != TokenKind.In;
        Advance();
        var right = isOf ? ParseAssignment() : ParseExpression();
        Expect(TokenKind.CloseParen);
        var body = ParseLoopBody();
        return new ForEachStatement(start, _previousEnd, isOf, left, right, body);
    }

    private ForStatement ParseForRest(int start, Node? initializer)
    {
        var test = _token.Kind == TokenKind.Semicolon ? null : ParseExpression();
        Expect(TokenKind.Semicolon);
        var update = _token.Kind == TokenKind.CloseParen ? null : ParseExpression();
        Expect(TokenKind.CloseParen);
        var body = ParseLoopBody();
        return new ForStatement(start, _previousEnd, initializer, test, update, body);
    }
}
