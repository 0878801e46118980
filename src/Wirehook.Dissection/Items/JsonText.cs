using System.Globalization;
using System.Text;
using Wirehook.Dissection.Records;

namespace Wirehook.Dissection.Items;

/// <summary>Writes records as JSON text, lone surrogates as they are.</summary>
internal static class JsonText
{
    public static void WriteRecord(StringBuilder output, Record record)
    {
        var first = true;
        foreach (var field in record.Type.Declared)
        {
            var value = field.Get(record);
            if (value.Kind == FieldKind.Absent) continue;
            output.Append(first ? "{\"" : ",\"").Append(field.Name).Append("\":");
            WriteValue(output, value);
            first = false;
        }

        output.Append(first ? "{}" : "}");
    }

    private static void WriteValue(StringBuilder output, in FieldValue value)
    {
        switch (value.Kind)
        {
            case FieldKind.Boolean:
                output.Append(value.AsBoolean ? "true" : "false");
                break;
            case FieldKind.Number:
                WriteNumber(output, value.AsNumber);
                break;
            case FieldKind.String:
                WriteString(output, value.AsString);
                break;
            case FieldKind.Record:
                WriteRecord(output, value.AsRecord);
                break;
            case FieldKind.List:
                WriteList(output, value.AsList);
                break;
            case FieldKind.Map:
                WriteMap(output, value.AsMap);
                break;
            default:
                output.Append("null");
                break;
        }
    }

    private static void WriteList(StringBuilder output, IReadOnlyList<FieldValue> list)
    {
        output.Append('[');
        for (var i = 0; i < list.Count; i++)
        {
            if (i > 0) output.Append(',');
            WriteValue(output, list[i]);
        }

        output.Append(']');
    }

    private static void WriteMap(StringBuilder output, FieldMap map)
    {
        output.Append('{');
        for (var i = 0; i < map.Names.Length; i++)
        {
            if (i > 0) output.Append(',');
            WriteString(output, map.Names[i]);
            output.Append(':');
            WriteValue(output, map.Values[i]);
        }

        output.Append('}');
    }

    private static void WriteString(StringBuilder output, ReadOnlySpan<char> text)
    {
        output.Append('"');
        int at;
        while ((at = text.IndexOfAny(JsonNotation.Escaped)) >= 0)
        {
            output.Append(text[..at]).Append(JsonNotation.Escape(text[at]));
            text = text[(at + 1)..];
        }

        output.Append(text).Append('"');
    }

    private static void WriteNumber(StringBuilder output, double number)
    {
        if (Math.Abs(number) < 1L << 53 && number == (long)number) output.Append(CultureInfo.InvariantCulture, $"{(long)number}");
        else output.Append(double.IsFinite(number) ? JsonNotation.EcmaNumber(number) : "null");
    }
}
