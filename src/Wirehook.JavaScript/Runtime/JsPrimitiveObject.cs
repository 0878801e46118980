namespace Wirehook.JavaScript.Runtime;

/// <summary>A Boolean or Number object: a primitive in an object's coat (ES5.1 §15.6, §15.7).</summary>
internal sealed class JsPrimitiveObject(Shape shape, string className, JsValue value) : JsObject(shape)
{
    public override string ClassName { get; } = className;

    /// <summary>The internal property [[PrimitiveValue]].</summary>
    internal JsValue PrimitiveValue { get; } = value;
}

/// <summary>A Date object (ES5.1 §15.9): time in milliseconds since 1970 in UTC, or NaN.</summary>
internal sealed class JsDate(Shape shape, double time) : JsObject(shape)
{
    public override string ClassName => "Date";

    internal double Time { get; set; } = time;

    public override JsValue DefaultValue(PreferredType hint) =>
        base.DefaultValue(hint == PreferredType.None ? PreferredType.String : hint);
}

/// <summary>An Error object (ES5.1 §15.11) with the calls that led to where it was made.</summary>
internal sealed class JsErrorObject(Shape shape, StackTrace trace) : JsObject(shape)
{
    public override string ClassName => "Error";

    internal StackTrace StackTrace { get; } = trace;
}
