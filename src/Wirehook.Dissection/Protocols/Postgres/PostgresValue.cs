using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Wirehook.Dissection.Protocols.Postgres;

/// <summary>Values of parameters and columns as text, as the server itself would write them. Binary forms are those of the types' send functions.</summary>
internal static class PostgresValue
{
    private const long MicrosecondsPerDay = 86_400_000_000;
    private static readonly long Epoch = new DateTime(2000, 1, 1, 0, 0, 0, DateTimeKind.Utc).Ticks;

    /// <summary>The value as text; bytes of a form that is not known as <c>\x</c> and hexadecimal digits.</summary>
    public static string ToText(ReadOnlySpan<byte> value, uint type, bool isBinary)
    {
        if (!isBinary) return Encoding.UTF8.GetString(value);
        return type switch
        {
            PostgresTypes.Bool when value.Length == 1 => value[0] != 0 ? "t" : "f",
            PostgresTypes.Int2 when value.Length == 2 => Text(BinaryPrimitives.ReadInt16BigEndian(value)),
            PostgresTypes.Int4 when value.Length == 4 => Text(BinaryPrimitives.ReadInt32BigEndian(value)),
            PostgresTypes.Oid when value.Length == 4 => Text(BinaryPrimitives.ReadUInt32BigEndian(value)),
            PostgresTypes.Int8 when value.Length == 8 => Text(BinaryPrimitives.ReadInt64BigEndian(value)),
            PostgresTypes.Float4 when value.Length == 4 => BinaryPrimitives.ReadSingleBigEndian(value).ToString("R", CultureInfo.InvariantCulture),
            PostgresTypes.Float8 when value.Length == 8 => BinaryPrimitives.ReadDoubleBigEndian(value).ToString("R", CultureInfo.InvariantCulture),
            PostgresTypes.Text or PostgresTypes.Varchar or PostgresTypes.Bpchar or PostgresTypes.Name or PostgresTypes.Json or PostgresTypes.Xml
                or PostgresTypes.Char or PostgresTypes.Unknown => Encoding.UTF8.GetString(value),
            PostgresTypes.Jsonb when value.Length > 0 => Encoding.UTF8.GetString(value[1..]),
            PostgresTypes.Uuid when value.Length == 16 => new Guid(value, bigEndian: true).ToString("D"),
            PostgresTypes.Date when value.Length == 4 => DateText(BinaryPrimitives.ReadInt32BigEndian(value)),
            PostgresTypes.Time when value.Length == 8 => TimeText(BinaryPrimitives.ReadInt64BigEndian(value)),
            PostgresTypes.Timestamp when value.Length == 8 => TimestampText(BinaryPrimitives.ReadInt64BigEndian(value), ""),
            PostgresTypes.Timestamptz when value.Length == 8 => TimestampText(BinaryPrimitives.ReadInt64BigEndian(value), "+00"),
            PostgresTypes.Numeric => NumericText(value),
            _ => Hexadecimal(value),
        };
    }

    /// <summary>A time of the protocol, microseconds since 2000, in RFC 3339; empty where it is beyond the calendar.</summary>
    public static string MomentText(long microseconds) =>
        TryMoment(microseconds, out var moment) ? moment.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture) : "";

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Hexadecimal(ReadOnlySpan<byte> value) => "\\x" + Convert.ToHexStringLower(value);

    private static bool TryMoment(long microseconds, out DateTime moment)
    {
        var ticks = (decimal)Epoch + ((decimal)microseconds * TimeSpan.TicksPerMicrosecond);
        var fits = ticks >= 0 && ticks <= DateTime.MaxValue.Ticks;
        moment = fits ? new DateTime((long)ticks, DateTimeKind.Utc) : default;
        return fits;
    }

    private static string DateText(int days)
    {
        if (days is int.MaxValue or int.MinValue) return days > 0 ? "infinity" : "-infinity";
        return TryMoment(days * MicrosecondsPerDay, out var moment) ? moment.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : Text(days);
    }

    private static string TimeText(long microseconds)
    {
        if (microseconds is < 0 or > MicrosecondsPerDay) return Text(microseconds);
        var time = TimeSpan.FromMicroseconds(microseconds);
        return string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalHours:00}:{time.Minutes:00}:{time.Seconds:00}") + Fraction(microseconds);
    }

    private static string TimestampText(long microseconds, string zone)
    {
        if (microseconds is long.MaxValue or long.MinValue) return microseconds > 0 ? "infinity" : "-infinity";
        if (!TryMoment(microseconds, out var moment)) return Text(microseconds);
        return moment.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) + Fraction(((microseconds % 1_000_000) + 1_000_000) % 1_000_000) + zone;
    }

    private static string Fraction(long microseconds)
    {
        var fraction = microseconds % 1_000_000;
        return fraction == 0 ? "" : "." + fraction.ToString("D6", CultureInfo.InvariantCulture).TrimEnd('0');
    }

    /// <summary>Digits of base 10000: how many, the weight of the first, sign, digits behind the decimal point.</summary>
    private static string NumericText(ReadOnlySpan<byte> value)
    {
        var cursor = new PostgresCursor(value);
        var (digits, weight, sign, scale) = (cursor.ReadInt16(), cursor.ReadInt16(), (ushort)cursor.ReadInt16(), cursor.ReadInt16());
        if (cursor.Failed || digits < 0 || cursor.Rest.Length != 2 * digits || scale is < 0 or > 16_383 || weight is < -4096 or > 32_767) return Hexadecimal(value);
        if (sign is 0xC000 or 0xD000 or 0xF000) return sign == 0xC000 ? "NaN" : sign == 0xD000 ? "Infinity" : "-Infinity";
        if (Math.Max(weight, 0) > digits + 256) return Hexadecimal(value);
        var text = new StringBuilder(sign == 0x4000 ? "-" : "");
        for (var i = 0; i <= weight; i++) AppendDigit(text, DigitAt(cursor.Rest, i), i == 0);
        if (weight < 0) text.Append('0');
        if (scale == 0) return text.ToString();
        var fraction = new StringBuilder();
        for (var i = weight + 1; fraction.Length < scale; i++) AppendDigit(fraction, DigitAt(cursor.Rest, i), first: false);
        return text.Append('.').Append(fraction.ToString(0, scale)).ToString();
    }

    private static void AppendDigit(StringBuilder text, int digit, bool first) => text.Append(digit.ToString(first ? "D" : "D4", CultureInfo.InvariantCulture));

    private static int DigitAt(ReadOnlySpan<byte> digits, int index) =>
        index < 0 || (2 * index) + 2 > digits.Length ? 0 : BinaryPrimitives.ReadInt16BigEndian(digits[(2 * index)..]);
}
