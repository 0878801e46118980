using Wirehook.JavaScript.Library.Numbers;
using Wirehook.JavaScript.Library.Text;
using Wirehook.JavaScript.Runtime;

namespace Wirehook.JavaScript.Library;

/// <summary>Values and functions of the global object (ES5.1 §15.1 and B.2) but for <c>eval</c>.</summary>
internal static class GlobalFunctions
{
    internal static void Install(JsEngine engine)
    {
        engine.DefineGlobal("globalThis", JsValue.From(engine.Global));
        engine.Define(engine.Global)
            .Constant("NaN", JsValue.From(double.NaN))
            .Constant("Infinity", JsValue.From(double.PositiveInfinity))
            .Constant("undefined", default)
            .Method("parseInt", 2, ParseInt)
            .Method("parseFloat", 1, ParseFloat)
            .Method("isNaN", 1, static (_, in _, a) => JsValue.From(double.IsNaN(TypeConversion.ToNumber(a.At(0)))))
            .Method("isFinite", 1, static (_, in _, a) => JsValue.From(double.IsFinite(TypeConversion.ToNumber(a.At(0)))))
            .Method("decodeURI", 1, static (engine, in _, a) => Decode(engine, a.At(0), UriText.ReservedAndHash))
            .Method("decodeURIComponent", 1, static (engine, in _, a) => Decode(engine, a.At(0), ""))
            .Method("encodeURI", 1, static (engine, in _, a) => Encode(engine, a.At(0), UriText.Unescaped + UriText.ReservedAndHash))
            .Method("encodeURIComponent", 1, static (engine, in _, a) => Encode(engine, a.At(0), UriText.Unescaped))
            .Method("escape", 1, static (engine, in _, a) => Transform(engine, a.At(0), UriText.Escape))
            .Method("unescape", 1, static (engine, in _, a) => Transform(engine, a.At(0), UriText.Unescape));
    }

    private static JsValue ParseInt(JsEngine engine, in JsValue thisValue, ReadOnlySpan<JsValue> arguments)
    {
        string text = TypeConversion.ToText(arguments.At(0));
        int radix = TypeConversion.ToInt32(arguments.At(1));
        engine.Tick(text.Length >> 3);
        return JsValue.From(NumberParser.ParseInt(text, radix));
    }

    private static JsValue ParseFloat(JsEngine engine, in JsValue thisValue, ReadOnlySpan<JsValue> arguments)
    {
        string text = TypeConversion.ToText(arguments.At(0));
        engine.Tick(text.Length >> 3);
        return JsValue.From(NumberParser.ParseFloat(text));
    }

    private static JsValue Encode(JsEngine engine, in JsValue value, string unescaped)
    {
        string text = TypeConversion.ToText(value);
        engine.Tick(text.Length);
        var output = new TextBuilder(engine);
        return UriText.TryEncode(text, unescaped, output) ? JsValue.From(output.ToString()) : throw Malformed(engine);
    }

    private static JsValue Decode(JsEngine engine, in JsValue value, string reserved)
    {
        string text = TypeConversion.ToText(value);
        engine.Tick(text.Length);
        var output = new TextBuilder(engine);
        return UriText.TryDecode(text, reserved, output) ? JsValue.From(output.ToString()) : throw Malformed(engine);
    }

    private static JsValue Transform(JsEngine engine, in JsValue value, Action<string, TextBuilder> transform)
    {
        string text = TypeConversion.ToText(value);
        engine.Tick(text.Length);
        var output = new TextBuilder(engine);
        transform(text, output);
        return JsValue.From(output.ToString());
    }

    private static JsException Malformed(JsEngine engine) => engine.Throw(engine.NewError(JsErrorKind.UriError, "URI malformed"));
}
