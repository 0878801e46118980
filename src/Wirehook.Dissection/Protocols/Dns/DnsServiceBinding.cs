using System.Buffers.Binary;
using System.Globalization;
using System.Net;

namespace Wirehook.Dissection.Protocols.Dns;

/// <summary>SVCB and HTTPS data in presentation format (RFC 9460 §2.1): priority, target, parameters.</summary>
internal static class DnsServiceBinding
{
    private static readonly string[] KeyNames =
        ["mandatory", "alpn", "no-default-alpn", "port", "ipv4hint", "ech", "ipv6hint", "dohpath", "ohttp", "tls-supported-groups"];

    /// <summary>Writes the data.</summary>
    public static void Write(ref DnsDataText text)
    {
        text.Number16();
        text.Name();
        while (text.Remaining > 0)
        {
            var key = text.ReadUInt16();
            var value = text.Take(text.ReadUInt16());
            text.Word(KeyName(key));
            if (!TryWriteValue(ref text, key, value)) text.Fail();
        }
    }

    private static bool TryWriteValue(ref DnsDataText text, ushort key, ReadOnlySpan<byte> value)
    {
        switch (key)
        {
            case 0:
                return TryWriteList(ref text, value, 2, static v => KeyName(BinaryPrimitives.ReadUInt16BigEndian(v)));
            case 1:
                return TryWriteProtocols(ref text, value);
            case 2 or 8:
                return value.IsEmpty;
            case 3:
                return value.Length == 2 && TryWriteList(ref text, value, 2, static v => Decimal(BinaryPrimitives.ReadUInt16BigEndian(v)));
            case 4:
                return TryWriteList(ref text, value, 4, static v => new IPAddress(v).ToString());
            case 5:
                text.Append("=" + Convert.ToBase64String(value));
                return true;
            case 6:
                return TryWriteList(ref text, value, 16, static v => new IPAddress(v).ToString());
            case 9:
                return TryWriteList(ref text, value, 2, static v => Decimal(BinaryPrimitives.ReadUInt16BigEndian(v)));
            default:
                if (value.IsEmpty) return true;
                text.Append("=");
                text.AppendQuoted(value);
                return true;
        }
    }

    private static bool TryWriteList(ref DnsDataText text, ReadOnlySpan<byte> value, int size, Func<byte[], string> format)
    {
        if (value.IsEmpty || value.Length % size != 0) return false;
        for (var at = 0; at < value.Length; at += size) text.Append((at == 0 ? "=" : ",") + format(value.Slice(at, size).ToArray()));
        return true;
    }

    private static bool TryWriteProtocols(ref DnsDataText text, ReadOnlySpan<byte> value)
    {
        var separator = "=\"";
        while (!value.IsEmpty)
        {
            var length = value[0];
            if (length == 0 || length >= value.Length) return false;
            text.Append(separator + DnsDataText.Text(value.Slice(1, length)));
            separator = ",";
            value = value[(length + 1)..];
        }

        text.Append("\"");
        return separator == ",";
    }

    private static string KeyName(int key) => key < KeyNames.Length ? KeyNames[key] : "key" + Decimal(key);

    private static string Decimal(int value) => value.ToString(CultureInfo.InvariantCulture);
}
