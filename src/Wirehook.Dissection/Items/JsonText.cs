using System.Buffers;
using System.Globalization;
using System.Text;
using Wirehook.Dissection.Records;

namespace Wirehook.Dissection.Items;

/// <summary>Takes the pieces of a JSON text.</summary>
internal interface IJsonTarget
{
    /// <summary>ASCII text that needs no escaping.</summary>
    void Ascii(ReadOnlySpan<char> text);

    /// <summary>Text without characters that JSON escapes; it may hold lone surrogates.</summary>
    void Text(ReadOnlySpan<char> text);
}

/// <summary>Writes records as JSON text.</summary>
internal static class JsonText
{
    private const string Hex = "0123456789abcdef";
    private static readonly SearchValues<char> Escaped = SearchValues.Create(
        "\"\\\u0000\u0001\u0002\u0003\u0004\u0005\u0006\u0007\b\t\n\u000b\f\r\u000e\u000f\u0010\u0011\u0012\u0013\u0014\u0015\u0016\u0017\u0018\u0019\u001a\u001b\u001c\u001d\u001e\u001f");

    public static void WriteRecord<TTarget>(ref TTarget target, Record record)
        where TTarget : struct, IJsonTarget
    {
        var first = true;
        foreach (var field in record.Type.Declared)
        {
            var value = field.Get(record);
            if (value.Kind == FieldKind.Absent) continue;
            target.Ascii(first ? "{\"" : ",\"");
            target.Ascii(field.Name);
            target.Ascii("\":");
            WriteValue(ref target, value);
            first = false;
        }

        target.Ascii(first ? "{}" : "}");
    }

    private static void WriteValue<TTarget>(ref TTarget target, in FieldValue value)
        where TTarget : struct, IJsonTarget
    {
        switch (value.Kind)
        {
            case FieldKind.Boolean:
                target.Ascii(value.AsBoolean ? "true" : "false");
                break;
            case FieldKind.Number:
                WriteNumber(ref target, value.AsNumber);
                break;
            case FieldKind.String:
                WriteString(ref target, value.AsString);
                break;
            case FieldKind.Record:
                WriteRecord(ref target, value.AsRecord);
                break;
            case FieldKind.List:
                WriteList(ref target, value.AsList);
                break;
            case FieldKind.Map:
                WriteMap(ref target, value.AsMap);
                break;
            default:
                target.Ascii("null");
                break;
        }
    }

    private static void WriteList<TTarget>(ref TTarget target, IReadOnlyList<FieldValue> list)
        where TTarget : struct, IJsonTarget
    {
        target.Ascii("[");
        for (var i = 0; i < list.Count; i++)
        {
            if (i > 0) target.Ascii(",");
            WriteValue(ref target, list[i]);
        }

        target.Ascii("]");
    }

    private static void WriteMap<TTarget>(ref TTarget target, FieldMap map)
        where TTarget : struct, IJsonTarget
    {
        target.Ascii("{");
        for (var i = 0; i < map.Names.Length; i++)
        {
            if (i > 0) target.Ascii(",");
            WriteString(ref target, map.Names[i]);
            target.Ascii(":");
            WriteValue(ref target, map.Values[i]);
        }

        target.Ascii("}");
    }

    private static void WriteString<TTarget>(ref TTarget target, ReadOnlySpan<char> text)
        where TTarget : struct, IJsonTarget
    {
        target.Ascii("\"");
        int at;
        while ((at = text.IndexOfAny(Escaped)) >= 0)
        {
            if (at > 0) target.Text(text[..at]);
            WriteEscape(ref target, text[at]);
            text = text[(at + 1)..];
        }

        if (!text.IsEmpty) target.Text(text);
        target.Ascii("\"");
    }

    private static void WriteEscape<TTarget>(ref TTarget target, char c)
        where TTarget : struct, IJsonTarget
    {
        var shortForm = c switch { '"' => "\\\"", '\\' => "\\\\", '\b' => "\\b", '\t' => "\\t", '\n' => "\\n", '\f' => "\\f", '\r' => "\\r", _ => null };
        target.Ascii(shortForm ?? UnicodeEscape(c));
    }

