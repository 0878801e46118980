using Wirehook.JavaScript.Runtime;

namespace Wirehook.JavaScript.Library;

/// <summary>Object and the functions on it (ES5.1 §15.2.1 to 15.2.3), which take primitives as ES2015 does.</summary>
internal static class ObjectConstructor
{
    internal static void Install(JsEngine engine)
    {
        engine.DefineConstructor("Object", 1, Call, Call, engine.Intrinsics.ObjectPrototype)
            .Method("getPrototypeOf", 1, GetPrototypeOf)
            .Method("setPrototypeOf", 2, SetPrototypeOf)
            .Method("getOwnPropertyDescriptor", 2, GetOwnPropertyDescriptor)
            .Method("getOwnPropertyDescriptors", 1, GetOwnPropertyDescriptors)
            .Method("getOwnPropertyNames", 1, GetOwnPropertyNames)
            .Method("create", 2, Create)
            .Method("defineProperty", 3, DefineProperty)
            .Method("defineProperties", 2, DefineProperties)
            .Method("seal", 1, Seal)
            .Method("freeze", 1, Freeze)
            .Method("preventExtensions", 1, PreventExtensions)
            .Method("isSealed", 1, IsSealed)
            .Method("isFrozen", 1, IsFrozen)
            .Method("isExtensible", 1, IsExtensible)
            .Method("keys", 1, Keys)
            .Method("values", 1, Values)
            .Method("entries", 1, Entries)
            .Method("assign", 2, Assign)
            .Method("is", 2, Is)
            .Method("fromEntries", 1, FromEntries)
            .Method("hasOwn", 2, HasOwn);
        ObjectPrototype.Install(engine);
    }

    private static JsValue Call(JsEngine engine, in JsValue thisValue, ReadOnlySpan<JsValue> arguments)
    {
        var value = arguments.At(0);
        return JsValue.From(value.IsNullOrUndefined ? engine.NewObject() : TypeConversion.ToObject(engine, value));
    }

    private static JsValue GetPrototypeOf(JsEngine engine, in JsValue thisValue, ReadOnlySpan<JsValue> arguments) =>
        JsValue.FromOrNull(TypeConversion.ToObject(engine, arguments.At(0)).Prototype);

    private static JsValue SetPrototypeOf(JsEngine engine, in JsValue thisValue, ReadOnlySpan<JsValue> arguments)
    {
        var value = arguments.At(0);
        var prototype = arguments.At(1);
        TypeConversion.CheckObjectCoercible(engine, value, "Object.setPrototypeOf");
        if (!prototype.IsObject && !prototype.IsNull)
            throw engine.TypeError($"Object prototype may only be an Object or null: {engine.ToDisplayString(prototype)}");
        if (value.IsObject)
            ObjectPrototype.ChangePrototype(value.AsObject, prototype);
        return value;
    }

    private static JsValue GetOwnPropertyDescriptor(JsEngine engine, in JsValue thisValue, ReadOnlySpan<JsValue> arguments)
    {
        var o = TypeConversion.ToObject(engine, arguments.At(0));
        var key = TypeConversion.ToPropertyKey(arguments.At(1));
        return o.GetOwnProperty(key, out var descriptor) ? JsValue.From(DescriptorObject.From(engine, descriptor)) : default;
    }

    private static JsValue GetOwnPropertyDescriptors(JsEngine engine, in JsValue thisValue, ReadOnlySpan<JsValue> arguments)
    {
        var o = TypeConversion.ToObject(engine, arguments.At(0));
        var result = engine.NewObject();
        foreach (var key in OwnKeys(o))
        {
            if (o.GetOwnProperty(key, out var descriptor))
                result.DefineData(key, JsValue.From(DescriptorObject.From(engine, descriptor)));
        }
        return JsValue.From(result);
    }

    private static JsValue GetOwnPropertyNames(JsEngine engine, in JsValue thisValue, ReadOnlySpan<JsValue> arguments)
    {
        var names = engine.NewArray(default);
        foreach (var key in OwnKeys(TypeConversion.ToObject(engine, arguments.At(0))))
            names.Add(key.ToValue());
        return JsValue.From(names);
    }

