using Wirehook.JavaScript.Runtime;

namespace Wirehook.JavaScript.Evaluation;

/// <summary><c>!a</c></summary>
internal sealed class Not(Operation operand) : Operation
{
    internal override JsValue Evaluate(ref Frame frame) => JsValue.From(!operand.Test(ref frame));

    internal override bool Test(ref Frame frame) => !operand.Test(ref frame);
}

/// <summary><c>a &amp;&amp; b</c></summary>
internal sealed class And(Operation left, Operation right) : Operation
{
    private readonly Operand _left = new(left);
    private readonly Operand _right = new(right);

    internal override JsValue Evaluate(ref Frame frame)
    {
        var value = _left.Evaluate(ref frame);
        return TypeConversion.ToBoolean(value) ? _right.Evaluate(ref frame) : value;
    }

    internal override bool Test(ref Frame frame) => left.Test(ref frame) && right.Test(ref frame);
}

/// <summary><c>a || b</c></summary>
internal sealed class Or(Operation left, Operation right) : Operation
{
    private readonly Operand _left = new(left);
    private readonly Operand _right = new(right);

    internal override JsValue Evaluate(ref Frame frame)
    {
        var value = _left.Evaluate(ref frame);
        return TypeConversion.ToBoolean(value) ? value : _right.Evaluate(ref frame);
    }

    internal override bool Test(ref Frame frame) => left.Test(ref frame) || right.Test(ref frame);
}

/// <summary><c>test ? a : b</c></summary>
internal sealed class Conditional(Operation test, Operation whenTrue, Operation whenFalse) : Operation
{
    private readonly Operand _whenTrue = new(whenTrue);
    private readonly Operand _whenFalse = new(whenFalse);

    internal override JsValue Evaluate(ref Frame frame) => test.Test(ref frame) ? _whenTrue.Evaluate(ref frame) : _whenFalse.Evaluate(ref frame);

    internal override bool Test(ref Frame frame) => test.Test(ref frame) ? whenTrue.Test(ref frame) : whenFalse.Test(ref frame);
}

/// <summary><c>a, b</c></summary>
internal sealed class Sequence(Operation[] operations) : Operation
{
    internal override JsValue Evaluate(ref Frame frame)
    {
        for (int i = 0; i < operations.Length - 1; i++)
            operations[i].Run(ref frame);
        return operations[^1].Evaluate(ref frame);
    }
}

/// <summary><c>typeof a</c></summary>
internal sealed class TypeOf(Operation operand) : Operation
{
    internal override JsValue Evaluate(ref Frame frame) => JsValue.From(TypeConversion.TypeOf(operand.Evaluate(ref frame)));
}

/// <summary><c>void a</c></summary>
internal sealed class VoidOperation(Operation operand) : Operation
{
    internal override JsValue Evaluate(ref Frame frame)
    {
        operand.Run(ref frame);
        return default;
    }
}

/// <summary>Evaluates for the effect and gives a fixed answer, as <c>delete</c> of what is no property does.</summary>
internal sealed class Discard(Operation operand, JsValue result) : Operation
{
    internal override JsValue Evaluate(ref Frame frame)
    {
        operand.Run(ref frame);
        return result;
    }
}
