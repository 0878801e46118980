namespace Wirehook.JavaScript.Evaluation;

/// <summary><c>a + 1</c> and <c>a - 1</c>: a literal number on the right, which needs no evaluation. What is no number goes the general way.</summary>
internal sealed class AddNumber(Operation left, double addend, BinaryOperation general, JsValue right) : Operation
{
    private readonly Operand _left = new(left);
    private readonly JsValue _right = right;

    internal override JsValue Evaluate(ref Frame frame)
    {
        var a = _left.Evaluate(ref frame);
        return a.IsNumber ? new JsValue(a.Number + addend) : general.Apply(ref frame, a, _right);
    }
}

/// <summary><c>a &lt; 1</c>: a literal number on the right, which needs no evaluation.</summary>
internal sealed class LessThanNumber(Operation left, double limit, BinaryOperation general, JsValue right) : Operation
{
    private readonly Operand _left = new(left);
    private readonly JsValue _right = right;

    internal override JsValue Evaluate(ref Frame frame) => JsValue.From(Test(ref frame));

    internal override bool Test(ref Frame frame)
    {
        var a = _left.Evaluate(ref frame);
        return a.IsNumber ? a.Number < limit : general.Apply(ref frame, a, _right).IsTrue;
    }
}
