using Wirehook.JavaScript.Runtime;

namespace Wirehook.JavaScript.Evaluation;

/// <summary>A compiled expression.</summary>
internal abstract class Operation
{
    internal abstract JsValue Evaluate(ref Frame frame);

    /// <summary>The value as a condition.</summary>
    internal virtual bool Test(ref Frame frame) => TypeConversion.ToBoolean(Evaluate(ref frame));

    /// <summary>Evaluates for the effect only.</summary>
    internal virtual void Run(ref Frame frame) => Evaluate(ref frame);
}

/// <summary>A compiled statement.</summary>
internal abstract class Step
{
    internal abstract Completion Execute(ref Frame frame);
}

/// <summary>A place that a value can be stored to: the left side of an assignment, a declared name, a parameter.</summary>
internal abstract class Target
{
    internal abstract void Assign(ref Frame frame, in JsValue value);

    /// <summary>Evaluates the object and name of a property target, which patterns do before they take the value (ECMA-262 6 §12.14.5.4).</summary>
    internal virtual Place Locate(ref Frame frame) => default;

    /// <summary>Stores to a place that <see cref="Locate"/> gave.</summary>
    internal virtual void AssignAt(ref Frame frame, in Place place, in JsValue value) => Assign(ref frame, value);
}

/// <summary>The object and name of a property target; nothing for other targets.</summary>
internal readonly record struct Place(JsValue Object, JsValue Name);
