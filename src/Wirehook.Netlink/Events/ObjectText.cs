using System.Globalization;
using System.Text;
using Wirehook.Netlink.Families;

namespace Wirehook.Netlink.Events;

/// <summary>Values and objects in words, with names for numbers that have them and without control characters.</summary>
internal static class ObjectText
{
    /// <summary>Every field of <paramref name="subject"/> that says something, as <c>name value</c>.</summary>
    public static string Describe(NetlinkObject subject)
    {
        var text = new StringBuilder();
        foreach (var field in subject.Family.Fields)
        {
            var value = field.Get(subject);
            if (!field.IsState || !IsTelling(value)) continue;
            if (text.Length > 0) text.Append(' ');
            text.Append(field.Name);
            if (value.Kind == NetworkValueKind.Flag) continue;
            text.Append(' ');
            AppendValue(text, field, value);
        }

        return text.ToString();
    }

    /// <summary>Appends a value of <paramref name="field"/>: numbers by their symbols where they have some, <c>none</c> where absent.</summary>
    public static void AppendValue(StringBuilder text, NetworkField field, in NetworkValue value)
    {
        switch (value.Kind)
        {
            case NetworkValueKind.Absent:
                text.Append("none");
                break;
            case NetworkValueKind.Number:
                AppendNumber(text, field, value.AsNumber);
                break;
            case NetworkValueKind.Address:
                text.Append(value.ToString());
                break;
            default:
                AppendEscaped(text, value.ToString());
                break;
        }
    }

    /// <summary>Appends the bits that came and went: <c>+UP -RUNNING</c>.</summary>
    public static void AppendBitChanges(StringBuilder text, NetworkField field, long old, long now)
    {
        var before = text.Length;
        var unnamed = old ^ now;
        foreach (var (name, bit) in field.Symbols)
        {
            if ((unnamed & bit) != bit || bit == 0) continue;
            unnamed &= ~bit;
            text.Append(text.Length > before ? " " : "").Append((now & bit) != 0 ? '+' : '-').Append(name);
        }

        if (unnamed == 0) return;
        if ((unnamed & now) != 0) text.Append(text.Length > before ? " " : "").Append(CultureInfo.InvariantCulture, $"+0x{unnamed & now:x}");
        if ((unnamed & old) != 0) text.Append(text.Length > before ? " " : "").Append(CultureInfo.InvariantCulture, $"-0x{unnamed & old:x}");
    }

    /// <summary>Appends kernel text so that it cannot steer a terminal: control characters, and what reorders text, become <c>\u…</c> escapes.</summary>
    public static void AppendEscaped(StringBuilder text, string value)
    {
        foreach (var c in value)
        {
            if (IsPlain(c)) text.Append(c);
            else text.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}");
        }
    }

    private static bool IsPlain(char c) => c < 0x7F ? c >= ' ' : CharUnicodeInfo.GetUnicodeCategory(c) is not (
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.Surrogate);

    /// <summary>Whether a value says anything: it is present, and neither false nor empty.</summary>
    public static bool IsTelling(in NetworkValue value) => value.Kind switch
    {
        NetworkValueKind.Absent => false,
        NetworkValueKind.Flag => value.AsFlag,
        NetworkValueKind.Text => value.AsText.Length > 0,
        NetworkValueKind.List => value.AsList.Count > 0,
        _ => true,
    };

    private static void AppendNumber(StringBuilder text, NetworkField field, long number)
    {
        if (field.IsBitSet && field.Symbols.Count > 0)
        {
            AppendBits(text, field, number);
            return;
        }

        foreach (var (name, value) in field.Symbols)
        {
            if (value != number) continue;
            text.Append(name);
            return;
        }

        text.Append(CultureInfo.InvariantCulture, $"{number}");
    }

    private static void AppendBits(StringBuilder text, NetworkField field, long number)
    {
        if (number == 0)
        {
            text.Append('0');
            return;
        }

        var before = text.Length;
        foreach (var (name, bit) in field.Symbols)
        {
            if (bit == 0 || (number & bit) != bit) continue;
            number &= ~bit;
            text.Append(text.Length > before ? "," : "").Append(name);
        }

        if (number != 0) text.Append(text.Length > before ? "," : "").Append(CultureInfo.InvariantCulture, $"0x{number:x}");
    }
}
