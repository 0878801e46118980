namespace Wirehook.JavaScript.Tests.Runtime;

/// <summary>A host whose clock stands still, whose CPU time is the test thread's wall clock, and whose random numbers are seeded.</summary>
internal sealed class FixedHost : JsHost
{
    private readonly Random _random = new(1);

    public override long UtcNowMilliseconds => 1_700_000_000_000;

    public override TimeZoneInfo TimeZone => TimeZoneInfo.Utc;

    // Multiplying the raw timestamp would overflow after a few seconds of uptime.
    public override long CpuNanoseconds => System.Diagnostics.Stopwatch.GetElapsedTime(0).Ticks * 100;

    public override double NextRandom() => _random.NextDouble();
}
