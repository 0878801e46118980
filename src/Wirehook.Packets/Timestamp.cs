using System.Globalization;

namespace Wirehook.Packets;

/// <summary>A moment in UTC, in nanoseconds since 1970-01-01: the one time unit from capture to item.</summary>
/// <param name="UnixNanoseconds">Nanoseconds since the Unix epoch; negative before it.</param>
public readonly record struct Timestamp(long UnixNanoseconds) : IComparable<Timestamp>
{
    private const long NanosecondsPerSecond = 1_000_000_000;

    /// <summary>Milliseconds since the Unix epoch, rounded down: the seed's <c>timestamp</c> field.</summary>
    public long UnixMilliseconds => Math.DivRem(UnixNanoseconds, 1_000_000).Quotient - (UnixNanoseconds % 1_000_000 < 0 ? 1 : 0);

    /// <inheritdoc/>
    public int CompareTo(Timestamp other) => UnixNanoseconds.CompareTo(other.UnixNanoseconds);

    /// <summary>Nanoseconds from <paramref name="earlier"/> to this moment.</summary>
    public long Since(Timestamp earlier) => UnixNanoseconds - earlier.UnixNanoseconds;

    /// <summary>Whether <paramref name="left"/> is before <paramref name="right"/>.</summary>
    public static bool operator <(Timestamp left, Timestamp right) => left.UnixNanoseconds < right.UnixNanoseconds;

    /// <summary>Whether <paramref name="left"/> is after <paramref name="right"/>.</summary>
    public static bool operator >(Timestamp left, Timestamp right) => left.UnixNanoseconds > right.UnixNanoseconds;

    /// <summary>Whether <paramref name="left"/> is not after <paramref name="right"/>.</summary>
    public static bool operator <=(Timestamp left, Timestamp right) => left.UnixNanoseconds <= right.UnixNanoseconds;

    /// <summary>Whether <paramref name="left"/> is not before <paramref name="right"/>.</summary>
    public static bool operator >=(Timestamp left, Timestamp right) => left.UnixNanoseconds >= right.UnixNanoseconds;

    /// <summary>RFC 3339 with up to nine fractional digits, trailing zeros removed: <c>2023-03-01T02:11:33.791425527Z</c>, as in the seed's records.</summary>
    public override string ToString()
    {
        var seconds = Math.DivRem(UnixNanoseconds, NanosecondsPerSecond, out var nanoseconds);
        if (nanoseconds < 0)
        {
            seconds--;
            nanoseconds += NanosecondsPerSecond;
        }

        var whole = DateTime.UnixEpoch.AddSeconds(seconds).ToString("yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture);
        return nanoseconds == 0
            ? whole + "Z"
            : whole + "." + nanoseconds.ToString("D9", CultureInfo.InvariantCulture).TrimEnd('0') + "Z";
    }
}
