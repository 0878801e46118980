using System.Runtime.CompilerServices;
using Wirehook.JavaScript.Runtime;

namespace Wirehook.JavaScript.Evaluation;

/// <summary>An operator with two operands, both evaluated, the left one first.</summary>
internal abstract class BinaryOperation(Operation left, Operation right, int position) : Operation
{
    private readonly Operand _left = new(left);
    private readonly Operand _right = new(right);
    private readonly bool _keepsLeft = right is not (Constant or SlotRead or CellRead or EnvironmentRead or MemberRead or ThisValue);

    private protected int Position => position;

    internal override JsValue Evaluate(ref Frame frame) => EvaluateRight(ref frame, _left.Evaluate(ref frame));

    internal abstract JsValue Apply(ref Frame frame, in JsValue a, in JsValue b);

    /// <summary>Evaluates both operands. Unless both are numbers, this also gives the operator's result.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private protected bool AreNumbers(ref Frame frame, out double x, out double y, out JsValue result)
    {
        (x, y, result) = (0, 0, default);
        var a = _left.Evaluate(ref frame);
        if (!a.IsNumber)
        {
            result = EvaluateRight(ref frame, a);
            return false;
        }
        var b = _right.Evaluate(ref frame);
        if (!b.IsNumber)
        {
            result = ApplyTo(ref frame, a, b);
            return false;
        }
        (x, y) = (a.Number, b.Number);
        return true;
    }

    /// <summary>Evaluates both operands.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private protected void Operands(ref Frame frame, out JsValue a, out JsValue b)
    {
        a = _left.Evaluate(ref frame);
        b = Right(ref frame, a);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private JsValue EvaluateRight(ref Frame frame, JsValue a) => Apply(ref frame, a, Right(ref frame, a));

    // While the right side runs other code, the left value stays where the memory guard sees it.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private JsValue Right(ref Frame frame, JsValue a)
    {
        if (!_keepsLeft || a.IsNumber)
            return _right.Evaluate(ref frame);
        int pushed = frame.Engine.Push(a);
        var b = _right.Evaluate(ref frame);
        frame.Engine.StackTop = pushed;
        return b;
    }

    // Values are passed on whole, so that the operands above live in registers.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private JsValue ApplyTo(ref Frame frame, JsValue a, JsValue b) => Apply(ref frame, a, b);
}

/// <summary><c>a + b</c> (ES5.1 §11.6.1)</summary>
internal sealed class Add(Operation left, Operation right, int position) : BinaryOperation(left, right, position)
{
    internal override JsValue Evaluate(ref Frame frame) =>
        AreNumbers(ref frame, out double x, out double y, out var result) ? new JsValue(x + y) : result;

    internal override JsValue Apply(ref Frame frame, in JsValue a, in JsValue b) =>
        a.IsNumber && b.IsNumber ? new JsValue(a.Number + b.Number) : ApplySlow(ref frame, a, b);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private JsValue ApplySlow(ref Frame frame, in JsValue a, in JsValue b)
    {
        frame.Mark(Position);
        var engine = frame.Engine;
        if (a.IsString && b.IsString)
            return engine.Concatenate(a, b);
        var x = TypeConversion.ToPrimitive(a);
        var y = TypeConversion.ToPrimitive(b);
        if (!x.IsString && !y.IsString)
            return new JsValue(TypeConversion.ToNumber(x) + TypeConversion.ToNumber(y));
        if (!x.IsString)
            x = JsValue.From(TypeConversion.ToText(x));
        if (!y.IsString)
            y = JsValue.From(TypeConversion.ToText(y));
        return engine.Concatenate(x, y);
    }
}

/// <summary><c>a - b</c></summary>
internal sealed class Subtract(Operation left, Operation right, int position) : BinaryOperation(left, right, position)
{
    internal override JsValue Evaluate(ref Frame frame) =>
        AreNumbers(ref frame, out double x, out double y, out var result) ? new JsValue(x - y) : result;

