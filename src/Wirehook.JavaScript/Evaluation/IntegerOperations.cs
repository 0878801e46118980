using System.Runtime.CompilerServices;
using Wirehook.JavaScript.Runtime;

namespace Wirehook.JavaScript.Evaluation;

/// <summary>An operator on 32-bit integers (ES5.1 §11.7, §11.10).</summary>
internal abstract class IntegerOperation(Operation left, Operation right, int position) : BinaryOperation(left, right, position)
{
    /// <summary>Evaluates both operands. Unless both are numbers, this also gives the operator's result.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private protected bool AreIntegers(ref Frame frame, out int x, out int y, out JsValue result)
    {
        bool areNumbers = AreNumbers(ref frame, out double a, out double b, out result);
        (x, y) = (TypeConversion.ToInt32(a), TypeConversion.ToInt32(b));
        return areNumbers;
    }

    private protected void Convert(ref Frame frame, in JsValue a, in JsValue b, out int x, out int y)
    {
        if (!a.IsNumber || !b.IsNumber)
            frame.Mark(Position);
        x = TypeConversion.ToInt32(a);
        y = TypeConversion.ToInt32(b);
    }
}

/// <summary><c>a &amp; b</c></summary>
internal sealed class BitwiseAnd(Operation left, Operation right, int position) : IntegerOperation(left, right, position)
{
    internal override JsValue Evaluate(ref Frame frame) =>
        AreIntegers(ref frame, out int x, out int y, out var result) ? new JsValue((double)(x & y)) : result;

    internal override JsValue Apply(ref Frame frame, in JsValue a, in JsValue b)
    {
        Convert(ref frame, a, b, out int x, out int y);
        return new JsValue((double)(x & y));
    }
}

/// <summary><c>a | b</c></summary>
internal sealed class BitwiseOr(Operation left, Operation right, int position) : IntegerOperation(left, right, position)
{
    internal override JsValue Evaluate(ref Frame frame) =>
        AreIntegers(ref frame, out int x, out int y, out var result) ? new JsValue((double)(x | y)) : result;

    internal override JsValue Apply(ref Frame frame, in JsValue a, in JsValue b)
    {
        Convert(ref frame, a, b, out int x, out int y);
        return new JsValue((double)(x | y));
    }
}

/// <summary><c>a ^ b</c></summary>
internal sealed class BitwiseXor(Operation left, Operation right, int position) : IntegerOperation(left, right, position)
{
    internal override JsValue Evaluate(ref Frame frame) =>
        AreIntegers(ref frame, out int x, out int y, out var result) ? new JsValue((double)(x ^ y)) : result;

    internal override JsValue Apply(ref Frame frame, in JsValue a, in JsValue b)
    {
        Convert(ref frame, a, b, out int x, out int y);
        return new JsValue((double)(x ^ y));
    }
}

/// <summary><c>a &lt;&lt; b</c></summary>
internal sealed class ShiftLeft(Operation left, Operation right, int position) : IntegerOperation(left, right, position)
{
    internal override JsValue Evaluate(ref Frame frame) =>
        AreIntegers(ref frame, out int x, out int y, out var result) ? new JsValue((double)(x << (y & 31))) : result;

    internal override JsValue Apply(ref Frame frame, in JsValue a, in JsValue b)
    {
        Convert(ref frame, a, b, out int x, out int y);
        return new JsValue((double)(x << (y & 31)));
    }
}

/// <summary><c>a &gt;&gt; b</c></summary>
internal sealed class ShiftRight(Operation left, Operation right, int position) : IntegerOperation(left, right, position)
{
    internal override JsValue Evaluate(ref Frame frame) =>
        AreIntegers(ref frame, out int x, out int y, out var result) ? new JsValue((double)(x >> (y & 31))) : result;

    internal override JsValue Apply(ref Frame frame, in JsValue a, in JsValue b)
    {
        Convert(ref frame, a, b, out int x, out int y);
        return new JsValue((double)(x >> (y & 31)));
    }
}

/// <summary><c>a &gt;&gt;&gt; b</c></summary>
internal sealed class ShiftRightUnsigned(Operation left, Operation right, int position) : IntegerOperation(left, right, position)
{
    internal override JsValue Evaluate(ref Frame frame) =>
        AreIntegers(ref frame, out int x, out int y, out var result) ? new JsValue((double)((uint)x >> (y & 31))) : result;

    internal override JsValue Apply(ref Frame frame, in JsValue a, in JsValue b)
    {
        Convert(ref frame, a, b, out int x, out int y);
        return new JsValue((double)((uint)x >> (y & 31)));
    }
}
