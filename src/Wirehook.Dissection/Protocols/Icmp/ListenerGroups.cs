using System.Buffers.Binary;
using Wirehook.Dissection.Records;
using Wirehook.Packets;

namespace Wirehook.Dissection.Protocols.Icmp;

/// <summary>The multicast addresses of a listener discovery message (RFC 2710 §3, RFC 3810 §5).</summary>
internal static class ListenerGroups
{
    private const int AddressLength = 16;
    private const int Version1Length = 24;

    /// <summary>The addresses; null where the message is none of listener discovery.</summary>
    public static FieldValue[]? Read(ReadOnlySpan<byte> message) => message.IsEmpty ? null : message[0] switch
    {
        130 or 131 or 132 => message.Length >= Version1Length ? [Address(message[8..])] : [],
        143 => ReadReport(message),
        _ => null,
    };

    private static FieldValue[] ReadReport(ReadOnlySpan<byte> message)
    {
        const int RecordHeader = 4;
        var groups = new List<FieldValue>();
        var left = message.Length >= 8 ? BinaryPrimitives.ReadUInt16BigEndian(message[6..]) : 0;
        var at = 8;
        while (left-- > 0 && at + RecordHeader + AddressLength <= message.Length)
        {
            groups.Add(Address(message[(at + RecordHeader)..]));
            at += RecordHeader + AddressLength + (BinaryPrimitives.ReadUInt16BigEndian(message[(at + 2)..]) * AddressLength) + (message[at + 1] * 4);
        }

        return [.. groups];
    }

    private static FieldValue Address(ReadOnlySpan<byte> bytes) => FieldValue.From(IpAddress.FromIPv6(bytes).ToString());
}
