using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using Wirehook.Dissection.Records;
using Wirehook.Packets;

namespace Wirehook.Dissection.Protocols.Diameter;

/// <summary>One attribute-value pair; a grouped one holds further ones.</summary>
internal sealed class DiameterAvpRecord(DiameterAvp avp, ReadOnlyMemory<byte> value, int depth) : Record
{
    private const int DeepestGroup = 16;
    private const long From1900 = 2_208_988_800;

    /// <summary>The declaration of this record.</summary>
    public static RecordType RecordType { get; } = new("DiameterAvp", "An attribute-value pair of a Diameter message.",
    [
        new("code", "number", "Its code.", static r => FieldValue.From(((DiameterAvpRecord)r).Code)),
        new("name", "string", "Its name, such as `Origin-Host`; `AVP-N` where code N has none.", static r => FieldValue.From(((DiameterAvpRecord)r).Name)),
        new("vendorId", "number", "The vendor's number; only of vendors' attributes.", static r => ((DiameterAvpRecord)r).Vendor, Optional: true),
        new("mandatory", "boolean", "Whether who does not know it must refuse the message.", static r => FieldValue.From(((DiameterAvpRecord)r).Mandatory)),
        new("value", "string | number", "Its value: text, number, address, time, name of the number, or hexadecimal digits; absent of grouped ones.", static r => ((DiameterAvpRecord)r).Value, Optional: true),
        new("avps", "DiameterAvp[]", "The attributes of a grouped one.", static r => FieldValue.From(((DiameterAvpRecord)r).Inner), Optional: true),
    ]);

    /// <inheritdoc/>
    public override RecordType Type => RecordType;

    private double Code => avp.Code;

    private string Name => DiameterDictionary.Find(avp.Code, avp.Vendor)?.Name ?? string.Create(CultureInfo.InvariantCulture, $"AVP-{avp.Code}");

    private FieldValue Vendor => avp.Vendor != 0 ? FieldValue.From(avp.Vendor) : FieldValue.Absent;

    private bool Mandatory => (avp.Flags & 0x40) != 0;

    private char Form => DiameterDictionary.Find(avp.Code, avp.Vendor)?.Form ?? '?';

    private FieldValue[]? Inner => Form == 'G' && depth < DeepestGroup ? ReadAll(value, depth + 1) : null;

    private FieldValue Value
    {
        get
        {
            var bytes = value.Span;
            return Form switch
            {
                'G' when depth < DeepestGroup => FieldValue.Absent,
                'u' when bytes.Length == 4 => FieldValue.From(BinaryPrimitives.ReadUInt32BigEndian(bytes)),
                'i' when bytes.Length == 4 => FieldValue.From(BinaryPrimitives.ReadInt32BigEndian(bytes)),
                'e' when bytes.Length == 4 => Enumerated(BinaryPrimitives.ReadInt32BigEndian(bytes)),
                'l' when bytes.Length == 8 => FieldValue.From((double)BinaryPrimitives.ReadUInt64BigEndian(bytes)),
                'L' when bytes.Length == 8 => FieldValue.From((double)BinaryPrimitives.ReadInt64BigEndian(bytes)),
                'T' when bytes.Length == 4 => FieldValue.From(Time(BinaryPrimitives.ReadUInt32BigEndian(bytes))),
                'A' => FieldValue.From(Address(bytes)),
                'a' when bytes.Length == 4 => FieldValue.From(IpAddress.FromIPv4(bytes).ToString()),
                'B' => FieldValue.From(Digits(bytes)),
                'O' => FieldValue.From(Convert.ToHexStringLower(bytes)),
                _ => FieldValue.From(ByteText.OrHex(bytes)),
            };
        }
    }

    /// <summary>Every AVP in <paramref name="area"/>, as far as their lengths fit.</summary>
    public static FieldValue[] ReadAll(ReadOnlyMemory<byte> area, int depth)
    {
        var avps = new List<FieldValue>();
        for (var at = 0; at < area.Length && DiameterAvp.TryRead(area.Span[at..], area.Length - at, out var avp); at += avp.PaddedLength)
        {
            avps.Add(FieldValue.From(new DiameterAvpRecord(avp, area[(at + avp.HeaderLength)..(at + avp.Length)], depth)));
        }

        return [.. avps];
    }

    private FieldValue Enumerated(int number) => DiameterNames.Value(avp.Code, avp.Vendor, number) is { } name ? FieldValue.From(name) : FieldValue.From(number);

    private static string Time(uint seconds) => new Timestamp((seconds - From1900 + (seconds < 0x8000_0000 ? 1L << 32 : 0)) * 1_000_000_000).ToString();

    /// <summary>An address with its family before it (RFC 6733 §4.3.1).</summary>
    private static string Address(ReadOnlySpan<byte> bytes) => bytes.Length switch
    {
        6 when bytes[1] == 1 => IpAddress.FromIPv4(bytes[2..]).ToString(),
        18 when bytes[1] == 2 => IpAddress.FromIPv6(bytes[2..]).ToString(),
        _ => Convert.ToHexStringLower(bytes),
    };

    /// <summary>Telephone digits, two to a byte, the first in the lower half (TBCD, 3GPP TS 29.002).</summary>
    private static string Digits(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder(bytes.Length * 2);
        foreach (var pair in bytes)
        {
            text.Append("0123456789*#abc"[Math.Min(pair & 0xF, 14)]);
            if (pair >> 4 != 0xF) text.Append("0123456789*#abc"[Math.Min(pair >> 4, 14)]);
        }

        return text.ToString();
    }
}
