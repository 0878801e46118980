namespace Wirehook.JavaScript.Syntax;

internal sealed partial class Parser
{
    /// <summary>A statement or a declaration: what blocks, functions and scripts are made of.</summary>
    private Statement ParseStatementListItem()
    {
        if (_token.Kind == TokenKind.Const || StartsLetDeclaration()) return ParseDeclarationStatement();
        return _token.Kind == TokenKind.Function ? ParseFunctionDeclaration() : ParseStatement();
    }

    private Statement ParseStatement()
    {
        Enter();
        var statement = ParseStatementBody();
        _depth--;
        return statement;
    }

    private Statement ParseStatementBody()
    {
        var first = _token;
        switch (first.Kind)
        {
            case TokenKind.OpenBrace: return ParseBlock();
            case TokenKind.Semicolon:
                Advance();
                return new EmptyStatement(first.Start, first.End);
            case TokenKind.Var: return ParseDeclarationStatement();
            case TokenKind.If: return ParseIf();
            case TokenKind.For: return ParseFor();
            case TokenKind.While: return ParseWhile();
            case TokenKind.Do: return ParseDoWhile();
            case TokenKind.Continue or TokenKind.Break: return ParseJump();
            case TokenKind.Return: return ParseReturn();
            case TokenKind.With: return ParseWith();
            case TokenKind.Switch: return ParseSwitch();
            case TokenKind.Throw: return ParseThrow();
            case TokenKind.Try: return ParseTry();
            case TokenKind.Debugger:
                Advance();
                EndStatement();
                return new DebuggerStatement(first.Start, _previousEnd);
            case TokenKind.Const: throw Fail(first, "Lexical declaration cannot appear in a single-statement context");
            case TokenKind.Function:
                throw Fail(first, _context.IsStrict
                    ? "In strict mode code, functions can only be declared at top level or inside a block."
                    : "In non-strict mode code, functions can only be declared at top level, inside a block, or as the body of an if statement.");
            case TokenKind.Identifier: return ParseIdentifierStatement();
            default: return ParseExpressionStatement();
        }
    }

    private Statement ParseIdentifierStatement()
    {
        var first = _token;
        var next = PeekToken();
        if (next.Kind == TokenKind.Colon) return ParseLabeled();
        if (IsWord("let") && (next.Kind == TokenKind.OpenBracket || (StartsLetDeclaration() && !next.Has(TokenFlags.NewlineBefore))))
            throw Fail(first, "Lexical declaration cannot appear in a single-statement context");
        return ParseExpressionStatement();
    }

    private ExpressionStatement ParseExpressionStatement()
    {
        int start = _token.Start;
        var expression = ParseExpression();
        EndStatement();
        return new ExpressionStatement(start, _previousEnd, expression);
    }

    /// <summary>Reads the leading string statements and obeys <c>"use strict"</c> (§14.1).</summary>
    private void ParseDirectives(List<Statement> body, bool simpleParameters)
    {
        var octal = default(Token);
        while (_token.Kind == TokenKind.String)
        {
            var directive = _token;
            if (octal.Kind != TokenKind.String && directive.Has(TokenFlags.HasOctal)) octal = directive;
            var statement = ParseExpressionStatement();
            body.Add(statement);
            if (statement.Expression is not StringLiteral literal || literal.Start != statement.Start) return;
            if (literal.Value != "use strict" || directive.Has(TokenFlags.HasEscape)) continue;
            if (!simpleParameters) Report(literal, "Illegal 'use strict' directive in function with non-simple parameter list");
            _context.IsStrict = true;
            if (octal.Kind == TokenKind.String) CheckOctal(octal);
        }
    }

    private BlockStatement ParseBlock()
    {
        int start = _token.Start;
        Expect(TokenKind.OpenBrace);
        var body = new List<Statement>();
        while (_token.Kind != TokenKind.CloseBrace) body.Add(ParseStatementListItem());
        Advance();
        return new BlockStatement(start, _previousEnd, [.. body]);
    }

    private FunctionDeclaration ParseFunctionDeclaration()
    {
        int start = _token.Start;
        Advance();
        if (_token.Kind == TokenKind.Star) throw Fail(_token, "Generator functions are not supported");
        var name = _token;
        if (name.Kind == TokenKind.OpenParen) throw Fail(name, "Function statements require a function name");
        CheckReserved(name);
        Advance();
        var id = new Identifier(name.Start, name.End, name.Text!);
        var function = ParseFunctionRest(start, FunctionKind.Normal, id);
        return new FunctionDeclaration(function, id);
    }

