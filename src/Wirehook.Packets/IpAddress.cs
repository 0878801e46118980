using System.Buffers.Binary;
using System.Net;

namespace Wirehook.Packets;

/// <summary>An IPv4 or IPv6 address as a value of 128 bits, so that flow keys compare without allocation. IPv4 is held as <c>::ffff:a.b.c.d</c>.</summary>
/// <param name="High">The first eight bytes in network order.</param>
/// <param name="Low">The last eight bytes in network order.</param>
public readonly record struct IpAddress(ulong High, ulong Low)
{
    private const ulong MappedPrefix = 0x0000_FFFF_0000_0000;

    /// <summary>Whether this is an IPv4 address (or its mapped form, which names the same host).</summary>
    public bool IsIPv4 => High == 0 && (Low & 0xFFFF_FFFF_0000_0000) == MappedPrefix;

    /// <summary>The address in four bytes of network order.</summary>
    public static IpAddress FromIPv4(ReadOnlySpan<byte> bytes) => new(0, MappedPrefix | BinaryPrimitives.ReadUInt32BigEndian(bytes));

    /// <summary>The address in sixteen bytes of network order.</summary>
    public static IpAddress FromIPv6(ReadOnlySpan<byte> bytes) =>
        new(BinaryPrimitives.ReadUInt64BigEndian(bytes), BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]));

    /// <summary>Dotted decimal, or RFC 5952 text for IPv6.</summary>
    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, High);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[8..], Low);
        return new IPAddress(IsIPv4 ? bytes[12..] : bytes).ToString();
    }
}
