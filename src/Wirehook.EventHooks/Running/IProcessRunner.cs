namespace Wirehook.EventHooks.Running;

/// <summary>Runs programs for events; the seam at which hooks are tested without processes.</summary>
public interface IProcessRunner
{
    /// <summary>Runs one program and waits until it has ended or its time is up. What a program does is a value, never an exception. Thread-safe.</summary>
    /// <param name="request">What to run.</param>
    /// <param name="stop">Kills the program and everything it started; the outcome is then <see cref="ProcessOutcome.Error"/> with the error <c>stopped</c>.</param>
    ProcessResult Run(ProcessRequest request, CancellationToken stop);
}
