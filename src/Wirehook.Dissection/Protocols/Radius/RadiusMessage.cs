using System.Buffers.Binary;
using Wirehook.Dissection.Records;

namespace Wirehook.Dissection.Protocols.Radius;

/// <summary>One RADIUS packet, read from its bytes when a field is asked for.</summary>
internal sealed class RadiusMessage(ReadOnlyMemory<byte> packet) : Record
{
    private const byte VendorSpecific = 26;
    private FieldValue[]? _attributes;

    /// <summary>The declaration of this record.</summary>
    public static RecordType RecordType { get; } = new("RadiusMessage", "A RADIUS packet.",
    [
        new("code", "number", "What the packet is, as a number.", static r => FieldValue.From(((RadiusMessage)r).Code)),
        new("codeName", "string", "What the packet is, such as `Access-Request`.", static r => FieldValue.From(RadiusCodes.Name(((RadiusMessage)r).Code) ?? "")),
        new("identifier", "number", "The number that request and response share.", static r => FieldValue.From(((RadiusMessage)r).Identifier)),
        new("length", "number", "Bytes of the packet, as it declares.", static r => FieldValue.From(((RadiusMessage)r).Length)),
        new("authenticator", "string", "The 16 bytes that protect the packet, in hexadecimal digits.", static r => FieldValue.From(((RadiusMessage)r).Authenticator)),
        new("attributes", "RadiusAttribute[]", "The attributes in order; each part of a vendor's attribute is one.", static r => FieldValue.From(((RadiusMessage)r).Attributes)),
    ], RadiusAttribute.RecordType);

    /// <inheritdoc/>
    public override RecordType Type => RecordType;

    private byte Code => packet.Span[0];

    private int Identifier => packet.Span[1];

    private int Length => RadiusPacket.LengthOf(packet.Span);

    private string Authenticator => Convert.ToHexStringLower(packet.Span[4..RadiusPacket.HeaderLength]);

    private FieldValue[] Attributes => _attributes ??= ReadAttributes();

    private FieldValue[] ReadAttributes()
    {
        var attributes = new List<FieldValue>();
        var span = packet.Span;
        for (var at = RadiusPacket.HeaderLength; at + 2 <= span.Length && span[at + 1] >= 2; at += span[at + 1])
        {
            var value = packet[(at + 2)..Math.Min(span.Length, at + span[at + 1])];
            if (span[at] == VendorSpecific && value.Length >= 4) AddVendor(value, attributes);
            else attributes.Add(FieldValue.From(new RadiusAttribute(span[at], 0, 0, value)));
        }

        return [.. attributes];
    }

    /// <summary>Most vendors follow the advice of RFC 2865 §5.26 and nest attributes of the same form; what does not fit it is one value.</summary>
    private static void AddVendor(ReadOnlyMemory<byte> value, List<FieldValue> attributes)
    {
        var vendor = BinaryPrimitives.ReadUInt32BigEndian(value.Span);
        var inner = value[4..];
        var (at, nests) = (0, inner.Length >= 2);
        while (nests && at < inner.Length)
        {
            nests = at + 2 <= inner.Length && inner.Span[at + 1] >= 2;
            if (nests) at += inner.Span[at + 1];
        }

        if (!nests || at != inner.Length)
        {
            attributes.Add(FieldValue.From(new RadiusAttribute(VendorSpecific, vendor, -1, inner)));
            return;
        }

        for (at = 0; at < inner.Length; at += inner.Span[at + 1])
        {
            attributes.Add(FieldValue.From(new RadiusAttribute(VendorSpecific, vendor, inner.Span[at], inner[(at + 2)..(at + inner.Span[at + 1])])));
        }
    }
}
