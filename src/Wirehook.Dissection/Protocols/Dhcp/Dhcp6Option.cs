using System.Buffers.Binary;
using System.Globalization;
using Wirehook.Dissection.Records;
using Wirehook.Packets;

namespace Wirehook.Dissection.Protocols.Dhcp;

/// <summary>One option of DHCPv6; associations and relays hold further ones.</summary>
internal sealed class Dhcp6Option(int code, ReadOnlyMemory<byte> value, int depth) : Record
{
    private const int DeepestNesting = 8;
    private const int AddressLength = 16;

    /// <summary>The declaration of this record.</summary>
    public static RecordType RecordType { get; } = new("Dhcp6Option", "An option of a DHCPv6 message.",
    [
        new("code", "number", "Its code.", static r => FieldValue.From(((Dhcp6Option)r).Code)),
        new("name", "string", "Its name, such as `IA_NA`; `Option-N` where code N has none.", static r => FieldValue.From(((Dhcp6Option)r).Name)),
        new("value", "string | number | string[]", "Its value: address, prefix, text, number, list, or hexadecimal digits.", static r => ((Dhcp6Option)r).Value),
        new("preferredLifetime", "number", "Address or prefix: seconds for which it is preferred.", static r => ((Dhcp6Option)r).Lifetime(0), Optional: true),
        new("validLifetime", "number", "Address or prefix: seconds for which it is valid.", static r => ((Dhcp6Option)r).Lifetime(4), Optional: true),
        new("options", "Dhcp6Option[]", "The options inside it.", static r => FieldValue.From(((Dhcp6Option)r).Inner), Optional: true),
        new("message", "string", "Relayed message: what it is; its options are in `options`.", static r => FieldValue.From(((Dhcp6Option)r).RelayedType), Optional: true),
    ]);

    /// <inheritdoc/>
    public override RecordType Type => RecordType;

    private int Code => code;

    private string Name => Dhcp6Options.Name(code);

    private bool IsAddress => code == 5 && value.Length >= 24;

    private bool IsPrefix => code == 26 && value.Length >= 25;

    private string? RelayedType => code == Dhcp6Packet.RelayMessageOption && value.Length >= Dhcp6Packet.HeaderLength ? DhcpMessageTypes.Name6(value.Span[0]) : null;

    private FieldValue[]? Inner
    {
        get
        {
            if (depth >= DeepestNesting) return null;
            var start = code switch
            {
                3 or 25 => 12,
                4 => 4,
                5 => 24,
                26 => 25,
                Dhcp6Packet.RelayMessageOption => value.Length > 0 ? Dhcp6Packet.OptionsOffset(value.Span) : int.MaxValue,
                _ => int.MaxValue,
            };
            return start <= value.Length ? ReadAll(value[start..], depth + 1) : null;
        }
    }

    private FieldValue Value
    {
        get
        {
            var bytes = value.Span;
            if (IsAddress) return FieldValue.From(IpAddress.FromIPv6(bytes).ToString());
            if (IsPrefix) return FieldValue.From(string.Create(CultureInfo.InvariantCulture, $"{IpAddress.FromIPv6(bytes[9..])}/{bytes[8]}"));
            return Dhcp6Options.FormOf(code) switch
            {
                'I' when bytes.Length >= 4 => FieldValue.From("0x" + Convert.ToHexStringLower(bytes[..4])),
                'A' when bytes.Length % AddressLength == 0 => FieldValue.From(Addresses(bytes)),
                'B' when bytes.Length == 1 => FieldValue.From(bytes[0]),
                'w' when bytes.Length == 2 => FieldValue.From(BinaryPrimitives.ReadUInt16BigEndian(bytes)),
                'i' when bytes.Length == 4 => FieldValue.From(BinaryPrimitives.ReadUInt32BigEndian(bytes)),
                'p' => FieldValue.From(Names(bytes)),
                'd' => FieldValue.From(DhcpDomains.Read(bytes)),
                's' when bytes.Length >= 2 => FieldValue.From(Dhcp6Options.Status(BinaryPrimitives.ReadUInt16BigEndian(bytes), bytes[2..])),
                'f' when bytes.Length > 1 => FieldValue.From(DhcpDomains.Read(bytes[1..])),
                'o' => FieldValue.From(Convert.ToHexStringLower(bytes)),
                _ => FieldValue.From(ByteText.OrHex(bytes)),
            };
        }
    }

    /// <summary>Every option in <paramref name="area"/>.</summary>
    public static FieldValue[] ReadAll(ReadOnlyMemory<byte> area, int depth)
    {
        var options = new List<FieldValue>();
        for (var at = 0; Dhcp6Packet.TryReadOption(area.Span, ref at, out var code, out var value);)
        {
            options.Add(FieldValue.From(new Dhcp6Option(code, area.Slice(value.Start, value.Length), depth)));
        }

        return [.. options];
    }

    private static FieldValue[] Addresses(ReadOnlySpan<byte> bytes)
    {
        var addresses = new FieldValue[bytes.Length / AddressLength];
        for (var i = 0; i < addresses.Length; i++) addresses[i] = FieldValue.From(IpAddress.FromIPv6(bytes[(i * AddressLength)..]).ToString());
        return addresses;
    }

    private static FieldValue[] Names(ReadOnlySpan<byte> bytes)
    {
        var names = new FieldValue[bytes.Length / 2];
        for (var i = 0; i < names.Length; i++) names[i] = FieldValue.From(Dhcp6Options.Name(BinaryPrimitives.ReadUInt16BigEndian(bytes[(i * 2)..])));
        return names;
    }

    private FieldValue Lifetime(int offset)
    {
        var start = IsAddress ? AddressLength : IsPrefix ? 0 : -1;
        return start < 0 ? FieldValue.Absent : FieldValue.From(BinaryPrimitives.ReadUInt32BigEndian(value.Span[(start + offset)..]));
    }
}
