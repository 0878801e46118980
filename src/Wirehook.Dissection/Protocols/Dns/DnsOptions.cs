using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Text;

namespace Wirehook.Dissection.Protocols.Dns;

/// <summary>The EDNS pseudo-record (RFC 6891) as text: <c>version 0; udp 1232; do; COOKIE 2a…; ECS 192.0.2.0/24</c>.</summary>
internal static class DnsOptions
{
    private const uint DnssecOk = 0x8000;

    /// <summary>The record's version, UDP payload size, flags and options.</summary>
    public static string Format(ReadOnlySpan<byte> message, in DnsRecordEntry record)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"version {(record.TimeToLive >> 16) & 0xFF}; udp {record.Class}");
        if ((record.TimeToLive & DnssecOk) != 0) text.Append("; do");
        var data = message.Slice(record.DataOffset, record.DataLength);
        while (data.Length >= 4)
        {
            var code = BinaryPrimitives.ReadUInt16BigEndian(data);
            int length = BinaryPrimitives.ReadUInt16BigEndian(data[2..]);
            if (length > data.Length - 4) break;
            AppendOption(text.Append("; "), code, data.Slice(4, length));
            data = data[(4 + length)..];
        }

        return text.ToString();
    }

    private static void AppendOption(StringBuilder text, ushort code, ReadOnlySpan<byte> value)
    {
        text.Append(Name(code));
        if (value.IsEmpty) return;
        text.Append(' ').Append(code switch
        {
            8 => ClientSubnet(value),
            11 when value.Length == 2 => Decimal(BinaryPrimitives.ReadUInt16BigEndian(value) * 100) + "ms",
            15 when value.Length >= 2 => (Decimal(BinaryPrimitives.ReadUInt16BigEndian(value)) + " " + DnsDataText.Text(value[2..])).TrimEnd(),
            18 => ReportChannel(value),
            _ => Convert.ToHexString(value),
        });
    }

    private static string ClientSubnet(ReadOnlySpan<byte> value)
    {
        if (value.Length < 4) return Convert.ToHexString(value);
        var size = BinaryPrimitives.ReadUInt16BigEndian(value) switch { 1 => 4, 2 => 16, _ => 0 };
        if (size == 0 || value.Length - 4 > size) return Convert.ToHexString(value);
        Span<byte> address = stackalloc byte[size];
        address.Clear();
        value[4..].CopyTo(address);
        return new IPAddress(address) + "/" + Decimal(value[2]) + (value[3] == 0 ? "" : "/" + Decimal(value[3]));
    }

    private static string ReportChannel(ReadOnlySpan<byte> value)
    {
        var at = 0;
        return DnsName.Read(value, ref at) ?? Convert.ToHexString(value);
    }

    private static string Name(ushort code) => code switch
    {
        1 => "LLQ",
        2 => "UL",
        3 => "NSID",
        5 => "DAU",
        6 => "DHU",
        7 => "N3U",
        8 => "ECS",
        9 => "EXPIRE",
        10 => "COOKIE",
        11 => "KEEPALIVE",
        12 => "PADDING",
        13 => "CHAIN",
        14 => "KEY-TAG",
        15 => "EDE",
        18 => "REPORT-CHANNEL",
        _ => "OPT" + Decimal(code),
    };

    private static string Decimal(int value) => value.ToString(CultureInfo.InvariantCulture);
}
