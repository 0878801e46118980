using Wirehook.JavaScript.Runtime;

namespace Wirehook.JavaScript.Library;

/// <summary>String and the functions on it (ES5.1 §15.5.1 to 15.5.3).</summary>
internal static class StringConstructor
{
    internal static void Install(JsEngine engine)
    {
        engine.DefineConstructor("String", 1, Call, Construct, engine.Intrinsics.StringPrototype)
            .Method("fromCharCode", 1, FromCharCode)
            .Method("fromCodePoint", 1, FromCodePoint)
            .Method("raw", 1, Raw);
        StringPrototype.Install(engine);
    }

    private static JsValue Call(JsEngine engine, in JsValue thisValue, ReadOnlySpan<JsValue> arguments) =>
        arguments.IsEmpty ? JsValue.EmptyString : arguments[0].IsString ? arguments[0] : JsValue.From(TypeConversion.ToText(arguments[0]));

    private static JsValue Construct(JsEngine engine, in JsValue thisValue, ReadOnlySpan<JsValue> arguments) =>
        JsValue.From(engine.Wrap(Call(engine, thisValue, arguments)));

    private static JsValue FromCharCode(JsEngine engine, in JsValue thisValue, ReadOnlySpan<JsValue> arguments)
    {
        if (arguments.Length == 1)
            return JsValue.From(SingleCharacter.Text((char)TypeConversion.ToUint16(arguments[0])));
        engine.AccountString(arguments.Length);
        var units = new char[arguments.Length];
        for (int i = 0; i < units.Length; i++)
            units[i] = (char)TypeConversion.ToUint16(arguments[i]);
        return JsValue.From(new string(units));
    }

    private static JsValue FromCodePoint(JsEngine engine, in JsValue thisValue, ReadOnlySpan<JsValue> arguments)
    {
        var text = new TextBuilder(engine);
        foreach (ref readonly var argument in arguments)
        {
            double point = TypeConversion.ToNumber(argument);
            if (!double.IsInteger(point) || point is < 0 or > 0x10FFFF)
                throw engine.RangeError($"Invalid code point {TypeConversion.NumberToString(point)}");
            if (point < 0x10000)
                text.Append((char)point);
            else
                text.Append(char.ConvertFromUtf32((int)point));
        }
        return JsValue.From(text.ToString());
    }

    private static JsValue Raw(JsEngine engine, in JsValue thisValue, ReadOnlySpan<JsValue> arguments)
    {
        var raw = TypeConversion.ToObject(engine, TypeConversion.ToObject(engine, arguments.At(0)).Get("raw"));
        double length = ArrayLike.Length(raw);
        var text = new TextBuilder(engine);
        for (int i = 0; i < length; i++)
        {
            engine.Tick();
            text.Append(TypeConversion.ToText(ArrayLike.Get(raw, i)));
            if (i + 1 < length && i + 1 < arguments.Length)
                text.Append(TypeConversion.ToText(arguments[i + 1]));
        }
        return JsValue.From(text.ToString());
    }
}