    internal static string UnicodeEscape(char c) => string.Create(6, c, static (text, c) =>
    {
        (text[0], text[1]) = ('\\', 'u');
        for (var i = 0; i < 4; i++) text[5 - i] = Hex[(c >> (4 * i)) & 15];
    });

    private static void WriteNumber<TTarget>(ref TTarget target, double number)
        where TTarget : struct, IJsonTarget
    {
        Span<char> digits = stackalloc char[32];
        if (Math.Abs(number) < 1L << 53 && number == (long)number)
        {
            ((long)number).TryFormat(digits, out var length, default, CultureInfo.InvariantCulture);
            target.Ascii(digits[..length]);
        }
        else
        {
            target.Ascii(double.IsFinite(number) ? EcmaNumber(number) : "null");
        }
    }

    /// <summary>Number::toString of ECMA-262 5.1 §9.8.1: plain digits from 1e-6 up to 1e21, an exponent without padding elsewhere.</summary>
    private static string EcmaNumber(double number)
    {
        var scientific = Math.Abs(number).ToString("E16", CultureInfo.InvariantCulture);
        var shortest = Math.Abs(number).ToString("R", CultureInfo.InvariantCulture);
        var digits = new string([.. shortest.TakeWhile(c => c != 'E').Where(char.IsAsciiDigit)]).TrimStart('0').TrimEnd('0');
        var exponent = int.Parse(scientific.AsSpan(scientific.IndexOf('E') + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture) + 1;
        var text = exponent switch
        {
            > 21 or < -5 => Exponential(digits, exponent - 1),
            <= 0 => "0." + new string('0', -exponent) + digits,
            _ when exponent >= digits.Length => digits.PadRight(exponent, '0'),
            _ => digits[..exponent] + "." + digits[exponent..],
        };
        return number < 0 ? "-" + text : text;
    }

    private static string Exponential(string digits, int exponent) =>
        (digits.Length == 1 ? digits : digits[..1] + "." + digits[1..]) + "e" + (exponent < 0 ? "-" : "+") + Math.Abs(exponent).ToString(CultureInfo.InvariantCulture);
}

/// <summary>JSON as text, surrogates as they are.</summary>
internal readonly struct TextJsonTarget(StringBuilder output) : IJsonTarget
{
    public void Ascii(ReadOnlySpan<char> text) => output.Append(text);

    public void Text(ReadOnlySpan<char> text) => output.Append(text);
}

/// <summary>JSON as UTF-8.</summary>
internal readonly struct Utf8JsonTarget(IBufferWriter<byte> output) : IJsonTarget
{
    public void Ascii(ReadOnlySpan<char> text)
    {
        Encoding.ASCII.GetBytes(text, output.GetSpan(text.Length));
        output.Advance(text.Length);
    }

    public void Text(ReadOnlySpan<char> text)
    {
        while (!text.IsEmpty)
        {
            var lone = FindLoneSurrogate(text);
            var whole = lone < 0 ? text : text[..lone];
            var span = output.GetSpan(Encoding.UTF8.GetMaxByteCount(whole.Length));
            output.Advance(Encoding.UTF8.GetBytes(whole, span));
            if (lone < 0) return;
            Ascii(JsonText.UnicodeEscape(text[lone]));
            text = text[(lone + 1)..];
        }
    }

    private static int FindLoneSurrogate(ReadOnlySpan<char> text)
    {
        var at = text.IndexOfAnyInRange('\ud800', '\udfff');
        for (; at >= 0 && at < text.Length; at++)
        {
            if (!char.IsSurrogate(text[at])) continue;
            if (at + 1 == text.Length || !char.IsSurrogatePair(text[at], text[at + 1])) return at;
            at++;
        }

        return -1;
    }
}
