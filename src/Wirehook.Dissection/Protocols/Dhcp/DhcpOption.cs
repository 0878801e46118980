using System.Buffers.Binary;
using System.Globalization;
using Wirehook.Dissection.Records;
using Wirehook.Packets;

namespace Wirehook.Dissection.Protocols.Dhcp;

/// <summary>One option with its value in the form that its definition gives it.</summary>
internal sealed class DhcpOption(byte code, ReadOnlyMemory<byte> value) : Record
{
    /// <summary>The declaration of this record.</summary>
    public static RecordType RecordType { get; } = new("DhcpOption", "An option of a DHCP message.",
    [
        new("code", "number", "Its code.", static r => FieldValue.From(((DhcpOption)r).Code)),
        new("name", "string", "Its name, such as `Router`; `Option-N` where code N has none.", static r => FieldValue.From(((DhcpOption)r).Name)),
        new("value", "string | number | boolean | string[]", "Its value: text, number, addresses, names of options, or hexadecimal digits.", static r => ((DhcpOption)r).Value),
    ]);

    /// <inheritdoc/>
    public override RecordType Type => RecordType;

    private byte Code => code;

    private string Name => DhcpOptions.Name(code);

    private FieldValue Value
    {
        get
        {
            var bytes = value.Span;
            return DhcpOptions.FormOf(code) switch
            {
                'm' when bytes.Length == 1 => FieldValue.From(DhcpMessageTypes.Name4(bytes[0], 1)),
                'a' when bytes.Length == 4 => FieldValue.From(IpAddress.FromIPv4(bytes).ToString()),
                'A' when bytes.Length % 4 == 0 => FieldValue.From(Addresses(bytes)),
                'b' when bytes.Length == 1 => FieldValue.From(bytes[0] != 0),
                'B' when bytes.Length == 1 => FieldValue.From(bytes[0]),
                'w' when bytes.Length == 2 => FieldValue.From(BinaryPrimitives.ReadUInt16BigEndian(bytes)),
                'i' when bytes.Length == 4 => FieldValue.From(BinaryPrimitives.ReadUInt32BigEndian(bytes)),
                'p' => FieldValue.From(Names(bytes)),
                'c' when bytes.Length > 1 => FieldValue.From(ClientIdentifier(bytes)),
                'r' => FieldValue.From(Routes(bytes)),
                't' => FieldValue.From(ByteText.OrHex(bytes)),
                'f' when bytes.Length >= 3 => FieldValue.From(ByteText.OrHex(bytes[3..])),
                'd' => FieldValue.From(DhcpDomains.Read(bytes)),
                'o' => FieldValue.From(Convert.ToHexStringLower(bytes)),
                _ => FieldValue.From(ByteText.OrHex(bytes)),
            };
        }
    }

    /// <summary>Hardware type and address where the form is that of RFC 2132 §9.14, otherwise what it holds.</summary>
    private static string ClientIdentifier(ReadOnlySpan<byte> bytes) =>
        bytes[0] == 1 && bytes.Length == 7 ? ByteText.Hardware(bytes[1..]) : bytes[0] == 0 ? ByteText.OrHex(bytes[1..]) : Convert.ToHexStringLower(bytes);

    private static FieldValue[] Addresses(ReadOnlySpan<byte> bytes)
    {
        var addresses = new FieldValue[bytes.Length / 4];
        for (var i = 0; i < addresses.Length; i++) addresses[i] = FieldValue.From(IpAddress.FromIPv4(bytes[(i * 4)..]).ToString());
        return addresses;
    }

    private static FieldValue[] Names(ReadOnlySpan<byte> bytes)
    {
        var names = new FieldValue[bytes.Length];
        for (var i = 0; i < names.Length; i++) names[i] = FieldValue.From(DhcpOptions.Name(bytes[i]));
        return names;
    }

    /// <summary>Classless static routes (RFC 3442): prefix length, the prefix's significant bytes, router.</summary>
    private static FieldValue[] Routes(ReadOnlySpan<byte> bytes)
    {
        var routes = new List<FieldValue>();
        Span<byte> prefix = stackalloc byte[4];
        for (var at = 0; at < bytes.Length && bytes[at] <= 32;)
        {
            var significant = (bytes[at] + 7) / 8;
            if (at + 1 + significant + 4 > bytes.Length) break;
            prefix.Clear();
            bytes.Slice(at + 1, significant).CopyTo(prefix);
            var router = IpAddress.FromIPv4(bytes[(at + 1 + significant)..]);
            routes.Add(FieldValue.From(string.Create(CultureInfo.InvariantCulture, $"{IpAddress.FromIPv4(prefix)}/{bytes[at]} via {router}")));
            at += 1 + significant + 4;
        }

        return [.. routes];
    }
}
