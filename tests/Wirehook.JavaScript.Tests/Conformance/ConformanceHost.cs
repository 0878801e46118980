using System.Runtime.InteropServices;

namespace Wirehook.JavaScript.Tests.Conformance;

/// <summary>The world of a conformance test: the real clock, a zone with summer time, repeatable random numbers.</summary>
internal sealed partial class ConformanceHost : JsHost
{
    private const int ThreadCpuClock = 3;
    private static readonly TimeZoneInfo Zone = FindZone();
    private readonly Random _random = new(1);

    public override long UtcNowMilliseconds => DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();

    public override TimeZoneInfo TimeZone => Zone;

    public override long CpuNanoseconds
    {
        get
        {
            _ = ReadClock(ThreadCpuClock, out var time);
            return (time.Seconds * 1_000_000_000) + time.Nanoseconds;
        }
    }

    public override double NextRandom() => _random.NextDouble();

    /// <summary>Pacific time, in whose year both offsets occur; UTC where the machine has no zone data.</summary>
    private static TimeZoneInfo FindZone() => TimeZoneInfo.TryFindSystemTimeZoneById("America/Los_Angeles", out var zone) ? zone : TimeZoneInfo.Utc;

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    private static partial int ReadClock(int clock, out ClockTime time);

    [StructLayout(LayoutKind.Sequential)]
    private struct ClockTime
    {
        public long Seconds;
        public long Nanoseconds;
    }
}
