namespace Wirehook.Hub.Views;

/// <summary>Whether everything works, in short.</summary>
/// <param name="Healthy">Whether the monitor hears every namespace that it follows and no event was dropped.</param>
/// <param name="Version">Wirehook's version.</param>
/// <param name="Pid">The process.</param>
/// <param name="UptimeSeconds">How long it runs.</param>
/// <param name="Hooks">Registered hooks.</param>
/// <param name="Running">Programs that run now.</param>
/// <param name="Waiting">Matched events that wait for their run.</param>
/// <param name="Received">Events that came from the monitor or recording.</param>
/// <param name="Dropped">Events that no hook saw, because conditions could not be evaluated fast enough.</param>
/// <param name="Overruns">Times that the kernel dropped messages because a receive buffer was full.</param>
/// <param name="Notes">What is left out, and why.</param>
public sealed record HealthView(
    bool Healthy,
    string Version,
    int Pid,
    double UptimeSeconds,
    int Hooks,
    int Running,
    int Waiting,
    long Received,
    long Dropped,
    long Overruns,
    IReadOnlyList<string> Notes);
