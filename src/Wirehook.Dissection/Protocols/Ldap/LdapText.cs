using System.Text;
using System.Text.Unicode;
using Wirehook.Dissection.Records;

namespace Wirehook.Dissection.Protocols.Ldap;

/// <summary>Values as text: LDAP does not say which are text, so what is UTF-8 without control characters counts as text, and everything else is base64.</summary>
internal static class LdapText
{
    /// <summary>Whether a value reads as text.</summary>
    public static bool IsText(ReadOnlySpan<byte> value) =>
        value.IndexOfAnyInRange((byte)0, (byte)8) < 0 && value.IndexOfAnyInRange((byte)14, (byte)31) < 0 && Utf8.IsValid(value);

    /// <summary>The value as text, or its base64.</summary>
    public static string Of(ReadOnlySpan<byte> value) => IsText(value) ? Encoding.UTF8.GetString(value) : Convert.ToBase64String(value);

    /// <summary>The value in base64; absent where it is empty.</summary>
    public static string? Base64(ReadOnlySpan<byte> value) => value.IsEmpty ? null : Convert.ToBase64String(value);

    /// <summary>A list of the elements' contents as text.</summary>
    public static List<FieldValue> ListOf(ReadOnlySpan<byte> elements)
    {
        var list = new List<FieldValue>();
        var reader = new BerReader(elements);
        while (reader.TryRead(out _, out var value)) list.Add(FieldValue.From(Of(value)));
        return list;
    }
}
