using System.Buffers.Binary;
using System.Text;
using Wirehook.Dissection.Records;

namespace Wirehook.Dissection.Protocols.Tls;

/// <summary>Turns the lists in hellos into lists of field values.</summary>
internal static class TlsList
{
    /// <summary>The names of two-byte numbers, GREASE left out.</summary>
    public static FieldValue[] Names(ReadOnlySpan<byte> numbers, Func<int, string> name)
    {
        var values = new List<FieldValue>(numbers.Length / 2);
        for (; numbers.Length >= 2; numbers = numbers[2..])
        {
            var number = BinaryPrimitives.ReadUInt16BigEndian(numbers);
            if (!TlsNames.IsGrease(number)) values.Add(FieldValue.From(name(number)));
        }

        return [.. values];
    }

    /// <summary>Two-byte numbers, GREASE left out.</summary>
    public static FieldValue[] Numbers(ReadOnlySpan<byte> numbers)
    {
        var values = new List<FieldValue>(numbers.Length / 2);
        for (; numbers.Length >= 2; numbers = numbers[2..])
        {
            var number = BinaryPrimitives.ReadUInt16BigEndian(numbers);
            if (!TlsNames.IsGrease(number)) values.Add(FieldValue.From(number));
        }

        return [.. values];
    }

    /// <summary>The numbers of the extensions in the order in which they were sent, GREASE left out.</summary>
    public static FieldValue[] ExtensionNumbers(ReadOnlySpan<byte> extensions)
    {
        var values = new List<FieldValue>();
        var reader = new ExtensionReader(extensions);
        while (reader.TryRead(out var type, out _))
        {
            if (!TlsNames.IsGrease(type)) values.Add(FieldValue.From(type));
        }

        return [.. values];
    }

    /// <summary>The names in an ALPN extension (RFC 7301 §3.1).</summary>
    public static FieldValue[] ApplicationProtocols(ReadOnlySpan<byte> extension)
    {
        var values = new List<FieldValue>();
        var names = Behind16(extension);
        while (TryTakeShort(ref names, out var name))
        {
            if (!IsGreaseName(name)) values.Add(FieldValue.From(Text(name)));
        }

        return [.. values];
    }

    /// <summary>The groups of a client's key shares.</summary>
    public static FieldValue[] KeyShareGroups(ReadOnlySpan<byte> extension)
    {
        var values = new List<FieldValue>();
        for (var shares = Behind16(extension); shares.Length >= 4;)
        {
            var group = BinaryPrimitives.ReadUInt16BigEndian(shares);
            if (!TlsNames.IsGrease(group)) values.Add(FieldValue.From(TlsNames.Group(group)));
            int length = BinaryPrimitives.ReadUInt16BigEndian(shares[2..]);
            if (length > shares.Length - 4) break;
            shares = shares[(4 + length)..];
        }

        return [.. values];
    }

    /// <summary>The host name of a server_name extension (RFC 6066 §3); empty where there is none.</summary>
    public static string ServerName(ReadOnlySpan<byte> extension)
    {
        var names = Behind16(extension);
        if (names.Length < 3 || names[0] != 0) return "";
        int length = BinaryPrimitives.ReadUInt16BigEndian(names[1..]);
        return length > names.Length - 3 ? "" : Text(names.Slice(3, length));
    }

    /// <summary>What lies behind a length of two bytes, as far as it is there.</summary>
    public static ReadOnlySpan<byte> Behind16(ReadOnlySpan<byte> data) =>
        data.Length < 2 ? default : data.Slice(2, Math.Min(BinaryPrimitives.ReadUInt16BigEndian(data), data.Length - 2));

    /// <summary>What lies behind a length of one byte, as far as it is there.</summary>
    public static ReadOnlySpan<byte> Behind8(ReadOnlySpan<byte> data) => data.Length < 1 ? default : data.Slice(1, Math.Min(data[0], data.Length - 1));

    /// <summary>Takes a text with a length of one byte off the front.</summary>
    public static bool TryTakeShort(ref ReadOnlySpan<byte> list, out ReadOnlySpan<byte> text)
    {
        text = default;
        if (list.IsEmpty || list[0] > list.Length - 1) return false;
        text = list.Slice(1, list[0]);
        list = list[(1 + text.Length)..];
        return true;
    }

    /// <summary>Names and protocols are ASCII; every other byte reads as its number in Latin-1, so that no value is lost.</summary>
    public static string Text(ReadOnlySpan<byte> bytes) => Encoding.Latin1.GetString(bytes);

    private static bool IsGreaseName(ReadOnlySpan<byte> name) => name.Length == 2 && TlsNames.IsGrease(BinaryPrimitives.ReadUInt16BigEndian(name));
}
