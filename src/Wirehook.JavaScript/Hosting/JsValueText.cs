using System.Globalization;
using System.Text;
using Wirehook.JavaScript.Runtime;

namespace Wirehook.JavaScript;

/// <summary>Shows values to people, much as literals: <c>{name: "http", port: 80}</c>. No code of scripts runs for it, and the work is bounded like the text.</summary>
public static class JsValueText
{
    private const int DeepestLevel = 3;

    /// <summary>The text of a value.</summary>
    /// <param name="value">The value.</param>
    /// <param name="maximumLength">Characters after which the text is cut and ends with <c>…</c>.</param>
    public static string Of(in JsValue value, int maximumLength = 100)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(maximumLength);
        var text = new StringBuilder();
        Append(text, value, maximumLength, 0);
        if (text.Length <= maximumLength)
            return text.ToString();
        text.Length = char.IsHighSurrogate(text[maximumLength - 1]) ? maximumLength - 1 : maximumLength;
        return text.Append('…').ToString();
    }

    private static void Append(StringBuilder text, in JsValue value, int maximum, int level)
    {
        if (value.IsString)
            AppendString(text, value.AsString, maximum);
        else if (!value.IsObject)
            text.Append(value.IsEmpty ? "<empty>" : TypeConversion.ToText(value));
        else
            AppendObject(text, value.AsObject, maximum, level);
    }

    private static void AppendString(StringBuilder text, string value, int maximum)
    {
        text.Append('"');
        for (int i = 0; i < value.Length && text.Length <= maximum; i++)
        {
            if (i + 1 < value.Length && char.IsSurrogatePair(value[i], value[i + 1]))
                text.Append(value[i++]).Append(value[i]);
            else
                AppendCharacter(text, value[i]);
        }
        text.Append('"');
    }

    private static void AppendCharacter(StringBuilder text, char c)
    {
        switch (c)
        {
            case '"' or '\\':
                text.Append('\\').Append(c);
                break;
            case '\n':
                text.Append("\\n");
                break;
            case '\t':
                text.Append("\\t");
                break;
            default:
                // A control character may steer a terminal, and half of a surrogate pair is no text.
                if (char.IsControl(c) || char.IsSurrogate(c))
                    text.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}");
                else
                    text.Append(c);
                break;
        }
    }

    private static void AppendObject(StringBuilder text, JsObject o, int maximum, int level)
    {
        if (o is JsFunction function)
            text.Append(function.Name.Length == 0 ? "function" : "function ").Append(function.Name);
        else if (o is JsErrorObject)
            text.Append(ErrorText.Describe(JsValue.From(o)));
        else if (o is JsArray array)
            AppendArray(text, array, maximum, level);
        else if (o.ClassName == "Object")
            AppendFields(text, o, maximum, level);
        else
            text.Append(o.ClassName);
    }

    private static void AppendArray(StringBuilder text, JsArray array, int maximum, int level)
    {
        if (level == DeepestLevel || !array.TryGetDense(out var elements))
        {
            text.Append("Array(").Append(array.Length).Append(')');
            return;
        }
        text.Append('[');
        for (int i = 0; i < elements.Length && text.Length <= maximum; i++)
        {
            text.Append(i == 0 ? "" : ", ");
            Append(text, elements[i], maximum, level + 1);
        }
        text.Append(']');
    }

    private static void AppendName(StringBuilder text, string name, int maximum)
    {
        bool isWord = name.Length > 0;
        foreach (char c in name)
            isWord &= char.IsAsciiLetterOrDigit(c) || c is '_' or '$';
        if (isWord)
            text.Append(name);
        else
            AppendString(text, name, maximum);
    }

    private static void AppendFields(StringBuilder text, JsObject o, int maximum, int level)
    {
        if (level == DeepestLevel)
        {
            text.Append("{…}");
            return;
        }
        text.Append('{');
        int before = text.Length;
        int count = ObjectFields.Count(o);
        for (int slot = 0; slot < count && text.Length <= maximum; slot++)
        {
            if (!ObjectFields.TryGet(o, slot, out string name, out var value, out bool isAccessor))
                continue;
            text.Append(text.Length == before ? "" : ", ");
            AppendName(text, name, maximum);
            text.Append(": ");
            if (isAccessor)
                text.Append("(getter)");
            else
                Append(text, value, maximum, level + 1);
        }
        text.Append('}');
    }
}
