using Wirehook.JavaScript.Runtime;

namespace Wirehook.JavaScript.Evaluation;

/// <summary>Property reads and writes on values of any type (ES5.1 §8.7), beyond what the caches know.</summary>
internal static class PropertyAccess
{
    /// <summary><c>target[key]</c></summary>
    internal static JsValue Read(JsEngine engine, in JsValue target, in JsValue key)
    {
        if (target.IsNullOrUndefined)
            throw engine.TypeError($"Cannot read properties of {(target.IsNull ? "null" : "undefined")} (reading '{TypeConversion.ToText(key)}')");
        return engine.GetProperty(target, TypeConversion.ToPropertyKey(key));
    }

    /// <summary><c>target[key] = value</c></summary>
    internal static void Write(JsEngine engine, in JsValue target, in JsValue key, in JsValue value, bool isStrict)
    {
        if (target.IsNullOrUndefined)
            throw engine.TypeError($"Cannot set properties of {(target.IsNull ? "null" : "undefined")} (setting '{TypeConversion.ToText(key)}')");
        Write(engine, target, TypeConversion.ToPropertyKey(key), value, isStrict);
    }

    /// <summary>Assigns a property; a failure throws in strict code only.</summary>
    internal static void Write(JsEngine engine, in JsValue target, PropertyKey key, in JsValue value, bool isStrict)
    {
        if (target.IsObject)
        {
            var o = target.AsObject;
            if (!o.TrySet(key, value) && isStrict)
                throw engine.TypeError(WriteFailure(o, key));
            return;
        }
        if (target.IsNullOrUndefined)
            throw engine.TypeError($"Cannot set properties of {(target.IsNull ? "null" : "undefined")} (setting '{key}')");
        WritePrimitive(engine, target, key, value, isStrict);
    }

    // §8.7.2: a property of a primitive is set only if a setter on its prototypes takes it.
    private static void WritePrimitive(JsEngine engine, in JsValue target, PropertyKey key, in JsValue value, bool isStrict)
    {
        bool own = target.IsString && (key.IsIndex ? key.Index < (uint)target.StringLength : key.Name == "length");
        if (!own && engine.PrototypeOfPrimitive(target).GetProperty(key, out var property) && property is { IsAccessor: true, Setter: not null })
            property.Setter.Call(target, new ReadOnlySpan<JsValue>(in value));
        else if (isStrict)
            throw engine.TypeError($"Cannot create property '{key}' on {TypeConversion.TypeOf(target)} '{TypeConversion.ToText(target)}'");
    }

    /// <summary>Why a property of an object cannot be assigned.</summary>
    internal static string WriteFailure(JsObject o, PropertyKey key)
    {
        if (o.GetProperty(key, out var property) && property.IsAccessor)
            return $"Cannot set property {key} of {o.DisplayName} which has only a getter";
        return o.HasProperty(key)
            ? $"Cannot assign to read only property '{key}' of object '{o.DisplayName}'"
            : $"Cannot add property {key}, object is not extensible";
    }
}
