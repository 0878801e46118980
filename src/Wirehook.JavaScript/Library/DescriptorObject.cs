using Wirehook.JavaScript.Runtime;

namespace Wirehook.JavaScript.Library;

/// <summary>Property descriptors as script objects (ES5.1 §8.10.4 and §8.10.5).</summary>
internal static class DescriptorObject
{
    /// <summary>The object that shows a descriptor to scripts.</summary>
    internal static JsObject From(JsEngine engine, in PropertyDescriptor descriptor)
    {
        var o = engine.NewObject();
        if (descriptor.IsAccessor)
        {
            o.DefineData("get", JsValue.From(descriptor.Getter));
            o.DefineData("set", JsValue.From(descriptor.Setter));
        }
        else
        {
            o.DefineData("value", descriptor.Value);
            o.DefineData("writable", JsValue.From(descriptor.IsWritable));
        }
        o.DefineData("enumerable", JsValue.From(descriptor.IsEnumerable));
        o.DefineData("configurable", JsValue.From(descriptor.IsConfigurable));
        return o;
    }

    /// <summary>Reads a descriptor from a script object.</summary>
    /// <exception cref="JsException">A TypeError for contradicting parts, or what a getter throws.</exception>
    internal static PropertyDescriptor Read(JsEngine engine, in JsValue value)
    {
        if (!value.IsObject)
            throw engine.TypeError($"Property description must be an object: {engine.ToDisplayString(value)}");
        var o = value.AsObject;
        var present = PropertyAttributes.None;
        var attributes = PropertyAttributes.None;
        ReadAttribute(o, "enumerable", PropertyAttributes.Enumerable, ref present, ref attributes);
        ReadAttribute(o, "configurable", PropertyAttributes.Configurable, ref present, ref attributes);
        bool hasValue = o.HasProperty("value");
        var given = hasValue ? o.Get("value") : default;
        ReadAttribute(o, "writable", PropertyAttributes.Writable, ref present, ref attributes);
        bool hasGetter = ReadFunction(engine, o, "get", "Getter", out var getter);
        bool hasSetter = ReadFunction(engine, o, "set", "Setter", out var setter);
        if ((hasGetter || hasSetter) && (hasValue || (present & PropertyAttributes.Writable) != 0))
            throw engine.TypeError("Invalid property descriptor. Cannot both specify accessors and a value or writable attribute");
        return new PropertyDescriptor(present, attributes, given, hasValue)
        {
            Getter = getter,
            Setter = setter,
            HasGetter = hasGetter,
            HasSetter = hasSetter,
        };
    }

    private static void ReadAttribute(
        JsObject o, string name, PropertyAttributes attribute, ref PropertyAttributes present, ref PropertyAttributes attributes)
    {
        if (!o.HasProperty(name))
            return;
        present |= attribute;
        if (TypeConversion.ToBoolean(o.Get(name)))
            attributes |= attribute;
    }

    private static bool ReadFunction(JsEngine engine, JsObject o, string name, string role, out JsFunction? function)
    {
        function = null;
        if (!o.HasProperty(name))
            return false;
        var value = o.Get(name);
        function = value.AsFunction;
        if (function is null && !value.IsUndefined)
            throw engine.TypeError($"{role} must be a function: {engine.ToDisplayString(value)}");
        return true;
    }
}
