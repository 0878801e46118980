using System.Numerics;

namespace Wirehook.Scripting;

/// <summary>
/// Durations in a log-linear histogram: 16 steps per power of two, so that a quantile is at most 6 % too high.
/// Recording is a shift and an increment; a power of two gets its steps with its first duration.
/// </summary>
/// <remarks>One thread records; a reader on another thread sees counts that are each whole, though not of one moment.</remarks>
public sealed class LatencyHistogram
{
    private const int StepBits = 4;
    private const int Steps = 1 << StepBits;
    private const int LargestExponent = 43;
    private readonly long[]?[] _counts = new long[]?[LargestExponent - StepBits + 2];

    /// <summary>How many durations were recorded.</summary>
    public long Count { get; private set; }

    /// <summary>Records one duration in nanoseconds; more than two hours counts as two hours.</summary>
    public void Record(long nanoseconds)
    {
        var bucket = BucketOf(nanoseconds);
        var counts = _counts[bucket >> StepBits] ??= new long[Steps];
        counts[bucket & (Steps - 1)]++;
        Count++;
    }

    /// <summary>The duration in nanoseconds that <paramref name="quantile"/> (0…1) of the recorded ones do not exceed; 0 where none was recorded.</summary>
    public long Quantile(double quantile)
    {
        var rank = Math.Max(1, (long)Math.Ceiling(quantile * Count));
        var seen = 0L;
        for (var i = 0; i < _counts.Length * Steps; i++)
        {
            if (_counts[i >> StepBits] is not { } counts) continue;
            seen += counts[i & (Steps - 1)];
            if (seen >= rank) return UpperBound(i);
        }

        return 0;
    }

    private static int BucketOf(long nanoseconds)
    {
        var value = (ulong)Math.Clamp(nanoseconds, 0, (1L << LargestExponent) - 1);
        if (value < Steps) return (int)value;
        var shift = BitOperations.Log2(value) - StepBits;
        return (shift + 1) * Steps + (int)(value >> shift) - Steps;
    }

    private static long UpperBound(int bucket)
    {
        if (bucket < Steps) return bucket;
        var shift = bucket / Steps - 1;
        return ((long)(Steps + bucket % Steps + 1) << shift) - 1;
    }
}
