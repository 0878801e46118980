using Wirehook.JavaScript.Library.Text;
using Wirehook.JavaScript.Runtime;

namespace Wirehook.JavaScript.Library;

/// <summary>String.prototype (ES5.1 §15.5.4, B.2.3) with the later additions. Every function takes anything but undefined and null as <c>this</c>.</summary>
internal static partial class StringPrototype
{
    internal static void Install(JsEngine engine)
    {
        var prototype = engine.Define(engine.Intrinsics.StringPrototype)
            .Method("toString", 0, ToText)
            .Method("valueOf", 0, ToText)
            .Method("charAt", 1, CharAt)
            .Method("charCodeAt", 1, CharCodeAt)
            .Method("codePointAt", 1, CodePointAt)
            .Method("at", 1, At)
            .Method("concat", 1, Concat)
            .Method("slice", 2, Slice)
            .Method("substring", 2, Substring)
            .Method("substr", 2, Substr)
            .Method("toLowerCase", 0, ToLowerCase)
            .Method("toLocaleLowerCase", 0, ToLowerCase)
            .Method("toUpperCase", 0, ToUpperCase)
            .Method("toLocaleUpperCase", 0, ToUpperCase)
            .Method("trim", 0, Trim)
            .Method("trimStart", 0, TrimStart)
            .Method("trimEnd", 0, TrimEnd)
            .Method("repeat", 1, Repeat)
            .Method("padStart", 1, PadStart)
            .Method("padEnd", 1, PadEnd);
        prototype.Property("trimLeft", prototype.Target.Get("trimStart")).Property("trimRight", prototype.Target.Get("trimEnd"));
        InstallSearch(prototype);
        InstallMatching(prototype);
        InstallHtml(prototype);
    }

    /// <summary>The text of <c>this</c> of a generic function.</summary>
    private static string This(JsEngine engine, in JsValue thisValue, string method)
    {
        if (thisValue.IsString)
            return thisValue.AsString;
        TypeConversion.CheckObjectCoercible(engine, thisValue, "String.prototype." + method);
        return TypeConversion.ToText(thisValue);
    }

    private static JsValue ToText(JsEngine engine, in JsValue thisValue, ReadOnlySpan<JsValue> arguments)
    {
        if (thisValue.IsString)
            return thisValue;
        if (thisValue.IsObject && thisValue.AsObject is JsStringObject text)
            return JsValue.From(text.PrimitiveValue);
        throw engine.TypeError("String.prototype.toString requires that 'this' be a String");
    }

    private static JsValue CharAt(JsEngine engine, in JsValue thisValue, ReadOnlySpan<JsValue> arguments)
    {
        string text = This(engine, thisValue, "charAt");
        double position = TypeConversion.ToInteger(arguments.At(0));
        return position >= 0 && position < text.Length ? JsValue.From(SingleCharacter.Text(text[(int)position])) : JsValue.EmptyString;
    }

    private static JsValue CharCodeAt(JsEngine engine, in JsValue thisValue, ReadOnlySpan<JsValue> arguments)
    {
        string text = This(engine, thisValue, "charCodeAt");
        double position = TypeConversion.ToInteger(arguments.At(0));
        return JsValue.From(position >= 0 && position < text.Length ? text[(int)position] : double.NaN);
    }

    private static JsValue CodePointAt(JsEngine engine, in JsValue thisValue, ReadOnlySpan<JsValue> arguments)
    {
        string text = This(engine, thisValue, "codePointAt");
        double position = TypeConversion.ToInteger(arguments.At(0));
        if (position < 0 || position >= text.Length)
            return default;
        int at = (int)position;
        bool isPair = at + 1 < text.Length && char.IsSurrogatePair(text[at], text[at + 1]);
        return JsValue.From((double)(isPair ? char.ConvertToUtf32(text[at], text[at + 1]) : text[at]));
    }

    private static JsValue At(JsEngine engine, in JsValue thisValue, ReadOnlySpan<JsValue> arguments)
    {
        string text = This(engine, thisValue, "at");
        double position = TypeConversion.ToInteger(arguments.At(0));
        if (position < 0)
            position += text.Length;
        return position >= 0 && position < text.Length ? JsValue.From(SingleCharacter.Text(text[(int)position])) : default;
    }

    private static JsValue Concat(JsEngine engine, in JsValue thisValue, ReadOnlySpan<JsValue> arguments)
    {
        var result = JsValue.From(This(engine, thisValue, "concat"));
        foreach (ref readonly var argument in arguments)
            result = engine.Concatenate(result, JsValue.From(TypeConversion.ToText(argument)));
        return result;
    }

    private static JsValue Slice(JsEngine engine, in JsValue thisValue, ReadOnlySpan<JsValue> arguments)
    {
        string text = This(engine, thisValue, "slice");
        double start = ArrayLike.RelativeIndex(arguments.At(0), text.Length, 0);
        double end = ArrayLike.RelativeIndex(arguments.At(1), text.Length, text.Length);
        return Part(engine, text, start, end);
    }

    private static JsValue Substring(JsEngine engine, in JsValue thisValue, ReadOnlySpan<JsValue> arguments)
    {
        string text = This(engine, thisValue, "substring");
        double start = Math.Clamp(TypeConversion.ToInteger(arguments.At(0)), 0, text.Length);
        double end = arguments.At(1).IsUndefined ? text.Length : Math.Clamp(TypeConversion.ToInteger(arguments[1]), 0, text.Length);
        return Part(engine, text, Math.Min(start, end), Math.Max(start, end));
    }

