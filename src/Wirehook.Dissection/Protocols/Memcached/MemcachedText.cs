using System.Text;
using System.Text.Unicode;
using Wirehook.Dissection.Records;

namespace Wirehook.Dissection.Protocols.Memcached;

/// <summary>Bytes as text where they are UTF-8, otherwise as base64.</summary>
internal static class MemcachedText
{
    /// <summary>The text, and whether it is base64.</summary>
    public static string Of(ReadOnlySpan<byte> bytes, out bool encoded)
    {
        encoded = !Utf8.IsValid(bytes);
        return encoded ? Convert.ToBase64String(bytes) : Encoding.UTF8.GetString(bytes);
    }

    /// <summary>The text; base64 where it must be.</summary>
    public static string Of(ReadOnlySpan<byte> bytes) => Of(bytes, out _);

    /// <summary>A field that is there only when it is true.</summary>
    public static FieldValue Flag(bool set) => set ? FieldValue.From(true) : FieldValue.Absent;

    /// <summary>A field that is there only when it has a number.</summary>
    public static FieldValue Number(double? number) => number is { } value ? FieldValue.From(value) : FieldValue.Absent;
}
