using System.Buffers;
using System.Diagnostics;

namespace Wirehook.EventHooks.Running;

/// <summary>One program from its start to its exit or to the end of its time.</summary>
internal sealed unsafe class ProcessRun(ProcessRequest request, LaunchCommand command, ProcessScope scope, ChildTable children, ParkedLauncher? launcher)
{
    private const int ChunkSize = 64 * 1024;
    private const int MaximumPollMilliseconds = 60_000;

    private static readonly TimeSpan DrainLimit = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan KillPatience = TimeSpan.FromSeconds(2);

    private readonly CapturedOutput _output = new(request.OutputLimit);

    private enum End
    {
        Exited,
        TimeIsUp,
        Stopped,
    }

    /// <summary>What the program still had open for its output when it exited; null where that has been closed.</summary>
    public OutputPipe? RemainingOutput { get; private set; }

    /// <summary>Whether processes of the run live on that may do so until its time is up.</summary>
    public bool HasBackground { get; private set; }

    /// <summary>The program's process where it was killed but could not be waited for yet; 0 otherwise.</summary>
    public int UnfinishedProcess { get; private set; }

    /// <summary>Runs it.</summary>
    /// <param name="started">Time stamp of just before the start (<see cref="Stopwatch.GetTimestamp"/>).</param>
    /// <param name="runnerStop">Readable when the runner closes.</param>
    /// <param name="requestStop">Readable when this run is to be stopped; -1 for none.</param>
    public ProcessResult Execute(long started, int runnerStop, int requestStop)
    {
        using var input = InputFile.Create(request.Input.Span, out var error);
        var output = error is null ? OutputPipe.Create(request.CaptureOutput, command.Account, out error) : null;
        if (input is null || output is null) return Failure(started, error!);
        var process = Start(input, output, out var handover, out error);
        if (handover is null) output.CloseWriting();
        using var exit = new Descriptor(process > 0 ? Libc.OpenProcess(process) : -1);
        var buffer = ArrayPool<byte>.Shared.Rent(ChunkSize);
        try
        {
            return process > 0 ? Watch(process, new Waiting(exit, output, handover, runnerStop, requestStop, buffer), started) : Failure(started, error!);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
            handover?.Dispose();
            output.CloseWriting();
            if (HasBackground && output.Reading >= 0) RemainingOutput = output;
            else output.Dispose();
        }
    }

    /// <summary>The result of a run that did not start.</summary>
    public static ProcessResult Failure(long started, string error) =>
        new() { Outcome = ProcessOutcome.Error, Error = error, Duration = Stopwatch.GetElapsedTime(started) };

    private int Start(Descriptor input, OutputPipe output, out Handover? handover, out string? error)
    {
        error = null;
        handover = launcher?.Become(command, input.Value, output.Writing);
        if (handover is not null) return launcher!.Process;
        launcher?.Dispose();
        var process = children.Start(command.Arguments(scope.Entry), command.Environment, new(input.Value, output.Writing, command.Script), out error);
        if (process > 0) scope.Started(process);
        return process;
    }

    private ProcessResult Watch(int process, Waiting waiting, long started)
    {
        var end = WaitForExit(waiting, started, request.Timeout);
        var killed = 0;
        var allDead = true;
        if (end == End.TimeIsUp && request.TermGrace > TimeSpan.Zero)
        {
            scope.Signal(Libc.SignalTerminate);
            WaitForExit(waiting, started, request.Timeout + request.TermGrace);
        }
        if (end != End.Exited) allDead = scope.KillAll(KillPatience, out killed);
        if (end != End.Exited) WaitForExit(waiting, Stopwatch.GetTimestamp(), KillPatience);
        var duration = Stopwatch.GetElapsedTime(started);
        var ended = children.Wait(process);
        if (ended is not null) scope.Ended();
        Drain(waiting);
        UnfinishedProcess = ended is null ? process : 0;
        HasBackground = ended is null || !scope.IsEmpty();
        return Describe(end, ended, allDead) with { ProcessId = process, Duration = duration, Killed = killed };
    }

    private ProcessResult Describe(End end, ProcessEnd? ended, bool allDead)
    {
        var outcome = end switch
        {
            End.TimeIsUp => ProcessOutcome.Timeout,
            End.Exited when ended is { ExitCode: 0 } => ProcessOutcome.Success,
            _ => ProcessOutcome.Error,
        };
        return new ProcessResult
        {
            Outcome = outcome,
            ExitCode = ended?.ExitCode ?? -1,
            Signal = ended?.Signal ?? 0,
            CpuTime = ended?.CpuTime ?? TimeSpan.Zero,
            Output = _output.ToString(),
            OutputBytes = _output.TotalBytes,
            Error = end == End.Stopped ? "stopped" : allDead ? "" : "Processes that were killed are still there: the kernel holds them in a call that cannot be interrupted.",
        };
    }

    /// <summary>Reads output until the program exits, the time is up or somebody stops it.</summary>
    private End WaitForExit(Waiting waiting, long since, TimeSpan limit)
    {
        const int Count = 5;
        var descriptors = stackalloc Libc.PollDescriptor[Count];
        for (; ; )
        {
            var remaining = limit - Stopwatch.GetElapsedTime(since);
            if (remaining <= TimeSpan.Zero) return End.TimeIsUp;
            descriptors[0] = new() { Descriptor = waiting.Exit.Value, Events = Libc.PollIn };
            descriptors[1] = new() { Descriptor = waiting.Output.Reading, Events = Libc.PollIn };
            descriptors[2] = new() { Descriptor = waiting.RunnerStop, Events = Libc.PollIn };
            descriptors[3] = new() { Descriptor = waiting.RequestStop, Events = Libc.PollIn };
            descriptors[4] = new() { Descriptor = waiting.Handover?.Control ?? -1 };
            var milliseconds = (int)Math.Min(Math.Ceiling(remaining.TotalMilliseconds), MaximumPollMilliseconds);
            if (Libc.Poll(descriptors, Count, milliseconds) <= 0) continue;
            if (descriptors[4].Returned != 0) waiting.CompleteHandover();
            if (descriptors[1].Returned != 0) waiting.Output.Read(waiting.Buffer, _output);
            if (descriptors[0].Returned != 0) return End.Exited;
            if (descriptors[2].Returned != 0 || descriptors[3].Returned != 0) return End.Stopped;
        }
    }

    /// <summary>Takes what is in the pipe already. A background process may hold it open, so that its end is not waited for.</summary>
    private void Drain(Waiting waiting)
    {
        var since = Stopwatch.GetTimestamp();
        while (waiting.Output.Read(waiting.Buffer, _output) && Stopwatch.GetElapsedTime(since) < DrainLimit)
        {
        }
    }

    private readonly record struct Waiting(Descriptor Exit, OutputPipe Output, Handover? Handover, int RunnerStop, int RequestStop, byte[] Buffer)
    {
        public void CompleteHandover()
        {
            Handover?.Dispose();
            Output.CloseWriting();
        }
    }
}
