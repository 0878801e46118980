using Wirehook.JavaScript.Library.Json;
using Wirehook.JavaScript.Runtime;

namespace Wirehook.JavaScript.Library;

/// <summary>JSON (ES5.1 §15.12).</summary>
internal static class JsonObject
{
    private const int LongestGap = 10;

    internal static void Install(JsEngine engine)
    {
        var json = new NamedObject(engine, "JSON");
        engine.DefineGlobal("JSON", JsValue.From(json));
        engine.Define(json)
            .Method("parse", 2, Parse)
            .Method("stringify", 3, Stringify);
    }

    private static JsValue Parse(JsEngine engine, in JsValue thisValue, ReadOnlySpan<JsValue> arguments)
    {
        var value = JsonParser.Parse(engine, TypeConversion.ToText(arguments.At(0)));
        if (arguments.At(1).AsFunction is not { } reviver)
            return value;
        var holder = engine.NewObject();
        holder.DefineData("", value);
        return Revive(engine, reviver, holder, "");
    }

    /// <summary>The abstract operation Walk (§15.12.2).</summary>
    private static JsValue Revive(JsEngine engine, JsFunction reviver, JsObject holder, PropertyKey key)
    {
        engine.EnterNative();
        var value = holder.Get(key);
        if (value.IsObject)
            ReviveMembers(engine, reviver, value.AsObject);
        var revived = reviver.Call(JsValue.From(holder), [key.ToValue(), value]);
        engine.LeaveNative();
        return revived;
    }

    private static void ReviveMembers(JsEngine engine, JsFunction reviver, JsObject o)
    {
        if (o is JsArray)
        {
            double length = ArrayLike.Length(o);
            for (double i = 0; i < length; i++)
                ReviveMember(engine, reviver, o, PropertyKey.FromInteger(i));
            return;
        }
        var keys = new List<PropertyKey>();
        o.CollectOwnKeys(keys);
        engine.AccountArray(keys.Count);
        foreach (var key in keys)
        {
            if (o.IsOwnEnumerable(key))
                ReviveMember(engine, reviver, o, key);
        }
    }

    private static void ReviveMember(JsEngine engine, JsFunction reviver, JsObject o, PropertyKey key)
    {
        var revived = Revive(engine, reviver, o, key);
        if (revived.IsUndefined)
            o.Delete(key);
        else
            o.DefineData(key, revived);
    }

    private static JsValue Stringify(JsEngine engine, in JsValue thisValue, ReadOnlySpan<JsValue> arguments)
    {
        var replacer = arguments.At(1);
        var allowed = replacer.IsObject && replacer.AsObject is JsArray names ? AllowedNames(engine, names) : null;
        return JsonWriter.Write(engine, arguments.At(0), replacer.AsFunction, allowed, Gap(arguments.At(2)));
    }

    private static List<PropertyKey> AllowedNames(JsEngine engine, JsArray names)
    {
        var allowed = new List<PropertyKey>();
        var seen = new HashSet<PropertyKey>();
        for (uint i = 0; i < names.Length; i++)
        {
            engine.Tick();
            var name = names.Get(i);
            bool isName = name.IsString || name.IsNumber
                || (name.IsObject && name.AsObject is JsStringObject or JsPrimitiveObject { PrimitiveValue.IsNumber: true });
            if (isName && new PropertyKey(TypeConversion.ToText(name)) is var key && seen.Add(key))
                allowed.Add(key);
        }
        engine.AccountArray(allowed.Count * 2L);
        return allowed;
    }

    private static string Gap(in JsValue space)
    {
        var value = space;
        if (value.IsObject && value.AsObject is JsStringObject)
            value = JsValue.From(TypeConversion.ToText(value));
        else if (value.IsObject && value.AsObject is JsPrimitiveObject { PrimitiveValue.IsNumber: true })
            value = JsValue.From(TypeConversion.ToNumber(value));
        if (value.IsNumber)
            return new string(' ', (int)Math.Clamp(TypeConversion.ToInteger(value), 0, LongestGap));
        if (!value.IsString)
            return "";
        string text = value.AsString;
        return text.Length > LongestGap ? text[..LongestGap] : text;
    }
}
