namespace Wirehook.JavaScript.Syntax;

internal sealed partial class Parser
{
    private Statement ParseJump()
    {
        var first = _token;
        bool isBreak = first.Kind == TokenKind.Break;
        Advance();
        string? label = null;
        if (_token.Kind == TokenKind.Identifier && !_token.Has(TokenFlags.NewlineBefore))
        {
            label = _token.Text!;
            CheckJumpLabel(_token, isBreak);
            Advance();
        }
        else if (isBreak ? _context.Loops + _context.Switches == 0 : _context.Loops == 0)
        {
            throw Fail(first, isBreak ? "Illegal break statement" : "Illegal continue statement: no surrounding iteration statement");
        }

        EndStatement();
        return isBreak ? new BreakStatement(first.Start, _previousEnd, label) : new ContinueStatement(first.Start, _previousEnd, label);
    }

    private void CheckJumpLabel(in Token name, bool isBreak)
    {
        foreach (var (label, isLoop) in _context.Labels)
        {
            if (label != name.Text) continue;
            if (!isBreak && !isLoop) throw Fail(name, $"Illegal continue statement: '{label}' does not denote an iteration statement");
            return;
        }

        throw Fail(name, $"Undefined label '{name.Text}'");
    }

    private ReturnStatement ParseReturn()
    {
        var first = _token;
        if (!_context.InFunction) throw Fail(first, "Illegal return statement");
        Advance();
        Expression? argument = null;
        if (_token.Kind is not (TokenKind.Semicolon or TokenKind.CloseBrace or TokenKind.EndOfFile) && !_token.Has(TokenFlags.NewlineBefore))
            argument = ParseExpression();
        EndStatement();
        return new ReturnStatement(first.Start, _previousEnd, argument);
    }

    private ThrowStatement ParseThrow()
    {
        var first = _token;
        Advance();
        if (_token.Has(TokenFlags.NewlineBefore)) throw Fail(first, "Illegal newline after throw");
        var argument = ParseExpression();
        EndStatement();
        return new ThrowStatement(first.Start, _previousEnd, argument);
    }

    private TryStatement ParseTry()
    {
        int start = _token.Start;
        Advance();
        var block = ParseBlock();
        CatchClause? handler = _token.Kind == TokenKind.Catch ? ParseCatch() : null;
        BlockStatement? finalizer = Eat(TokenKind.Finally) ? ParseBlock() : null;
        if (handler is null && finalizer is null) throw Fail(_token, "Missing catch or finally after try");
        return new TryStatement(start, _previousEnd, block, handler, finalizer);
    }

    private CatchClause ParseCatch()
    {
        int start = _token.Start;
        Advance();
        Expression? parameter = null;
        if (Eat(TokenKind.OpenParen))
        {
            parameter = ParseBindingTarget();
            Expect(TokenKind.CloseParen);
        }

        var body = ParseBlock();
        return new CatchClause(start, _previousEnd, parameter, body);
    }

    private WithStatement ParseWith()
    {
        var first = _token;
        if (_context.IsStrict) _errors.Report(first.Start, first.End, "Strict mode code may not include a with statement");
        Advance();
        Expect(TokenKind.OpenParen);
        var obj = ParseExpression();
        Expect(TokenKind.CloseParen);
        var body = ParseStatement();
        return new WithStatement(first.Start, _previousEnd, obj, body);
    }

    private SwitchStatement ParseSwitch()
    {
        int start = _token.Start;
        Advance();
        Expect(TokenKind.OpenParen);
        var discriminant = ParseExpression();
        Expect(TokenKind.CloseParen);
        Expect(TokenKind.OpenBrace);
        _context.Switches++;
        var cases = new List<SwitchCase>();
        bool hasDefault = false;
        while (!Eat(TokenKind.CloseBrace)) cases.Add(ParseSwitchCase(ref hasDefault));
        _context.Switches--;
        return new SwitchStatement(start, _previousEnd, discriminant, [.. cases]);
    }

    private SwitchCase ParseSwitchCase(ref bool hasDefault)
    {
        var first = _token;
        Expression? test = null;
        if (Eat(TokenKind.Default))
        {
            if (hasDefault) throw Fail(first, "More than one default clause in switch statement");
            hasDefault = true;
        }
        else
        {
            Expect(TokenKind.Case);
            test = ParseExpression();
        }

        Expect(TokenKind.Colon);
        var body = new List<Statement>();
        while (_token.Kind is not (TokenKind.Case or TokenKind.Default or TokenKind.CloseBrace)) body.Add(ParseStatementListItem());
        return new SwitchCase(first.Start, _previousEnd, test, [.. body]);
    }
}
