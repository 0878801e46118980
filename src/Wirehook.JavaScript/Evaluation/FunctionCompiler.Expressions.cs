using Wirehook.JavaScript.Syntax;

namespace Wirehook.JavaScript.Evaluation;

internal sealed partial class FunctionCompiler
{
    private Operation Compile(Expression expression)
    {
        EnterNested();
        var operation = Traced(expression, CompileUnchecked(expression));
        bool check = _depth-- % StackCheck.Interval == 0;
        return check ? new StackCheck(operation) : operation;
    }

    private Operation CompileUnchecked(Expression expression) => expression switch
    {
        NumberLiteral e => new Constant(JsValue.From(e.Value)),
        StringLiteral e => new Constant(JsValue.From(e.Value)),
        BooleanLiteral e => new Constant(JsValue.From(e.Value)),
        NullLiteral => new Constant(JsValue.Null),
        RegExpLiteral e => new RegExpLiteralOperation(e.Pattern, e.Flags, e.Start),
        TemplateLiteral e => new Template(e.Strings, Reserving(1, () => CompileAll(e.Expressions)), e.Start),
        ArrayLiteral e => CompileArray(e),
        ObjectLiteral e => new ObjectOperation(Reserving(1, () => Array.ConvertAll(e.Properties, CompileProperty))),
        Identifier e => CompileRead(e),
        ThisExpression => new ThisValue(),
        FunctionExpression e => new Closure(CodeOf(e.Function)),
        UnaryExpression e => CompileUnary(e),
        UpdateExpression e => CompileUpdate(e),
        BinaryExpression e => CompileBinary(e),
        LogicalExpression { IsAnd: true } e => new And(Compile(e.Left), Compile(e.Right)),
        LogicalExpression e => new Or(Compile(e.Left), Compile(e.Right)),
        AssignmentExpression e => CompileAssignment(e),
        ConditionalExpression e => new Conditional(CompileTest(e.Test), Compile(e.WhenTrue), Compile(e.WhenFalse)),
        CallExpression e => CompileCall(e),
        NewExpression e => CompileNew(e),
        MemberExpression e => new MemberRead(Compile(e.Object), e.Name, e.NameStart),
        IndexExpression e => CompileIndex(e),
        SequenceExpression e => new Sequence(CompileAll(e.Expressions)),
        SpreadElement e => new Spread(Compile(e.Argument)),
        _ => throw new InvalidOperationException($"No code for {expression.GetType().Name}."),
    };

    private Operation[] CompileAll(Expression[] expressions) => Array.ConvertAll(expressions, Compile);

    private Operation CompileArray(ArrayLiteral literal)
    {
        var elements = Reserving(1, () => Array.ConvertAll(literal.Elements, e => e is null ? null : Compile(e)));
        return Array.Exists(elements, e => e is Spread) ? new SpreadArrayOperation(elements, literal.Start) : new ArrayOperation(elements);
    }

    private PropertyInitializer CompileProperty(PropertyNode property)
    {
        var value = Compile(property.Value);
        var computed = property.Computed is null ? null : Compile(property.Computed);
        return property.Kind switch
        {
            PropertyKind.Spread => new SpreadInitializer(value),
            PropertyKind.Prototype => new PrototypeInitializer(value),
            PropertyKind.Getter or PropertyKind.Setter =>
                new AccessorInitializer(property.Name, computed, (Closure)Unwrapped(value), property.Kind == PropertyKind.Getter),
            _ => computed is null ? new NamedInitializer(new PropertyKey(property.Name!), value) : new ComputedInitializer(computed, value),
        };
    }

    private static Operation Unwrapped(Operation operation) => operation is StackCheck check ? check.Inner : operation;

    private Operation CompileIndex(IndexExpression index)
    {
        if (index.Index is StringLiteral { Value: var name } && !new PropertyKey(name).IsIndex)
            return new MemberRead(Compile(index.Object), name, index.Index.Start);
        var target = Compile(index.Object);
        return new IndexRead(target, Reserving(1, () => Compile(index.Index)), index.Start);
    }

    private Operation CompileUnary(UnaryExpression unary)
    {
        switch (unary.Operator)
        {
            case UnaryOperator.Delete:
                return CompileDelete(unary.Operand);
            case UnaryOperator.TypeOf:
                return new TypeOf(unary.Operand is Identifier id ? CompileRead(id, forTypeOf: true) : Compile(unary.Operand));
            case UnaryOperator.Minus when unary.Operand is NumberLiteral literal:
                return new Constant(JsValue.From(-literal.Value));
        }
        var operand = Compile(unary.Operand);
        return unary.Operator switch
        {
            UnaryOperator.Minus => new Negate(operand, unary.Start),
            UnaryOperator.Plus => new ToNumberOperation(operand, unary.Start),
            UnaryOperator.Not => new Not(operand),
            UnaryOperator.BitwiseNot => new BitwiseNot(operand, unary.Start),
            _ => new VoidOperation(operand),
        };
    }

