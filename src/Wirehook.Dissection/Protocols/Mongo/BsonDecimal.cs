using System.Buffers.Binary;
using System.Globalization;

namespace Wirehook.Dissection.Protocols.Mongo;

/// <summary>Decimal floating point numbers of 128 bits (IEEE 754-2008, binary integer significand) as text, as the BSON specification's Decimal128 document says.</summary>
internal static class BsonDecimal
{
    private const int ExponentBias = 6176;
    private const int SmallestPlainExponent = -6;
    private static readonly UInt128 LargestCoefficient = UInt128.Parse("9999999999999999999999999999999999", CultureInfo.InvariantCulture);

    /// <summary>The number in 16 bytes, little-endian.</summary>
    public static string ToText(ReadOnlySpan<byte> value)
    {
        var (low, high) = (BinaryPrimitives.ReadUInt64LittleEndian(value), BinaryPrimitives.ReadUInt64LittleEndian(value[8..]));
        var sign = high >> 63 == 1 ? "-" : "";
        var combination = (int)(high >> 58) & 0x1f;
        if (combination == 0x1f) return "NaN";
        if (combination == 0x1e) return sign + "Infinity";
        var isLarge = combination >> 3 == 3;
        var exponent = (int)(isLarge ? high >> 47 : high >> 49) & 0x3fff;
        // The other layout's coefficient is always beyond 34 digits, which the standard reads as zero.
        var coefficient = isLarge ? UInt128.Zero : new UInt128(high & 0x1_ffff_ffff_ffff, low);
        if (coefficient > LargestCoefficient) coefficient = 0;
        return sign + Format(coefficient.ToString(CultureInfo.InvariantCulture), exponent - ExponentBias);
    }

    private static string Format(string digits, int exponent)
    {
        var scientific = exponent + digits.Length - 1;
        if (exponent > 0 || scientific < SmallestPlainExponent)
        {
            var fraction = digits.Length > 1 ? "." + digits[1..] : "";
            return string.Create(CultureInfo.InvariantCulture, $"{digits[0]}{fraction}E{(scientific < 0 ? "" : "+")}{scientific}");
        }

        if (exponent == 0) return digits;
        var point = digits.Length + exponent;
        return point > 0 ? digits[..point] + "." + digits[point..] : "0." + new string('0', -point) + digits;
    }
}
