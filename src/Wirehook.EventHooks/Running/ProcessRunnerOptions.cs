namespace Wirehook.EventHooks.Running;

/// <summary>How programs are kept together and what they may leave behind.</summary>
public sealed record ProcessRunnerOptions
{
    /// <summary>Whether each run gets a cgroup of its own where the system lets Wirehook make one; otherwise processes are found by session, ancestry and environment.</summary>
    public bool UseCgroups { get; init; } = true;

    /// <summary>Processes and threads that one run may have at a time, where the cgroup has the pids controller.</summary>
    public int MaximumProcesses { get; init; } = 1024;

    /// <summary>Finished runs that may have background processes left at the same time; beyond it those of the run that ends first are killed.</summary>
    public int MaximumBackgroundRuns { get; init; } = 256;

    /// <summary>Shells that wait to become a program, in cgroups of their own: entering a cgroup takes the kernel some 15 ms; 0 for none.</summary>
    public int WaitingLaunchers { get; init; } = 4;

    /// <summary>Whether a small process of its own ends what still runs at its timeout when Wirehook itself is killed.</summary>
    public bool UseGuardian { get; init; } = true;

    /// <summary>How long <see cref="ProcessRunner.Dispose"/> waits for what it has killed.</summary>
    public TimeSpan ShutdownLimit { get; init; } = TimeSpan.FromSeconds(5);
}
