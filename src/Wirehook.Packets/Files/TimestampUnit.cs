namespace Wirehook.Packets.Files;

/// <summary>How a pcapng interface counts time: the options if_tsresol and if_tsoffset (draft-ietf-opsawg-pcapng §4.2).</summary>
internal readonly struct TimestampUnit
{
    private const long NanosecondsPerSecond = 1_000_000_000;
    private const int NanosecondDigits = 9;
    private readonly long _offsetNanoseconds;
    private readonly ulong _multiplier;
    private readonly ulong _divisor;
    private readonly int _binaryDigits;

    /// <summary>A unit.</summary>
    /// <param name="resolution">The option's byte: with its high bit a negative power of two, otherwise a negative power of ten.</param>
    /// <param name="offsetSeconds">Seconds to add.</param>
    public TimestampUnit(byte resolution, long offsetSeconds)
    {
        _offsetNanoseconds = unchecked(offsetSeconds * NanosecondsPerSecond);
        var digits = resolution & 0x7F;
        _binaryDigits = resolution > 0x7F ? digits : -1;
        _multiplier = digits < NanosecondDigits ? PowerOfTen(NanosecondDigits - digits) : 1;
        _divisor = digits > NanosecondDigits ? PowerOfTen(Math.Min(digits - NanosecondDigits, 19)) : 1;
    }

    /// <summary>The moment of <paramref name="ticks"/> units since 1970; wraps silently where it does not fit, as no packet is worth rejecting for its
    /// time.</summary>
    public Timestamp ToTimestamp(ulong ticks)
    {
        unchecked
        {
            var nanoseconds = _binaryDigits < 0 ? ticks / _divisor * _multiplier : FromBinary(ticks);
            return new Timestamp((long)nanoseconds + _offsetNanoseconds);
        }
    }

    private ulong FromBinary(ulong ticks) => unchecked((ulong)(((UInt128)ticks * NanosecondsPerSecond) >> _binaryDigits));

    private static ulong PowerOfTen(int exponent)
    {
        var power = 1UL;
        for (var i = 0; i < exponent; i++) power *= 10;
        return power;
    }
}
