using System.Globalization;
using Wirehook.JavaScript.Library.Numbers;

namespace Wirehook.JavaScript.Tests.Library;

public class NumberTextTests
{
    [Theory]
    [InlineData(0, "0")]
    [InlineData(-0.0, "0")]
    [InlineData(1023, "1023")]
    [InlineData(1024, "1024")]
    [InlineData(-7, "-7")]
    [InlineData(2147483648, "2147483648")]
    [InlineData(0.1, "0.1")]
    [InlineData(0.000001, "0.000001")]
    [InlineData(0.0000001, "1e-7")]
    [InlineData(1.5e-7, "1.5e-7")]
    [InlineData(123456789012345680000.0, "123456789012345680000")]
    [InlineData(1e21, "1e+21")]
    [InlineData(-1.25e25, "-1.25e+25")]
    [InlineData(1e15, "1000000000000000")]
    [InlineData(1e16, "10000000000000000")]
    [InlineData(123456.789, "123456.789")]
    [InlineData(5e-324, "5e-324")]
    [InlineData(1.7976931348623157e308, "1.7976931348623157e+308")]
    [InlineData(double.NaN, "NaN")]
    [InlineData(double.NegativeInfinity, "-Infinity")]
    public void Format_lays_digits_out_as_the_standard_says(double value, string expected) => Assert.Equal(expected, NumberText.Format(value));

    [Fact]
    public void Format_and_parse_return_the_same_number()
    {
        var random = new Random(17);
        for (int i = 0; i < 100_000; i++)
        {
            double value = BitConverter.Int64BitsToDouble(random.NextInt64(long.MinValue, long.MaxValue));
            if (!double.IsFinite(value)) continue;
            string text = NumberText.Format(value);
            Assert.Equal(value, NumberParser.Parse(text));
            Assert.Equal(value, double.Parse(text, CultureInfo.InvariantCulture));
        }
    }

    [Theory]
    [InlineData(0, 2, "0.00")]
    [InlineData(1.005, 2, "1.00")]
    [InlineData(1.45, 1, "1.4")]
    [InlineData(0.5, 0, "1")]
    [InlineData(1.5, 0, "2")]
    [InlineData(2.5, 0, "3")]
    [InlineData(-2.5, 0, "-3")]
    [InlineData(123.456, 1, "123.5")]
    [InlineData(1000000000000000128.0, 1, "1000000000000000128.0")]
    [InlineData(1e21, 2, "1e+21")]
    [InlineData(0.000001, 7, "0.0000010")]
    public void ToFixed(double value, int digits, string expected) => Assert.Equal(expected, NumberRounding.ToFixed(value, digits));

    [Theory]
    [InlineData(0, 2, "0.00e+0")]
    [InlineData(0, -1, "0e+0")]
    [InlineData(123456, 2, "1.23e+5")]
    [InlineData(25, 0, "3e+1")]
    [InlineData(0.00015, -1, "1.5e-4")]
    [InlineData(-77.1234, 4, "-7.7123e+1")]
    [InlineData(9.99, 1, "1.0e+1")]
    public void ToExponential(double value, int digits, string expected) => Assert.Equal(expected, NumberRounding.ToExponential(value, digits));

    [Theory]
    [InlineData(123.456, 4, "123.5")]
    [InlineData(0.000123, 2, "0.00012")]
    [InlineData(0.0000001, 2, "1.0e-7")]
    [InlineData(1e21, 3, "1.00e+21")]
    [InlineData(99.99, 3, "100")]
    [InlineData(1000, 4, "1000")]
    [InlineData(1.25, 2, "1.3")]
    [InlineData(1.35, 2, "1.4")]
    [InlineData(-1234567, 3, "-1.23e+6")]
    public void ToPrecision(double value, int digits, string expected) => Assert.Equal(expected, NumberRounding.ToPrecision(value, digits));

    [Theory]
    [InlineData(255, 16, "ff")]
    [InlineData(-255, 2, "-11111111")]
    [InlineData(0.5, 2, "0.1")]
    [InlineData(0.1, 3, "0.002200220022002200220022002200220102")]
    [InlineData(35, 36, "z")]
    [InlineData(9007199254740991.0, 36, "2gosa7pa2gv")]
    [InlineData(1e21, 16, "3635c9adc5dea00000")]
    public void Radix(double value, int radix, string expected)
    {
        if (radix == 3) Assert.StartsWith(expected[..20], NumberRadix.Format(value, radix), StringComparison.Ordinal);
        else Assert.Equal(expected, NumberRadix.Format(value, radix));
    }

    [Theory]
    [InlineData("", 0)]
    [InlineData(" \t\uFEFF\u2029 ", 0)]
    [InlineData(" 12 ", 12)]
    [InlineData("0x1F", 31)]
    [InlineData("-0x1F", double.NaN)]
    [InlineData("0b101", 5)]
    [InlineData("0o17", 15)]
    [InlineData("0x", double.NaN)]
    [InlineData("1e3", 1000)]
    [InlineData("1e", double.NaN)]
    [InlineData(".5", 0.5)]
    [InlineData("5.", 5)]
    [InlineData(".", double.NaN)]
    [InlineData("+Infinity", double.PositiveInfinity)]
    [InlineData("infinity", double.NaN)]
    [InlineData("1_000", double.NaN)]
    [InlineData("1e99999999999999999999", double.PositiveInfinity)]
    [InlineData("1e-99999999999999999999", 0)]
    [InlineData("0x20000000000001", 9007199254740992.0)]
    [InlineData("0x20000000000003", 9007199254740996.0)]
    [InlineData("0x200000000000010000000001", 9.9035203142830444e27)]
    public void Parse(string text, double expected) => Assert.Equal(expected, NumberParser.Parse(text));

    [Theory]
    [InlineData("12px", 0, 12)]
    [InlineData("0x1f", 0, 31)]
    [InlineData("0x1f", 10, 0)]
    [InlineData("-0x1f", 16, -31)]
    [InlineData("z", 36, 35)]
    [InlineData("8", 8, double.NaN)]
    [InlineData("11", 1, double.NaN)]
    [InlineData("010", 0, 10)]
    [InlineData("9007199254740993", 0, 9007199254740992.0)]
    public void ParseInt(string text, int radix, double expected) => Assert.Equal(expected, NumberParser.ParseInt(text, radix));

    [Theory]
    [InlineData("3.14abc", 3.14)]
    [InlineData("  -.5e1x", -5)]
    [InlineData("1e+", 1)]
    [InlineData("Infinityx", double.PositiveInfinity)]
    [InlineData("0x10", 0)]
    [InlineData("-", double.NaN)]
    public void ParseFloat(string text, double expected) => Assert.Equal(expected, NumberParser.ParseFloat(text));

    [Fact]
    public void ToFixed_agrees_with_exact_decimal_arithmetic()
    {
        var random = new Random(5);
        for (int i = 0; i < 20_000; i++)
        {
            // Multiples of 1/256 are exact in decimal, so that ties occur and System.Decimal can judge them.
            double value = random.Next(-1_000_000, 1_000_000) / 256.0;
            int digits = random.Next(0, 9);
            decimal expected = Math.Round((decimal)value, digits, MidpointRounding.AwayFromZero);
            string sign = value < 0 ? "-" : "";
            Assert.Equal(sign + Math.Abs(expected).ToString("F" + digits, CultureInfo.InvariantCulture), NumberRounding.ToFixed(value, digits));
        }
    }
}
