namespace Wirehook.JavaScript.Evaluation;

/// <summary>A top-level binding of a script, shared by all its functions. Empty until a <c>let</c> or <c>const</c> is initialised.</summary>
internal sealed class Cell
{
    internal JsValue Value;
}
