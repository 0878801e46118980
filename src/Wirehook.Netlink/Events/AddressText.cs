using System.Buffers.Binary;
using System.Buffers.Text;
using System.Net;
using Wirehook.Packets;

namespace Wirehook.Netlink.Events;

/// <summary>Addresses as UTF-8: dotted decimal or RFC 5952, with <c>/bits</c> where the value has a prefix.</summary>
internal static class AddressText
{
    /// <summary>Bytes that the longest text takes, with room to spare.</summary>
    public const int MaxLength = 64;

    /// <summary>Writes the address of <paramref name="value"/> and gives the bytes written.</summary>
    /// <param name="value">A value of kind Address.</param>
    /// <param name="text">At least <see cref="MaxLength"/> bytes.</param>
    public static int Format(in NetworkValue value, Span<byte> text)
    {
        var length = value.AsAddress.IsIPv4 && !value.IsMappedPrefix ? FormatIPv4((uint)value.AsAddress.Low, text) : FormatIPv6(value.AsAddress, text);
        if (value.PrefixLength < 0) return length;
        text[length++] = (byte)'/';
        Utf8Formatter.TryFormat(value.PrefixLength, text[length..], out var digits);
        return length + digits;
    }

    private static int FormatIPv4(uint address, Span<byte> text)
    {
        var length = 0;
        for (var shift = 24; shift >= 0; shift -= 8)
        {
            Utf8Formatter.TryFormat((byte)(address >> shift), text[length..], out var digits);
            length += digits;
            if (shift > 0) text[length++] = (byte)'.';
        }

        return length;
    }

    private static int FormatIPv6(IpAddress address, Span<byte> text)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, address.High);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[8..], address.Low);
        new IPAddress(bytes).TryFormat(text, out var length);
        return length;
    }
}
