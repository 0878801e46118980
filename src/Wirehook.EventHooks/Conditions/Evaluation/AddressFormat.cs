using System.Buffers.Binary;
using System.Globalization;
using Wirehook.Packets;

namespace Wirehook.EventHooks.Conditions.Evaluation;

/// <summary>Writes addresses as text without allocating: dotted decimal, or RFC 5952.</summary>
internal static class AddressFormat
{
    /// <summary>Characters of the longest text.</summary>
    public const int LongestText = 48;

    private const int Groups = 8;

    /// <summary>Writes the address, without prefix length, and gives the number of characters.</summary>
    public static int Write(IpAddress address, Span<char> destination)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, address.High);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[8..], address.Low);
        return address.IsIPv4 ? WriteIPv4(bytes[12..], destination) : WriteIPv6(bytes, destination);
    }

    private static int WriteIPv4(ReadOnlySpan<byte> bytes, Span<char> destination)
    {
        var length = 0;
        for (var i = 0; i < 4; i++)
        {
            if (i > 0) destination[length++] = '.';
            bytes[i].TryFormat(destination[length..], out var written, default, CultureInfo.InvariantCulture);
            length += written;
        }

        return length;
    }

    private static int WriteIPv6(ReadOnlySpan<byte> bytes, Span<char> destination)
    {
        Span<ushort> groups = stackalloc ushort[Groups];
        for (var i = 0; i < Groups; i++) groups[i] = BinaryPrimitives.ReadUInt16BigEndian(bytes[(2 * i)..]);
        var (start, end) = LongestZeros(groups);
        var length = 0;
        for (var i = 0; i < Groups; i++)
        {
            if (i == start)
            {
                destination[length++] = ':';
                if (end == Groups) destination[length++] = ':';
                i = end - 1;
                continue;
            }

            if (i > 0) destination[length++] = ':';
            groups[i].TryFormat(destination[length..], out var written, "x", CultureInfo.InvariantCulture);
            length += written;
        }

        return length;
    }

    /// <summary>The longest run of two or more zero groups, the first of equals; (-1, -1) where there is none.</summary>
    private static (int Start, int End) LongestZeros(ReadOnlySpan<ushort> groups)
    {
        var (bestStart, bestEnd) = (-1, -1);
        for (var i = 0; i < Groups; i++)
        {
            var start = i;
            while (i < Groups && groups[i] == 0) i++;
            if (i - start >= 2 && i - start > bestEnd - bestStart) (bestStart, bestEnd) = (start, i);
        }

        return (bestStart, bestEnd);
    }
}
