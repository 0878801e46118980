namespace Wirehook.JavaScript.Runtime;

/// <summary>The getter and setter of an accessor property, kept in the property's slot.</summary>
internal sealed class Accessor(JsFunction? getter, JsFunction? setter)
{
    internal JsFunction? Getter { get; } = getter;

    internal JsFunction? Setter { get; } = setter;

    internal JsValue Read(in JsValue receiver) => Getter is null ? default : Getter.Call(receiver, default);

    internal bool Write(in JsValue receiver, in JsValue value)
    {
        if (Setter is null)
            return false;
        Setter.Call(receiver, new ReadOnlySpan<JsValue>(in value));
        return true;
    }
}
