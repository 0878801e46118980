namespace Wirehook.JavaScript.Library;

/// <summary>A plain object with a [[Class]] of its own: Math and JSON.</summary>
internal sealed class NamedObject(JsEngine engine, string className) : JsObject(engine.Intrinsics.ObjectRoot)
{
    public override string ClassName { get; } = className;
}