    private VariableDeclaration ParseDeclarationStatement()
    {
        int start = _token.Start;
        var kind = ParseDeclarationKind();
        var declarators = ParseDeclarators(kind);
        EndStatement();
        return new VariableDeclaration(start, _previousEnd, kind, declarators);
    }

    private DeclarationKind ParseDeclarationKind()
    {
        var kind = _token.Kind switch
        {
            TokenKind.Var => DeclarationKind.Var,
            TokenKind.Const => DeclarationKind.Const,
            _ => DeclarationKind.Let,
        };
        Advance();
        return kind;
    }

    /// <summary>True at <c>let</c> followed by a name or a pattern; elsewhere it is an ordinary identifier in sloppy code.</summary>
    private bool StartsLetDeclaration()
    {
        if (!IsWord("let")) return false;
        var next = PeekToken();
        return next.Kind is TokenKind.Identifier or TokenKind.OpenBracket or TokenKind.OpenBrace;
    }

    private VariableDeclarator[] ParseDeclarators(DeclarationKind kind)
    {
        var list = new List<VariableDeclarator>();
        do
        {
            int start = _token.Start;
            var target = ParseDeclaredTarget(kind);
            Expression? value = null;
            if (Eat(TokenKind.Assign)) value = InferName(target, ParseAssignment());
            else CheckInitializer(kind, target);
            list.Add(new VariableDeclarator(start, _previousEnd, target, value));
        }
        while (Eat(TokenKind.Comma));
        return [.. list];
    }

    private Expression ParseDeclaredTarget(DeclarationKind kind)
    {
        var name = _token;
        var target = ParseBindingTarget();
        if (kind != DeclarationKind.Var && target is Identifier { Name: "let" }) _errors.Report(name.Start, name.End, "let is disallowed as a lexically bound name");
        return target;
    }

    /// <summary>Const and patterns need a value, except in the head of a for-in or for-of, which is recognized before this check.</summary>
    private void CheckInitializer(DeclarationKind kind, Expression target)
    {
        if (target is BindingPattern) throw _errors.Fail(_token.Start, _token.End, "Missing initializer in destructuring declaration");
        if (kind == DeclarationKind.Const) throw _errors.Fail(_token.Start, _token.End, "Missing initializer in const declaration");
    }

    private IfStatement ParseIf()
    {
        int start = _token.Start;
        Advance();
        Expect(TokenKind.OpenParen);
        var test = ParseExpression();
        Expect(TokenKind.CloseParen);
        var whenTrue = ParseIfBranch();
        var whenFalse = Eat(TokenKind.Else) ? ParseIfBranch() : null;
        return new IfStatement(start, _previousEnd, test, whenTrue, whenFalse);
    }

    /// <summary>Sloppy code may have a function as the branch of an if; it behaves as if in a block (ECMA-262 6 §B.3.4).</summary>
    private Statement ParseIfBranch()
    {
        if (_token.Kind != TokenKind.Function || _context.IsStrict) return ParseStatement();
        var function = ParseFunctionDeclaration();
        return new BlockStatement(function.Start, function.End, [function]);
    }

    private LabeledStatement ParseLabeled()
    {
        var name = _token;
        CheckReserved(name);
        foreach (var (label, _) in _context.Labels)
            if (label == name.Text) throw Fail(name, $"Label '{name.Text}' has already been declared");
        Advance();
        Advance();
        bool isLoop = LabelsLoop();
        _context.Labels.Add((name.Text!, isLoop));
        Statement body = _token.Kind == TokenKind.Function && !_context.IsStrict ? ParseFunctionDeclaration() : ParseStatement();
        _context.Labels.RemoveAt(_context.Labels.Count - 1);
        return new LabeledStatement(name.Start, _previousEnd, name.Text!, body);
    }

    /// <summary>True where the labelled statement, behind any further labels, is a loop.</summary>
    private bool LabelsLoop()
    {
        int position = _lexer.Position;
        var token = _token;
        while (token.Kind == TokenKind.Identifier)
        {
            token = _lexer.Next();
            if (token.Kind != TokenKind.Colon) break;
            token = _lexer.Next();
        }

        _lexer.Position = position;
        return token.Kind is TokenKind.For or TokenKind.While or TokenKind.Do;
    }
}
