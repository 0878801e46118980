namespace Wirehook.JavaScript.Tests.Runtime;

/// <summary>A host whose clock stands still, whose CPU time advances a millisecond whenever it is asked, and whose random numbers are seeded.</summary>
internal sealed class FixedHost : JsHost
{
    private readonly Random _random = new(1);
    private long _cpu;

    public override long UtcNowMilliseconds => 1_700_000_000_000;

    public override TimeZoneInfo TimeZone => TimeZoneInfo.Utc;

    public override long CpuNanoseconds => _cpu += 1_000_000;

    public override double NextRandom() => _random.NextDouble();
}