    private Operation CompileDelete(Expression operand)
    {
        switch (operand)
        {
            case MemberExpression member:
                return new PropertyDelete(Compile(member.Object), new Constant(JsValue.From(member.Name)), _isStrict, member.Start);
            case IndexExpression index:
                return new PropertyDelete(Compile(index.Object), Reserving(1, () => Compile(index.Index)), _isStrict, index.Start);
            case Identifier { Reference.Kind: ReferenceKind.Global } id:
                return new GlobalDelete(id.Name);
            case Identifier { Reference.Kind: ReferenceKind.Dynamic } id:
                return new NameDelete(NameOf(id));
            case Identifier:
                return new Constant(JsValue.False);
            default:
                return new Discard(Compile(operand), JsValue.True);
        }
    }

    private Operation CompileBinary(BinaryExpression binary)
    {
        var left = Compile(binary.Left);
        var right = Reserving(1, () => Compile(binary.Right));
        var operation = CreateBinary(binary.Operator, left, right, binary.Start);
        if (right is not Constant { Value: { IsNumber: true } number })
            return operation;
        return binary.Operator switch
        {
            BinaryOperator.Add => new AddNumber(left, number.Number, operation, number),
            BinaryOperator.Subtract => new AddNumber(left, -number.Number, operation, number),
            BinaryOperator.Less => new LessThanNumber(left, number.Number, operation, number),
            _ => operation,
        };
    }

    private static BinaryOperation CreateBinary(BinaryOperator op, Operation left, Operation right, int position) => op switch
    {
        BinaryOperator.Add => new Add(left, right, position),
        BinaryOperator.Subtract => new Subtract(left, right, position),
        BinaryOperator.Multiply => new Multiply(left, right, position),
        BinaryOperator.Divide => new Divide(left, right, position),
        BinaryOperator.Remainder => new Remainder(left, right, position),
        BinaryOperator.Power => new Power(left, right, position),
        BinaryOperator.Equal => new LooseEqual(left, right, position, false),
        BinaryOperator.NotEqual => new LooseEqual(left, right, position, true),
        BinaryOperator.StrictEqual => new StrictEqual(left, right, position, false),
        BinaryOperator.StrictNotEqual => new StrictEqual(left, right, position, true),
        BinaryOperator.Less => new Less(left, right, position),
        BinaryOperator.LessOrEqual => new LessOrEqual(left, right, position),
        BinaryOperator.Greater => new Greater(left, right, position),
        BinaryOperator.GreaterOrEqual => new GreaterOrEqual(left, right, position),
        BinaryOperator.InstanceOf => new InstanceOf(left, right, position),
        BinaryOperator.In => new In(left, right, position),
        BinaryOperator.BitwiseAnd => new BitwiseAnd(left, right, position),
        BinaryOperator.BitwiseOr => new BitwiseOr(left, right, position),
        BinaryOperator.BitwiseXor => new BitwiseXor(left, right, position),
        BinaryOperator.ShiftLeft => new ShiftLeft(left, right, position),
        BinaryOperator.ShiftRight => new ShiftRight(left, right, position),
        _ => new ShiftRightUnsigned(left, right, position),
    };

    private New CompileNew(NewExpression creation)
    {
        var callee = Compile(creation.Callee);
        return new New(callee, Reserving(1, () => CompileArguments(creation.Arguments, creation.HasSpread, creation.Callee, creation.Start)));
    }

    private Operation CompileCall(CallExpression call)
    {
        int position = call.Callee is MemberExpression named ? named.NameStart : call.Start;
        if (call.DirectEvalScope is { } scope && call.Callee is Identifier eval)
        {
            var read = CompileRead(eval);
            var arguments = CompileArguments(call.Arguments, call.HasSpread, eval, position);
            return new CallEval(read, arguments, scope, _code, position);
        }
        if (call.Callee is Identifier { Reference.Kind: ReferenceKind.Dynamic } id)
            return new CallDynamic(NameOf(id), CompileArguments(call.Arguments, call.HasSpread, id, position), position);
        var callee = Unwrapped(Compile(call.Callee));
        if (callee is MemberRead member)
            return new CallMember(member, Reserving(1, () => CompileArguments(call.Arguments, call.HasSpread, call.Callee, position)));
        if (callee is IndexRead index)
            return new CallIndex(index, Reserving(1, () => CompileArguments(call.Arguments, call.HasSpread, call.Callee, position)));
        return new CallValue(callee, CompileArguments(call.Arguments, call.HasSpread, call.Callee, position));
    }

    private CallArguments CompileArguments(Expression[] arguments, bool hasSpread, Expression callee, int position)
    {
        var operations = Reserving(arguments.Length + 1, () => Array.ConvertAll(arguments, a => new Operand(Compile(a))));
        return _engine.Tracer is null
            ? new CallArguments(operations, hasSpread, NameOf(callee), position)
            : new TracedArguments(PointOf(callee.Start, callee.End), operations, hasSpread, NameOf(callee), position);
    }

    private CalleeName NameOf(Expression callee)
    {
        bool isPath = callee is Identifier or MemberExpression or IndexExpression or ThisExpression or CallExpression;
        return isPath ? new CalleeName(_function.Source, callee.Start, callee.End) : default;
    }
}
