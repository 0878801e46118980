using Wirehook.JavaScript;

namespace Wirehook.Scripting.Time;

/// <summary>What the engine knows of the world: the scripts' clock, and random numbers that are the same in every run.</summary>
/// <param name="clock">The scripts' clock.</param>
/// <param name="timeZone">The zone of <c>Date</c>.</param>
/// <param name="seed">Where random numbers start.</param>
internal sealed class ScriptWorld(ScriptClock clock, TimeZoneInfo timeZone, ulong seed) : JsHost
{
    private ulong _state = seed;

    public override long UtcNowMilliseconds => clock.Now.UnixMilliseconds;

    public override TimeZoneInfo TimeZone => timeZone;

    public override long CpuNanoseconds => ThreadCpuClock.Nanoseconds;

    /// <summary>The next number of the SplitMix64 sequence, in 53 bits.</summary>
    public override double NextRandom()
    {
        _state += 0x9E37_79B9_7F4A_7C15;
        var z = (_state ^ _state >> 30) * 0xBF58_476D_1CE4_E5B9;
        z = (z ^ z >> 27) * 0x94D0_49BB_1331_11EB;
        return ((z ^ z >> 31) >> 11) * (1.0 / (1UL << 53));
    }
}
