using System.Diagnostics;
using Wirehook.JavaScript;

/// <summary>A host on the wall clock, without limits that a benchmark would meet.</summary>
internal sealed class BenchHost : JsHost
{
    public override long UtcNowMilliseconds => 1_700_000_000_000;

    public override TimeZoneInfo TimeZone => TimeZoneInfo.Utc;

    public override long CpuNanoseconds => Stopwatch.GetTimestamp();

    public override double NextRandom() => 0.5;
}
