namespace Wirehook.JavaScript.Syntax;

internal sealed partial class Parser
{
    private Expression ParseExpression()
    {
        int outer = _pendingCover;
        _pendingCover = -1;
        var expression = ParseExpressionCover();
        CheckNoPendingCover();
        _pendingCover = outer;
        return expression;
    }

    /// <summary>An expression that may turn out to be a pattern; the caller checks <see cref="_pendingCover"/>.</summary>
    private Expression ParseExpressionCover()
    {
        int start = _token.Start;
        var first = ParseAssignmentCover();
        if (_token.Kind != TokenKind.Comma) return first;
        var list = new List<Expression> { first };
        while (Eat(TokenKind.Comma)) list.Add(ParseAssignment());
        CheckNoPendingCover();
        return new SequenceExpression(start, _previousEnd, [.. list]);
    }

    private void CheckNoPendingCover()
    {
        if (_pendingCover >= 0) throw _errors.Fail(_pendingCover, _pendingCover + 1, "Invalid shorthand property initializer");
    }

    private Expression ParseAssignment()
    {
        int outer = _pendingCover;
        _pendingCover = -1;
        var expression = ParseAssignmentCover();
        CheckNoPendingCover();
        _pendingCover = outer;
        return expression;
    }

    private Expression ParseAssignmentCover()
    {
        Enter();
        int outerArrow = _arrowStart;
        int outerCover = _pendingCover;
        _pendingCover = -1;
        var first = _token;
        _arrowStart = first.Start;
        var left = ParseConditional();
        var result = _token.Kind == TokenKind.Arrow ? FinishArrow(left, first) : FinishAssignment(left, first);
        if (_pendingCover >= 0 && result is not (ObjectLiteral or ArrayLiteral)) CheckNoPendingCover();
        if (_pendingCover < 0) _pendingCover = outerCover;
        _arrowStart = outerArrow;
        _depth--;
        return result;
    }

    private Expression FinishAssignment(Expression left, in Token first)
    {
        if (_token.Kind is < TokenKind.Assign or > TokenKind.XorAssign) return left;
        var op = _token;
        if (op.Kind == TokenKind.Assign && left is (ObjectLiteral or ArrayLiteral) && !_parenthesized.Contains(left))
        {
            left = ToPattern(left, isBinding: false);
            _pendingCover = -1;
        }
        else if (!IsSimpleTarget(left))
        {
            throw _errors.Fail(left.Start, left.End, "Invalid left-hand side in assignment");
        }

        if (left is Identifier id) CheckBindingName(id, id.Name);
        CheckNoPendingCover();
        Advance();
        var value = ParseAssignment();
        if (op.Kind == TokenKind.Assign && !_parenthesized.Contains(left)) InferName(left, value);
        return new AssignmentExpression(first.Start, _previousEnd, CompoundOperator(op.Kind), left, value);
    }

    private static BinaryOperator? CompoundOperator(TokenKind kind) => kind switch
    {
        TokenKind.PlusAssign => BinaryOperator.Add,
        TokenKind.MinusAssign => BinaryOperator.Subtract,
        TokenKind.StarAssign => BinaryOperator.Multiply,
        TokenKind.SlashAssign => BinaryOperator.Divide,
        TokenKind.PercentAssign => BinaryOperator.Remainder,
        TokenKind.StarStarAssign => BinaryOperator.Power,
        TokenKind.ShiftLeftAssign => BinaryOperator.ShiftLeft,
        TokenKind.ShiftRightAssign => BinaryOperator.ShiftRight,
        TokenKind.ShiftRightUnsignedAssign => BinaryOperator.ShiftRightUnsigned,
        TokenKind.AndAssign => BinaryOperator.BitwiseAnd,
        TokenKind.OrAssign => BinaryOperator.BitwiseOr,
        TokenKind.XorAssign => BinaryOperator.BitwiseXor,
        _ => null,
    };

    /// <summary>A call counts as a target too: browsers throw a ReferenceError only when it is evaluated.</summary>
    private static bool IsSimpleTarget(Expression expression) => expression is Identifier or MemberExpression or IndexExpression or CallExpression;

    private Expression ParseConditional()
    {
        int start = _token.Start;
        var test = ParseBinary(0);
        if (_token.Kind != TokenKind.Question) return test;
        Advance();
        bool outer = _inAllowed;
        _inAllowed = true;
        var whenTrue = ParseAssignment();
        _inAllowed = outer;
        Expect(TokenKind.Colon);
        var whenFalse = ParseAssignment();
        return new ConditionalExpression(start, _previousEnd, test, whenTrue, whenFalse);
    }

    /// <summary>Operators by precedence (§11.5 to §11.11); all associate to the left but the power.</summary>
    private Expression ParseBinary(int minimum)
    {
        int start = _token.Start;
        var left = ParseUnary();
        for (int links = 0; ; links++)
        {
            var op = _token;
            int precedence = Precedence(op.Kind);
            if (precedence <= minimum || (op.Kind == TokenKind.In && !_inAllowed)) return left;
            if (links > MaxChain) throw TooDeep(op.Start);
            Advance();
            if (op.Kind == TokenKind.StarStar && left is UnaryExpression && left.Start == start)
                throw _errors.Fail(left.Start, left.End, "Unary operator used immediately before exponentiation expression. Parenthesis must be used to disambiguate operator precedence");
            Enter();
            var right = ParseBinary(op.Kind == TokenKind.StarStar ? precedence - 1 : precedence);
            _depth--;
            left = op.Kind is TokenKind.AndAnd or TokenKind.OrOr
                ? new LogicalExpression(start, _previousEnd, op.Kind == TokenKind.AndAnd, left, right)
                : new BinaryExpression(start, _previousEnd, OperatorOf(op.Kind), left, right);
        }
    }

