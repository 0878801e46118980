/// <summary>What calls took.</summary>
/// <param name="CpuNanoseconds">CPU time of the whole process, all threads.</param>
/// <param name="Bytes">Bytes allocated; negative where they could not be told.</param>
internal readonly record struct Sample(double CpuNanoseconds, double Bytes);

/// <summary>An engine in the comparison.</summary>
internal abstract class SpeedEngine(string name) : IDisposable
{
    internal string Name => name;

    /// <summary>Calls a case's function that many times.</summary>
    internal abstract Sample Run(SpeedCase speedCase, int calls);

    public virtual void Dispose()
    {
    }

    private protected static Sample Measure(Action run)
    {
        long bytes = GC.GetTotalAllocatedBytes(precise: false);
        var cpu = Environment.CpuUsage.TotalTime;
        run();
        var used = Environment.CpuUsage.TotalTime - cpu;
        return new Sample(used.TotalNanoseconds, GC.GetTotalAllocatedBytes(precise: false) - bytes);
    }
}
