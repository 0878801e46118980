namespace Wirehook.JavaScript.Syntax;

/// <summary>A use of a name as a variable: read, assigned, called, deleted, or declared. <see cref="Reference"/> says where it lives.</summary>
internal sealed class Identifier(int start, int end, string name) : Expression(start, end)
{
    public string Name { get; } = name;

    /// <summary>Set once by the scope analysis.</summary>
    public Reference Reference { get; internal set; }
}

internal sealed class ThisExpression(int start, int end) : Expression(start, end);

/// <summary>A function as a value, arrow functions and methods included.</summary>
internal sealed class FunctionExpression(FunctionNode function) : Expression(function.Start, function.End)
{
    public FunctionNode Function { get; } = function;
}

internal enum UnaryOperator { Minus, Plus, Not, BitwiseNot, TypeOf, Void, Delete }

internal sealed class UnaryExpression(int start, int end, UnaryOperator op, Expression operand) : Expression(start, end)
{
    public UnaryOperator Operator { get; } = op;

    public Expression Operand { get; } = operand;
}

/// <summary><c>++</c> and <c>--</c>. The target is an identifier, a member, an index, or a call (which throws a ReferenceError when evaluated).</summary>
internal sealed class UpdateExpression(int start, int end, bool isIncrement, bool isPrefix, Expression target) : Expression(start, end)
{
    public bool IsIncrement { get; } = isIncrement;

    public bool IsPrefix { get; } = isPrefix;

    public Expression Target { get; } = target;
}

internal enum BinaryOperator
{
    Add, Subtract, Multiply, Divide, Remainder, Power,
    ShiftLeft, ShiftRight, ShiftRightUnsigned,
    BitwiseAnd, BitwiseOr, BitwiseXor,
    Equal, NotEqual, StrictEqual, StrictNotEqual,
    Less, LessOrEqual, Greater, GreaterOrEqual,
    InstanceOf, In,
}

internal sealed class BinaryExpression(int start, int end, BinaryOperator op, Expression left, Expression right) : Expression(start, end)
{
    public BinaryOperator Operator { get; } = op;

    public Expression Left { get; } = left;

    public Expression Right { get; } = right;
}

/// <summary><c>&amp;&amp;</c> and <c>||</c>.</summary>
internal sealed class LogicalExpression(int start, int end, bool isAnd, Expression left, Expression right) : Expression(start, end)
{
    public bool IsAnd { get; } = isAnd;

    public Expression Left { get; } = left;

    public Expression Right { get; } = right;
}

/// <summary>
/// An assignment. The target is an identifier, a member, an index, a call (which throws a ReferenceError when evaluated), or,
/// for plain assignment, a <see cref="BindingPattern"/>.
/// </summary>
internal sealed class AssignmentExpression(int start, int end, BinaryOperator? op, Expression target, Expression value) : Expression(start, end)
{
    /// <summary>The operator of a compound assignment; null for <c>=</c>.</summary>
    public BinaryOperator? Operator { get; } = op;

    public Expression Target { get; } = target;

    public Expression Value { get; } = value;
}

internal sealed class ConditionalExpression(int start, int end, Expression test, Expression whenTrue, Expression whenFalse) : Expression(start, end)
{
    public Expression Test { get; } = test;

    public Expression WhenTrue { get; } = whenTrue;

    public Expression WhenFalse { get; } = whenFalse;
}

/// <summary>A call. Arguments may hold <see cref="SpreadElement"/>s.</summary>
internal sealed class CallExpression(int start, int end, Expression callee, Expression[] arguments, bool hasSpread) : Expression(start, end)
{
    public Expression Callee { get; } = callee;

    public Expression[] Arguments { get; } = arguments;

    public bool HasSpread { get; } = hasSpread;

    /// <summary>Set where the callee is the plain name <c>eval</c>: the scope in which the evaluated code runs when it is the real one (§15.1.2.1.1).</summary>
    public Scope? DirectEvalScope { get; internal set; }
}

internal sealed class NewExpression(int start, int end, Expression callee, Expression[] arguments, bool hasSpread) : Expression(start, end)
{
    public Expression Callee { get; } = callee;

    public Expression[] Arguments { get; } = arguments;

    public bool HasSpread { get; } = hasSpread;
}

/// <summary><c>object.name</c></summary>
internal sealed class MemberExpression(int start, int end, Expression obj, string name, int nameStart) : Expression(start, end)
{
    public Expression Object { get; } = obj;

    public string Name { get; } = name;

    /// <summary>Offset of the name, where an error about the property points.</summary>
    public int NameStart { get; } = nameStart;
}

/// <summary><c>object[index]</c></summary>
internal sealed class IndexExpression(int start, int end, Expression obj, Expression index) : Expression(start, end)
{
    public Expression Object { get; } = obj;

    public Expression Index { get; } = index;
}

/// <summary>The comma operator: all are evaluated in order, the last one's value counts.</summary>
internal sealed class SequenceExpression(int start, int end, Expression[] expressions) : Expression(start, end)
{
    public Expression[] Expressions { get; } = expressions;
}

/// <summary><c>...argument</c> in an array literal or an argument list.</summary>
internal sealed class SpreadElement(int start, int end, Expression argument) : Expression(start, end)
{
    public Expression Argument { get; } = argument;
}
