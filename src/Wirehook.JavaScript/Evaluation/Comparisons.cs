using System.Runtime.CompilerServices;
using Wirehook.JavaScript.Runtime;

namespace Wirehook.JavaScript.Evaluation;

/// <summary>An operator that gives true or false; conditions ask it without making a value.</summary>
internal abstract class Comparison(Operation left, Operation right, int position) : BinaryOperation(left, right, position)
{
    internal override JsValue Evaluate(ref Frame frame) => JsValue.From(Test(ref frame));

    internal sealed override JsValue Apply(ref Frame frame, in JsValue a, in JsValue b) => JsValue.From(Compare(ref frame, a, b));

    internal override bool Test(ref Frame frame) => base.Evaluate(ref frame).IsTrue;

    private protected abstract bool Compare(ref Frame frame, in JsValue a, in JsValue b);
}

/// <summary><c>a &lt; b</c></summary>
internal sealed class Less(Operation left, Operation right, int position) : Comparison(left, right, position)
{
    internal override bool Test(ref Frame frame) =>
        AreNumbers(ref frame, out double x, out double y, out var result) ? x < y : result.IsTrue;

    private protected override bool Compare(ref Frame frame, in JsValue a, in JsValue b)
    {
        frame.Mark(Position);
        return Equality.Less(a, b);
    }
}

/// <summary><c>a &lt;= b</c></summary>
internal sealed class LessOrEqual(Operation left, Operation right, int position) : Comparison(left, right, position)
{
    internal override bool Test(ref Frame frame) =>
        AreNumbers(ref frame, out double x, out double y, out var result) ? x <= y : result.IsTrue;

    private protected override bool Compare(ref Frame frame, in JsValue a, in JsValue b)
    {
        frame.Mark(Position);
        return Equality.LessOrEqual(a, b);
    }
}

/// <summary><c>a &gt; b</c></summary>
internal sealed class Greater(Operation left, Operation right, int position) : Comparison(left, right, position)
{
    internal override bool Test(ref Frame frame) =>
        AreNumbers(ref frame, out double x, out double y, out var result) ? x > y : result.IsTrue;

    private protected override bool Compare(ref Frame frame, in JsValue a, in JsValue b)
    {
        frame.Mark(Position);
        return Equality.Greater(a, b);
    }
}

/// <summary><c>a &gt;= b</c></summary>
internal sealed class GreaterOrEqual(Operation left, Operation right, int position) : Comparison(left, right, position)
{
    internal override bool Test(ref Frame frame) =>
        AreNumbers(ref frame, out double x, out double y, out var result) ? x >= y : result.IsTrue;

    private protected override bool Compare(ref Frame frame, in JsValue a, in JsValue b)
    {
        frame.Mark(Position);
        return Equality.GreaterOrEqual(a, b);
    }
}

/// <summary><c>a === b</c> and <c>a !== b</c></summary>
internal sealed class StrictEqual(Operation left, Operation right, int position, bool negated) : Comparison(left, right, position)
{
    internal override bool Test(ref Frame frame)
    {
        Operands(ref frame, out var a, out var b);
        return Equality.Strict(a, b) != negated;
    }

    private protected override bool Compare(ref Frame frame, in JsValue a, in JsValue b) => Equality.Strict(a, b) != negated;
}

/// <summary><c>a == b</c> and <c>a != b</c></summary>
internal sealed class LooseEqual(Operation left, Operation right, int position, bool negated) : Comparison(left, right, position)
{
    private protected override bool Compare(ref Frame frame, in JsValue a, in JsValue b)
    {
        if (a.IsObject || b.IsObject)
            frame.Mark(Position);
        return Equality.Loose(a, b) != negated;
    }
}

/// <summary><c>a instanceof b</c> (ES5.1 §11.8.6)</summary>
internal sealed class InstanceOf(Operation left, Operation right, int position) : Comparison(left, right, position)
{
    private protected override bool Compare(ref Frame frame, in JsValue a, in JsValue b)
    {
        frame.Mark(Position);
        if (!b.IsObject)
            throw frame.Engine.TypeError("Right-hand side of 'instanceof' is not an object");
        if (b.AsFunction is not { } function)
            throw frame.Engine.TypeError("Right-hand side of 'instanceof' is not callable");
        return function.HasInstance(a);
    }
}

/// <summary><c>a in b</c> (ES5.1 §11.8.7)</summary>
internal sealed class In(Operation left, Operation right, int position) : Comparison(left, right, position)
{
    private protected override bool Compare(ref Frame frame, in JsValue a, in JsValue b)
    {
        frame.Mark(Position);
        if (!b.IsObject)
        {
            string name = a.IsObject ? "#<Object>" : TypeConversion.ToText(a);
            throw frame.Engine.TypeError($"Cannot use 'in' operator to search for '{name}' in {TypeConversion.ToText(b)}");
        }
        return b.AsObject.HasProperty(TypeConversion.ToPropertyKey(a));
    }
}
