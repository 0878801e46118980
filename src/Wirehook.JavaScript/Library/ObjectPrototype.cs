using Wirehook.JavaScript.Runtime;

namespace Wirehook.JavaScript.Library;

/// <summary>Object.prototype (ES5.1 §15.2.4) with the legacy accessor functions of the web.</summary>
internal static class ObjectPrototype
{
    internal static void Install(JsEngine engine)
    {
        engine.Define(engine.Intrinsics.ObjectPrototype)
            .Method("toString", 0, ToText)
            .Method("toLocaleString", 0, ToLocaleText)
            .Method("valueOf", 0, ValueOf)
            .Method("hasOwnProperty", 1, HasOwnProperty)
            .Method("isPrototypeOf", 1, IsPrototypeOf)
            .Method("propertyIsEnumerable", 1, PropertyIsEnumerable)
            .Method("__defineGetter__", 2, DefineGetter)
            .Method("__defineSetter__", 2, DefineSetter)
            .Method("__lookupGetter__", 1, LookupGetter)
            .Method("__lookupSetter__", 1, LookupSetter)
            .Accessor("__proto__", GetPrototype, SetPrototype);
    }

    /// <summary>§15.2.4.2.</summary>
    internal static JsValue ToText(JsEngine engine, in JsValue thisValue, ReadOnlySpan<JsValue> arguments)
    {
        if (thisValue.IsUndefined)
            return JsValue.From("[object Undefined]");
        if (thisValue.IsNull)
            return JsValue.From("[object Null]");
        return JsValue.From($"[object {TypeConversion.ToObject(engine, thisValue).ClassName}]");
    }

    /// <summary>Changes a prototype or says why that cannot be.</summary>
    internal static void ChangePrototype(JsObject o, in JsValue prototype)
    {
        if (o.TrySetPrototype(prototype.IsNull ? null : prototype.AsObject))
            return;
        throw o.Engine.TypeError(o.IsExtensible ? "Cyclic __proto__ value" : $"{o.DisplayName} is not extensible");
    }

    private static JsValue ToLocaleText(JsEngine engine, in JsValue thisValue, ReadOnlySpan<JsValue> arguments)
    {
        TypeConversion.CheckObjectCoercible(engine, thisValue, "Object.prototype.toLocaleString");
        var method = engine.GetProperty(thisValue, "toString");
        return Callback.Require(engine, method).Call(thisValue, default);
    }

    private static JsValue ValueOf(JsEngine engine, in JsValue thisValue, ReadOnlySpan<JsValue> arguments) =>
        JsValue.From(TypeConversion.ToObject(engine, thisValue));

    private static JsValue HasOwnProperty(JsEngine engine, in JsValue thisValue, ReadOnlySpan<JsValue> arguments)
    {
        var key = TypeConversion.ToPropertyKey(arguments.At(0));
        return JsValue.From(TypeConversion.ToObject(engine, thisValue).HasOwnProperty(key));
    }

    private static JsValue IsPrototypeOf(JsEngine engine, in JsValue thisValue, ReadOnlySpan<JsValue> arguments)
    {
        var value = arguments.At(0);
        if (!value.IsObject)
            return JsValue.False;
        var o = TypeConversion.ToObject(engine, thisValue);
        for (var link = value.AsObject.Prototype; link is not null; link = link.Prototype)
        {
            if (ReferenceEquals(link, o))
                return JsValue.True;
        }
        return JsValue.False;
    }

    private static JsValue PropertyIsEnumerable(JsEngine engine, in JsValue thisValue, ReadOnlySpan<JsValue> arguments)
    {
        var key = TypeConversion.ToPropertyKey(arguments.At(0));
        return JsValue.From(TypeConversion.ToObject(engine, thisValue).IsOwnEnumerable(key));
    }

    private static JsValue DefineGetter(JsEngine engine, in JsValue thisValue, ReadOnlySpan<JsValue> arguments)
    {
        var o = TypeConversion.ToObject(engine, thisValue);
        var getter = Callback.Require(engine, arguments.At(1));
        o.DefineOrThrow(TypeConversion.ToPropertyKey(arguments.At(0)), Visible with { Getter = getter, HasGetter = true });
        return default;
    }

    private static JsValue DefineSetter(JsEngine engine, in JsValue thisValue, ReadOnlySpan<JsValue> arguments)
    {
        var o = TypeConversion.ToObject(engine, thisValue);
        var setter = Callback.Require(engine, arguments.At(1));
        o.DefineOrThrow(TypeConversion.ToPropertyKey(arguments.At(0)), Visible with { Setter = setter, HasSetter = true });
        return default;
    }

    private static PropertyDescriptor Visible => new()
    {
        Present = PropertyAttributes.Enumerable | PropertyAttributes.Configurable,
        Attributes = PropertyAttributes.Enumerable | PropertyAttributes.Configurable,
    };

    private static JsValue LookupGetter(JsEngine engine, in JsValue thisValue, ReadOnlySpan<JsValue> arguments)
    {
        var o = TypeConversion.ToObject(engine, thisValue);
        return o.GetProperty(TypeConversion.ToPropertyKey(arguments.At(0)), out var property) ? JsValue.From(property.Getter) : default;
    }

    private static JsValue LookupSetter(JsEngine engine, in JsValue thisValue, ReadOnlySpan<JsValue> arguments)
    {
        var o = TypeConversion.ToObject(engine, thisValue);
        return o.GetProperty(TypeConversion.ToPropertyKey(arguments.At(0)), out var property) ? JsValue.From(property.Setter) : default;
    }

    private static JsValue GetPrototype(JsEngine engine, in JsValue thisValue, ReadOnlySpan<JsValue> arguments) =>
        JsValue.FromOrNull(TypeConversion.ToObject(engine, thisValue).Prototype);

    private static JsValue SetPrototype(JsEngine engine, in JsValue thisValue, ReadOnlySpan<JsValue> arguments)
    {
        var prototype = arguments.At(0);
        TypeConversion.CheckObjectCoercible(engine, thisValue, "Object.prototype.__proto__");
        if (thisValue.IsObject && (prototype.IsObject || prototype.IsNull))
            ChangePrototype(thisValue.AsObject, prototype);
        return default;
    }
}
