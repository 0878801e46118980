using Wirehook.Netlink.Events;
using Wirehook.Packets;

namespace Wirehook.EventHooks.Conditions.Evaluation;

/// <summary>An address or network of a condition.</summary>
/// <param name="address">The address.</param>
/// <param name="prefixLength">Bits of its prefix, of 32 for IPv4; -1 for an address alone.</param>
/// <param name="isExact">Whether a prefix must be the same (==); otherwise a value may lie inside (IN).</param>
internal readonly struct AddressMatch(IpAddress address, int prefixLength, bool isExact)
{
    private const int IPv4Offset = 96;

    /// <summary>Every network of prefix length 0, of IPv4 and IPv6: the default routes.</summary>
    public static AddressMatch Default => new(default, -1, isExact: true) { IsDefault = true };

    private bool IsDefault { get; init; }

    /// <summary>An address alone asks for the address, whatever its prefix. A network holds the addresses in it, and the networks that lie wholly inside.</summary>
    public bool Accepts(in NetworkValue value)
    {
        if (IsDefault) return value.PrefixLength == 0;
        var other = value.AsAddress;
        if (prefixLength < 0) return other == address;
        if (isExact) return other == address && value.PrefixLength == prefixLength;
        if (other.IsIPv4 != address.IsIPv4 || !SharesPrefix(other, address, Bits(address, prefixLength))) return false;
        return value.PrefixLength < 0 || value.PrefixLength >= prefixLength || !IsNetwork(other, Bits(other, value.PrefixLength));
    }

    private static int Bits(IpAddress address, int prefixLength) => address.IsIPv4 ? IPv4Offset + prefixLength : prefixLength;

    private static bool SharesPrefix(IpAddress left, IpAddress right, int bits) =>
        ((left.High ^ right.High) & Mask(bits)) == 0 && ((left.Low ^ right.Low) & Mask(bits - 64)) == 0;

    private static bool IsNetwork(IpAddress address, int bits) => (address.High & ~Mask(bits)) == 0 && (address.Low & ~Mask(bits - 64)) == 0;

    private static ulong Mask(int bits) => bits <= 0 ? 0 : bits >= 64 ? ulong.MaxValue : ulong.MaxValue << (64 - bits);
}
