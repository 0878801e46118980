using System.Runtime.InteropServices;

namespace Wirehook.Cli.Commands;

/// <summary>Turns Ctrl+C, SIGTERM and a time limit into an orderly end; a second Ctrl+C ends at once.</summary>
internal sealed class Interruption : IDisposable
{
    private readonly CancellationTokenSource _source = new();
    private readonly PosixSignalRegistration _interrupt;
    private readonly PosixSignalRegistration _terminate;

    /// <summary>Starts listening.</summary>
    public Interruption()
    {
        _interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, OnSignal);
        _terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, OnSignal);
    }

    /// <summary>Cancelled by the first signal or the time limit.</summary>
    public CancellationToken Token => _source.Token;

    /// <summary>Also ends after <paramref name="time"/>.</summary>
    public void After(TimeSpan time) => _source.CancelAfter(time);

    /// <inheritdoc/>
    public void Dispose()
    {
        _interrupt.Dispose();
        _terminate.Dispose();
        _source.Dispose();
    }

    private void OnSignal(PosixSignalContext context)
    {
        // Not cancelling the signal's own effect the second time lets it end the process.
        context.Cancel = !_source.IsCancellationRequested;
        _source.Cancel();
    }
}
