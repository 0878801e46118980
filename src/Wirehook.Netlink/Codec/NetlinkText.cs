using System.Numerics;
using System.Runtime.InteropServices;
using System.Text;

namespace Wirehook.Netlink.Codec;

/// <summary>Texts of the kernel as strings. The same few names come with every message, so the latest of each are kept and found by their bytes.
/// Slots are replaced whole, so that threads may share them without locks.</summary>
internal static class NetlinkText
{
    private const int Slots = 4096;
    private const int LongestShared = 32;
    private const ulong Odd = 0x9E37_79B9_7F4A_7C15;
    private static readonly string?[] Shared = new string?[Slots];
    private static readonly HardwareAddressText?[] SharedAddresses = new HardwareAddressText?[Slots];

    /// <summary>Text up to the first NUL.</summary>
    public static string Decode(ReadOnlySpan<byte> bytes)
    {
        var end = bytes.IndexOf((byte)0);
        if (end >= 0) bytes = bytes[..end];
        if (bytes.IsEmpty) return "";
        if (bytes.Length > LongestShared) return Encoding.UTF8.GetString(bytes);
        ref var slot = ref Shared[Hash(bytes) & (Slots - 1)];
        var known = slot;
        if (known is not null && Ascii.Equals(bytes, known)) return known;
        return slot = Encoding.UTF8.GetString(bytes);
    }

    /// <summary>Hexadecimal pairs with colons; null for no bytes.</summary>
    public static string? HardwareAddress(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty) return null;
        if (bytes.Length > sizeof(ulong)) return Format(bytes);
        var value = 0UL;
        foreach (var b in bytes) value = value << 8 | b;
        ref var slot = ref SharedAddresses[(int)((value * Odd) >> 52)];
        var known = slot;
        if (known is not null && known.Value == value && known.Length == bytes.Length) return known.Text;
        slot = known = new(value, bytes.Length, Format(bytes));
        return known.Text;
    }

    private static string Format(ReadOnlySpan<byte> bytes)
    {
        const string Digits = "0123456789abcdef";
        return string.Create(bytes.Length * 3 - 1, bytes, static (text, source) =>
        {
            for (var i = 0; i < source.Length; i++)
            {
                if (i > 0) text[i * 3 - 1] = ':';
                text[i * 3] = Digits[source[i] >> 4];
                text[i * 3 + 1] = Digits[source[i] & 15];
            }
        });
    }

    /// <summary>Eight bytes at a time; the last eight may overlap the ones before.</summary>
    private static int Hash(ReadOnlySpan<byte> bytes)
    {
        var hash = (ulong)bytes.Length;
        if (bytes.Length < sizeof(ulong))
        {
            var value = 0UL;
            foreach (var b in bytes) value = value << 8 | b;
            hash = (hash ^ value) * Odd;
        }
        else
        {
            for (var rest = bytes; rest.Length > sizeof(ulong); rest = rest[sizeof(ulong)..]) hash = (hash ^ MemoryMarshal.Read<ulong>(rest)) * Odd;
            hash = (BitOperations.RotateLeft(hash, 31) ^ MemoryMarshal.Read<ulong>(bytes[^sizeof(ulong)..])) * Odd;
        }

        return (int)(hash >> 32);
    }

    private sealed record HardwareAddressText(ulong Value, int Length, string Text);
}