    private static JsValue Create(JsEngine engine, in JsValue thisValue, ReadOnlySpan<JsValue> arguments)
    {
        var prototype = arguments.At(0);
        if (!prototype.IsObject && !prototype.IsNull)
            throw engine.TypeError($"Object prototype may only be an Object or null: {engine.ToDisplayString(prototype)}");
        var o = engine.NewObject(prototype.IsNull ? null : prototype.AsObject);
        if (!arguments.At(1).IsUndefined)
            DefineAll(engine, o, arguments.At(1));
        return JsValue.From(o);
    }

    private static JsValue DefineProperty(JsEngine engine, in JsValue thisValue, ReadOnlySpan<JsValue> arguments)
    {
        var o = RequireObject(engine, arguments.At(0), "defineProperty");
        var key = TypeConversion.ToPropertyKey(arguments.At(1));
        o.DefineOrThrow(key, DescriptorObject.Read(engine, arguments.At(2)));
        return arguments.At(0);
    }

    private static JsValue DefineProperties(JsEngine engine, in JsValue thisValue, ReadOnlySpan<JsValue> arguments)
    {
        DefineAll(engine, RequireObject(engine, arguments.At(0), "defineProperties"), arguments.At(1));
        return arguments.At(0);
    }

    /// <summary>§15.2.3.7: all descriptors are read before the first one takes effect.</summary>
    private static void DefineAll(JsEngine engine, JsObject o, in JsValue properties)
    {
        var source = TypeConversion.ToObject(engine, properties);
        var wanted = new List<(PropertyKey Key, PropertyDescriptor Descriptor)>();
        foreach (var key in OwnKeys(source))
        {
            if (source.IsOwnEnumerable(key))
                wanted.Add((key, DescriptorObject.Read(engine, source.Get(key))));
        }
        foreach (var (key, descriptor) in wanted)
            o.DefineOrThrow(key, descriptor);
    }

    private static JsValue Seal(JsEngine engine, in JsValue thisValue, ReadOnlySpan<JsValue> arguments)
    {
        if (arguments.At(0).IsObject)
            Restrict(arguments[0].AsObject, freeze: false);
        return arguments.At(0);
    }

    private static JsValue Freeze(JsEngine engine, in JsValue thisValue, ReadOnlySpan<JsValue> arguments)
    {
        if (arguments.At(0).IsObject)
            Restrict(arguments[0].AsObject, freeze: true);
        return arguments.At(0);
    }

    private static void Restrict(JsObject o, bool freeze)
    {
        o.PreventExtensions();
        foreach (var key in OwnKeys(o))
        {
            o.Engine.Tick();
            if (!o.GetOwnProperty(key, out var current))
                continue;
            bool locks = freeze && !current.IsAccessor;
            o.DefineOrThrow(key, new PropertyDescriptor
            {
                Present = PropertyAttributes.Configurable | (locks ? PropertyAttributes.Writable : PropertyAttributes.None),
            });
        }
    }

    private static JsValue PreventExtensions(JsEngine engine, in JsValue thisValue, ReadOnlySpan<JsValue> arguments)
    {
        if (arguments.At(0).IsObject)
            arguments[0].AsObject.PreventExtensions();
        return arguments.At(0);
    }

    private static JsValue IsSealed(JsEngine engine, in JsValue thisValue, ReadOnlySpan<JsValue> arguments) =>
        JsValue.From(!arguments.At(0).IsObject || IsRestricted(arguments[0].AsObject, frozen: false));

    private static JsValue IsFrozen(JsEngine engine, in JsValue thisValue, ReadOnlySpan<JsValue> arguments) =>
        JsValue.From(!arguments.At(0).IsObject || IsRestricted(arguments[0].AsObject, frozen: true));

    private static bool IsRestricted(JsObject o, bool frozen)
    {
        if (o.IsExtensible)
            return false;
        foreach (var key in OwnKeys(o))
        {
            if (o.GetOwnProperty(key, out var current) && (current.IsConfigurable || (frozen && !current.IsAccessor && current.IsWritable)))
                return false;
        }
        return true;
    }

