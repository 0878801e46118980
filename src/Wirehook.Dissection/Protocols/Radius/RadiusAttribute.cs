using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.Unicode;
using Wirehook.Dissection.Records;
using Wirehook.Packets;

namespace Wirehook.Dissection.Protocols.Radius;

/// <summary>One attribute with its value in the form that its data type gives it.</summary>
/// <param name="type">The attribute's type.</param>
/// <param name="vendor">The vendor's number, of vendor-specific ones.</param>
/// <param name="vendorType">The vendor's own type; -1 where its attribute has no parts.</param>
/// <param name="value">The value's bytes.</param>
internal sealed class RadiusAttribute(byte type, uint vendor, int vendorType, ReadOnlyMemory<byte> value) : Record
{
    private const byte VendorSpecific = 26;

    /// <summary>The declaration of this record.</summary>
    public static RecordType RecordType { get; } = new("RadiusAttribute", "An attribute of a RADIUS packet.",
    [
        new("type", "number", "Its type.", static r => FieldValue.From(((RadiusAttribute)r).Number)),
        new("name", "string", "Its name, such as `User-Name`; `Attr-N` where type N has none.", static r => FieldValue.From(((RadiusAttribute)r).Name)),
        new("value", "string | number", "Its value: text, number, address, or hexadecimal digits; a number with a name is that name.", static r => ((RadiusAttribute)r).Value),
        new("vendorId", "number", "The vendor's number; only of vendor-specific attributes.", static r => ((RadiusAttribute)r).OfVendor(static a => a.VendorId), Optional: true),
        new("vendorName", "string", "The vendor's name, where it is known.", static r => FieldValue.From(((RadiusAttribute)r).VendorName), Optional: true),
        new("vendorType", "number", "The vendor's own type.", static r => ((RadiusAttribute)r).OfVendor(static a => a.VendorType), Optional: true),
    ]);

    /// <inheritdoc/>
    public override RecordType Type => RecordType;

    private byte Number => type;

    private double VendorId => vendor;

    private double VendorType => vendorType;

    private string? VendorName => type == VendorSpecific ? RadiusVendors.Name(vendor) : null;

    private string Name => RadiusAttributes.Find(type)?.Name ?? string.Create(CultureInfo.InvariantCulture, $"Attr-{type}");

    private FieldValue Value
    {
        get
        {
            var bytes = value.Span;
            return (type == VendorSpecific ? RadiusType.Unknown : RadiusAttributes.Find(type)?.Type ?? RadiusType.Unknown) switch
            {
                RadiusType.Text when Utf8.IsValid(bytes) => FieldValue.From(Encoding.UTF8.GetString(bytes)),
                RadiusType.Integer when bytes.Length == 4 => Integer(BinaryPrimitives.ReadUInt32BigEndian(bytes)),
                RadiusType.Time when bytes.Length == 4 => FieldValue.From(new Timestamp(BinaryPrimitives.ReadUInt32BigEndian(bytes) * 1_000_000_000L).ToString()),
                RadiusType.Long when bytes.Length == 8 => FieldValue.From((double)BinaryPrimitives.ReadUInt64BigEndian(bytes)),
                RadiusType.IPv4 when bytes.Length == 4 => FieldValue.From(IpAddress.FromIPv4(bytes).ToString()),
                RadiusType.IPv6 when bytes.Length == 16 => FieldValue.From(IpAddress.FromIPv6(bytes).ToString()),
                RadiusType.IPv6Prefix when bytes.Length is >= 2 and <= 18 => FieldValue.From(Prefix(bytes)),
                RadiusType.Octets => FieldValue.From(Convert.ToHexStringLower(bytes)),
                _ => FieldValue.From(ByteText.OrHex(bytes)),
            };
        }
    }

    private static string Prefix(ReadOnlySpan<byte> bytes)
    {
        Span<byte> address = stackalloc byte[16];
        address.Clear();
        bytes[2..].CopyTo(address);
        return string.Create(CultureInfo.InvariantCulture, $"{IpAddress.FromIPv6(address)}/{bytes[1]}");
    }

    private FieldValue Integer(uint number) => RadiusValues.Name(type, number) is { } name ? FieldValue.From(name) : FieldValue.From(number);

    private FieldValue OfVendor(Func<RadiusAttribute, double> field) =>
        type == VendorSpecific && value.Length >= 0 && field(this) >= 0 && vendor > 0 ? FieldValue.From(field(this)) : FieldValue.Absent;
}