    internal override JsValue Apply(ref Frame frame, in JsValue a, in JsValue b)
    {
        frame.Mark(Position);
        double x = TypeConversion.ToNumber(a);
        return new JsValue(x - TypeConversion.ToNumber(b));
    }
}

/// <summary><c>a * b</c></summary>
internal sealed class Multiply(Operation left, Operation right, int position) : BinaryOperation(left, right, position)
{
    internal override JsValue Evaluate(ref Frame frame) =>
        AreNumbers(ref frame, out double x, out double y, out var result) ? new JsValue(x * y) : result;

    internal override JsValue Apply(ref Frame frame, in JsValue a, in JsValue b)
    {
        frame.Mark(Position);
        double x = TypeConversion.ToNumber(a);
        return new JsValue(x * TypeConversion.ToNumber(b));
    }
}

/// <summary><c>a / b</c></summary>
internal sealed class Divide(Operation left, Operation right, int position) : BinaryOperation(left, right, position)
{
    internal override JsValue Evaluate(ref Frame frame) =>
        AreNumbers(ref frame, out double x, out double y, out var result) ? new JsValue(x / y) : result;

    internal override JsValue Apply(ref Frame frame, in JsValue a, in JsValue b)
    {
        frame.Mark(Position);
        double x = TypeConversion.ToNumber(a);
        return new JsValue(x / TypeConversion.ToNumber(b));
    }
}

/// <summary><c>a % b</c> (ES5.1 §11.5.3)</summary>
internal sealed class Remainder(Operation left, Operation right, int position) : BinaryOperation(left, right, position)
{
    internal override JsValue Apply(ref Frame frame, in JsValue a, in JsValue b)
    {
        if (!a.IsNumber || !b.IsNumber)
            frame.Mark(Position);
        double x = TypeConversion.ToNumber(a);
        double y = TypeConversion.ToNumber(b);
        int n = (int)x;
        int divisor = (int)y;
        if (n == x && divisor == y && n > 0 && divisor > 0)
            return new JsValue((double)(n % divisor));
        return new JsValue(x % y);
    }
}

/// <summary><c>a ** b</c></summary>
internal sealed class Power(Operation left, Operation right, int position) : BinaryOperation(left, right, position)
{
    internal override JsValue Apply(ref Frame frame, in JsValue a, in JsValue b)
    {
        frame.Mark(Position);
        double x = TypeConversion.ToNumber(a);
        return new JsValue(Raise(x, TypeConversion.ToNumber(b)));
    }

    /// <summary>ES5.1 §15.8.2.13, where a base of ±1 with an infinite or NaN exponent gives NaN.</summary>
    internal static double Raise(double x, double y) =>
        double.IsNaN(y) || (Math.Abs(x) == 1 && double.IsInfinity(y)) ? double.NaN : Math.Pow(x, y);
}

/// <summary><c>-a</c></summary>
internal sealed class Negate(Operation operand, int position) : Operation
{
    internal override JsValue Evaluate(ref Frame frame)
    {
        var value = operand.Evaluate(ref frame);
        if (!value.IsNumber)
            frame.Mark(position);
        return new JsValue(-TypeConversion.ToNumber(value));
    }
}

/// <summary><c>+a</c></summary>
internal sealed class ToNumberOperation(Operation operand, int position) : Operation
{
    internal override JsValue Evaluate(ref Frame frame)
    {
        var value = operand.Evaluate(ref frame);
        if (!value.IsNumber)
            frame.Mark(position);
        return new JsValue(TypeConversion.ToNumber(value));
    }
}

/// <summary><c>~a</c></summary>
internal sealed class BitwiseNot(Operation operand, int position) : Operation
{
    internal override JsValue Evaluate(ref Frame frame)
    {
        var value = operand.Evaluate(ref frame);
        if (!value.IsNumber)
            frame.Mark(position);
        return new JsValue((double)~TypeConversion.ToInt32(value));
    }
}
