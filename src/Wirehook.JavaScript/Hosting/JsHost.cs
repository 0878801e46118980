namespace Wirehook.JavaScript;

/// <summary>What an engine needs from the world: clock, randomness, time zone and the CPU time that guards go by.</summary>
public abstract class JsHost
{
    /// <summary>The time that scripts see, in milliseconds since 1970-01-01 UTC.</summary>
    public abstract long UtcNowMilliseconds { get; }

    /// <summary>The zone of local dates.</summary>
    public abstract TimeZoneInfo TimeZone { get; }

    /// <summary>CPU time of the engine's thread in nanoseconds, from any start. Asked every few ten thousand steps of a script.</summary>
    public abstract long CpuNanoseconds { get; }

    /// <summary>A random number from 0 up to but not including 1.</summary>
    public abstract double NextRandom();
}
