namespace Wirehook.JavaScript.Runtime;

/// <summary>Defines the properties of a built-in object with the attributes that ES5.1 §15 gives them. Calls chain.</summary>
internal readonly struct BuiltinObject(JsEngine engine, JsObject target)
{
    /// <summary>The object being defined.</summary>
    internal JsObject Target => target;

    /// <summary>A function property: writable, configurable, not enumerable.</summary>
    internal BuiltinObject Method(string name, int length, NativeFunction code) =>
        Property(name, JsValue.From(engine.NewFunction(name, length, code)));

    /// <summary>A property that is writable and configurable but not enumerable.</summary>
    internal BuiltinObject Property(string name, in JsValue value)
    {
        target.DefineData(name, value, PropertyAttributes.Hidden);
        return this;
    }

    /// <summary>A property that never changes.</summary>
    internal BuiltinObject Constant(string name, in JsValue value)
    {
        target.DefineData(name, value, PropertyAttributes.None);
        return this;
    }

    /// <summary>An accessor property: configurable, not enumerable.</summary>
    internal BuiltinObject Accessor(string name, NativeFunction getter, NativeFunction? setter = null)
    {
        var get = engine.NewFunction("get " + name, 0, getter);
        var set = setter is null ? null : engine.NewFunction("set " + name, 1, setter);
        target.DefineOwnProperty(name, PropertyDescriptor.AccessorOf(get, set, PropertyAttributes.Configurable));
        return this;
    }
}

/// <summary>How built-ins come into being. Each built-in is a static class with <c>static void Install(JsEngine engine)</c> that uses these.</summary>
internal static class BuiltinRegistration
{
    /// <summary>Starts the definition of an object's properties.</summary>
    internal static BuiltinObject Define(this JsEngine engine, JsObject target) => new(engine, target);

    /// <summary>
    /// Creates a constructor with its prototype, links both and makes it a global. The construct code gets the constructor as its <c>this</c>.
    /// </summary>
    internal static BuiltinObject DefineConstructor(
        this JsEngine engine, string name, int length, NativeFunction call, NativeFunction construct, JsObject prototype)
    {
        var constructor = new NativeFunctionObject(engine, name, length, call, construct);
        constructor.DefineData("prototype", JsValue.From(prototype), PropertyAttributes.None);
        prototype.DefineData("constructor", JsValue.From(constructor), PropertyAttributes.Hidden);
        engine.DefineGlobal(name, JsValue.From(constructor));
        return new BuiltinObject(engine, constructor);
    }

    /// <summary>Defines a global that scripts may overwrite but not enumerate.</summary>
    internal static void DefineGlobal(this JsEngine engine, string name, in JsValue value) =>
        engine.Global.DefineData(name, value, PropertyAttributes.Hidden);

    /// <summary>The argument at a position, or undefined.</summary>
    internal static JsValue At(this ReadOnlySpan<JsValue> arguments, int position) =>
        (uint)position < (uint)arguments.Length ? arguments[position] : default;
}