    private static int Precedence(TokenKind kind) => kind switch
    {
        TokenKind.OrOr => 1,
        TokenKind.AndAnd => 2,
        TokenKind.Bar => 3,
        TokenKind.Caret => 4,
        TokenKind.Ampersand => 5,
        TokenKind.Equal or TokenKind.NotEqual or TokenKind.StrictEqual or TokenKind.StrictNotEqual => 6,
        TokenKind.Less or TokenKind.Greater or TokenKind.LessEqual or TokenKind.GreaterEqual or TokenKind.InstanceOf or TokenKind.In => 7,
        TokenKind.ShiftLeft or TokenKind.ShiftRight or TokenKind.ShiftRightUnsigned => 8,
        TokenKind.Plus or TokenKind.Minus => 9,
        TokenKind.Star or TokenKind.Slash or TokenKind.Percent => 10,
        TokenKind.StarStar => 11,
        _ => 0,
    };

    private static BinaryOperator OperatorOf(TokenKind kind) => kind switch
    {
        TokenKind.Bar => BinaryOperator.BitwiseOr,
        TokenKind.Caret => BinaryOperator.BitwiseXor,
        TokenKind.Ampersand => BinaryOperator.BitwiseAnd,
        TokenKind.Equal => BinaryOperator.Equal,
        TokenKind.NotEqual => BinaryOperator.NotEqual,
        TokenKind.StrictEqual => BinaryOperator.StrictEqual,
        TokenKind.StrictNotEqual => BinaryOperator.StrictNotEqual,
        TokenKind.Less => BinaryOperator.Less,
        TokenKind.Greater => BinaryOperator.Greater,
        TokenKind.LessEqual => BinaryOperator.LessOrEqual,
        TokenKind.GreaterEqual => BinaryOperator.GreaterOrEqual,
        TokenKind.InstanceOf => BinaryOperator.InstanceOf,
        TokenKind.In => BinaryOperator.In,
        TokenKind.ShiftLeft => BinaryOperator.ShiftLeft,
        TokenKind.ShiftRight => BinaryOperator.ShiftRight,
        TokenKind.ShiftRightUnsigned => BinaryOperator.ShiftRightUnsigned,
        TokenKind.Plus => BinaryOperator.Add,
        TokenKind.Minus => BinaryOperator.Subtract,
        TokenKind.Star => BinaryOperator.Multiply,
        TokenKind.Slash => BinaryOperator.Divide,
        TokenKind.Percent => BinaryOperator.Remainder,
        _ => BinaryOperator.Power,
    };

    private Expression ParseUnary()
    {
        var first = _token;
        UnaryOperator? op = first.Kind switch
        {
            TokenKind.Minus => UnaryOperator.Minus,
            TokenKind.Plus => UnaryOperator.Plus,
            TokenKind.Exclamation => UnaryOperator.Not,
            TokenKind.Tilde => UnaryOperator.BitwiseNot,
            TokenKind.TypeOf => UnaryOperator.TypeOf,
            TokenKind.Void => UnaryOperator.Void,
            TokenKind.Delete => UnaryOperator.Delete,
            _ => null,
        };
        if (op is null) return first.Kind is TokenKind.PlusPlus or TokenKind.MinusMinus ? ParsePrefixUpdate() : ParsePostfix();
        Advance();
        Enter();
        var operand = ParseUnary();
        _depth--;
        if (op == UnaryOperator.Delete && _context.IsStrict && operand is Identifier) Report(operand, "Delete of an unqualified identifier in strict mode.");
        return new UnaryExpression(first.Start, _previousEnd, op.Value, operand);
    }

    private UpdateExpression ParsePrefixUpdate()
    {
        var first = _token;
        Advance();
        Enter();
        var target = ParseUnary();
        _depth--;
        CheckUpdateTarget(target, "prefix");
        return new UpdateExpression(first.Start, _previousEnd, first.Kind == TokenKind.PlusPlus, true, target);
    }

    private Expression ParsePostfix()
    {
        int start = _token.Start;
        var target = ParseLeftHandSide();
        if (_token.Kind is not (TokenKind.PlusPlus or TokenKind.MinusMinus) || _token.Has(TokenFlags.NewlineBefore)) return target;
        CheckUpdateTarget(target, "postfix");
        bool isIncrement = _token.Kind == TokenKind.PlusPlus;
        Advance();
        return new UpdateExpression(start, _previousEnd, isIncrement, false, target);
    }

    private void CheckUpdateTarget(Expression target, string place)
    {
        if (!IsSimpleTarget(target)) throw _errors.Fail(target.Start, target.End, $"Invalid left-hand side expression in {place} operation");
        if (target is Identifier id) CheckBindingName(id, id.Name);
    }
}