    private static JsValue Substr(JsEngine engine, in JsValue thisValue, ReadOnlySpan<JsValue> arguments)
    {
        string text = This(engine, thisValue, "substr");
        double start = ArrayLike.RelativeIndex(arguments.At(0), text.Length, 0);
        double count = arguments.At(1).IsUndefined ? text.Length : TypeConversion.ToInteger(arguments[1]);
        return Part(engine, text, start, start + Math.Min(count, text.Length - start));
    }

    /// <summary>The part between two positions; single characters are shared strings.</summary>
    private static JsValue Part(JsEngine engine, string text, double start, double end)
    {
        int length = (int)(end - start);
        if (length <= 0)
            return JsValue.EmptyString;
        if (length == 1)
            return JsValue.From(SingleCharacter.Text(text[(int)start]));
        if (length == text.Length)
            return JsValue.From(text);
        engine.AccountString(length);
        return JsValue.From(text.Substring((int)start, length));
    }

    private static JsValue ToLowerCase(JsEngine engine, in JsValue thisValue, ReadOnlySpan<JsValue> arguments)
    {
        string text = This(engine, thisValue, "toLowerCase");
        engine.Tick(text.Length >> 3);
        engine.AccountString(text.Length);
        return JsValue.From(CaseMapping.ToLower(text));
    }

    private static JsValue ToUpperCase(JsEngine engine, in JsValue thisValue, ReadOnlySpan<JsValue> arguments)
    {
        string text = This(engine, thisValue, "toUpperCase");
        engine.Tick(text.Length >> 3);
        engine.AccountString(text.Length);
        return JsValue.From(CaseMapping.ToUpper(text));
    }

    private static JsValue Trim(JsEngine engine, in JsValue thisValue, ReadOnlySpan<JsValue> arguments)
    {
        string text = This(engine, thisValue, "trim");
        return Trimmed(engine, text, WhiteSpace.Trim(text));
    }

    private static JsValue TrimStart(JsEngine engine, in JsValue thisValue, ReadOnlySpan<JsValue> arguments)
    {
        string text = This(engine, thisValue, "trimStart");
        return Trimmed(engine, text, WhiteSpace.TrimStart(text));
    }

    private static JsValue TrimEnd(JsEngine engine, in JsValue thisValue, ReadOnlySpan<JsValue> arguments)
    {
        string text = This(engine, thisValue, "trimEnd");
        return Trimmed(engine, text, WhiteSpace.TrimEnd(text));
    }

    private static JsValue Trimmed(JsEngine engine, string text, ReadOnlySpan<char> trimmed)
    {
        engine.Tick(text.Length - trimmed.Length);
        if (trimmed.Length == text.Length)
            return JsValue.From(text);
        engine.AccountString(trimmed.Length);
        return JsValue.From(new string(trimmed));
    }

    private static JsValue Repeat(JsEngine engine, in JsValue thisValue, ReadOnlySpan<JsValue> arguments)
    {
        string text = This(engine, thisValue, "repeat");
        double count = TypeConversion.ToInteger(arguments.At(0));
        if (count < 0 || double.IsInfinity(count))
            throw engine.RangeError($"Invalid count value: {engine.ToDisplayString(arguments.At(0))}");
        if (text.Length == 0 || count == 0)
            return JsValue.EmptyString;
        return JsValue.From(Repeated(engine, text, checked((long)Math.Min(count * text.Length, int.MaxValue))));
    }

    /// <summary>A text over and over up to a length; the length is accounted before anything is made.</summary>
    private static string Repeated(JsEngine engine, string text, long length)
    {
        engine.AccountString(length);
        engine.Tick((int)(length >> 6));
        return string.Create((int)length, text, static (output, text) =>
        {
            int filled = Math.Min(text.Length, output.Length);
            text.AsSpan(0, filled).CopyTo(output);
            while (filled < output.Length)
            {
                int more = Math.Min(filled, output.Length - filled);
                output[..more].CopyTo(output[filled..]);
                filled += more;
            }
        });
    }

    private static JsValue PadStart(JsEngine engine, in JsValue thisValue, ReadOnlySpan<JsValue> arguments)
    {
        string text = This(engine, thisValue, "padStart");
        return JsValue.From(Padding(engine, text, arguments) + text);
    }

    private static JsValue PadEnd(JsEngine engine, in JsValue thisValue, ReadOnlySpan<JsValue> arguments)
    {
        string text = This(engine, thisValue, "padEnd");
        return JsValue.From(text + Padding(engine, text, arguments));
    }

    private static string Padding(JsEngine engine, string text, ReadOnlySpan<JsValue> arguments)
    {
        double length = TypeConversion.ToInteger(arguments.At(0));
        if (length <= text.Length)
            return "";
        string filler = arguments.At(1).IsUndefined ? " " : TypeConversion.ToText(arguments[1]);
        if (filler.Length == 0)
            return "";
        long whole = (long)Math.Min(length, int.MaxValue);
        engine.AccountString(whole);
        return Repeated(engine, filler, whole - text.Length);
    }
}