    private static JsValue IsExtensible(JsEngine engine, in JsValue thisValue, ReadOnlySpan<JsValue> arguments) =>
        JsValue.From(arguments.At(0).IsObject && arguments[0].AsObject.IsExtensible);

    private static JsValue Keys(JsEngine engine, in JsValue thisValue, ReadOnlySpan<JsValue> arguments)
    {
        var o = TypeConversion.ToObject(engine, arguments.At(0));
        var names = engine.NewArray(default);
        foreach (var key in OwnKeys(o))
        {
            if (o.IsOwnEnumerable(key))
                names.Add(key.ToValue());
        }
        return JsValue.From(names);
    }

    private static JsValue Values(JsEngine engine, in JsValue thisValue, ReadOnlySpan<JsValue> arguments)
    {
        var o = TypeConversion.ToObject(engine, arguments.At(0));
        var values = engine.NewArray(default);
        foreach (var key in OwnKeys(o))
        {
            if (o.IsOwnEnumerable(key))
                values.Add(o.Get(key));
        }
        return JsValue.From(values);
    }

    private static JsValue Entries(JsEngine engine, in JsValue thisValue, ReadOnlySpan<JsValue> arguments)
    {
        var o = TypeConversion.ToObject(engine, arguments.At(0));
        var entries = engine.NewArray(default);
        foreach (var key in OwnKeys(o))
        {
            if (o.IsOwnEnumerable(key))
                entries.Add(JsValue.From(engine.NewArray([key.ToValue(), o.Get(key)])));
        }
        return JsValue.From(entries);
    }

    private static JsValue Assign(JsEngine engine, in JsValue thisValue, ReadOnlySpan<JsValue> arguments)
    {
        var target = TypeConversion.ToObject(engine, arguments.At(0));
        for (int i = 1; i < arguments.Length; i++)
        {
            if (arguments[i].IsNullOrUndefined)
                continue;
            var source = TypeConversion.ToObject(engine, arguments[i]);
            foreach (var key in OwnKeys(source))
            {
                if (source.IsOwnEnumerable(key))
                    target.Set(key, source.Get(key));
            }
        }
        return JsValue.From(target);
    }

    private static JsValue Is(JsEngine engine, in JsValue thisValue, ReadOnlySpan<JsValue> arguments) =>
        JsValue.From(TypeConversion.SameValue(arguments.At(0), arguments.At(1)));

    private static JsValue FromEntries(JsEngine engine, in JsValue thisValue, ReadOnlySpan<JsValue> arguments)
    {
        var o = engine.NewObject();
        var entries = engine.Iterate(arguments.At(0));
        while (entries.MoveNext(out var entry))
        {
            engine.Tick();
            if (!entry.IsObject)
                throw engine.TypeError($"Iterator value {engine.ToDisplayString(entry)} is not an entry object");
            var name = entry.AsObject.Get(0);
            o.DefineData(TypeConversion.ToPropertyKey(name), entry.AsObject.Get(1));
        }
        return JsValue.From(o);
    }

    private static JsValue HasOwn(JsEngine engine, in JsValue thisValue, ReadOnlySpan<JsValue> arguments)
    {
        var o = TypeConversion.ToObject(engine, arguments.At(0));
        return JsValue.From(o.HasOwnProperty(TypeConversion.ToPropertyKey(arguments.At(1))));
    }

    private static JsObject RequireObject(JsEngine engine, in JsValue value, string function) =>
        value.IsObject ? value.AsObject : throw engine.TypeError($"Object.{function} called on non-object");

    /// <summary>The own keys as they are now; the engine's guards see the work and the memory.</summary>
    private static List<PropertyKey> OwnKeys(JsObject o)
    {
        var keys = new List<PropertyKey>();
        o.CollectOwnKeys(keys);
        o.Engine.Tick(keys.Count);
        o.Engine.AccountArray(keys.Count);
        return keys;
    }
}
