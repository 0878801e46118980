using System.Collections.Concurrent;
using Wirehook.EventHooks.Running;

namespace Wirehook.EventHooks.Tests.Hooks;

/// <summary>Runs nothing: notes what it should run, and gives the result that the test wants, when the test wants it.</summary>
internal sealed class FakeRunner : IProcessRunner
{
    private int _running;
    private int _mostRunning;

    public ConcurrentQueue<ProcessRequest> Requests { get; } = new();

    /// <summary>What a run gives; it may wait.</summary>
    public Func<ProcessRequest, CancellationToken, ProcessResult> Answer { get; set; } = (_, _) => Success;

    public static ProcessResult Success { get; } = new() { Outcome = ProcessOutcome.Success, ExitCode = 0, Duration = TimeSpan.FromMilliseconds(2), Output = "done\n" };

    public static ProcessResult Failure { get; } = new() { Outcome = ProcessOutcome.Error, ExitCode = 3, Duration = TimeSpan.FromMilliseconds(4), Output = "oh\n" };

    public static ProcessResult TimedOut { get; } = new() { Outcome = ProcessOutcome.Timeout, Signal = 9, Duration = TimeSpan.FromMilliseconds(100) };

    public int Running => Volatile.Read(ref _running);

    public int MostRunning => Volatile.Read(ref _mostRunning);

    /// <summary>Interfaces of the runs so far, in order of their start.</summary>
    public IEnumerable<string> Interfaces => Requests.Select(r => Variable(r, "NLMON_INTERFACE"));

    public IEnumerable<string> Sequences => Requests.Select(r => Variable(r, "NLMON_SEQUENCE"));

    public static string Variable(ProcessRequest request, string name) => request.Environment.FirstOrDefault(v => v.Key == name).Value ?? "";

    public ProcessResult Run(ProcessRequest request, CancellationToken stop)
    {
        var running = Interlocked.Increment(ref _running);
        for (var most = MostRunning; running > most; most = MostRunning) Interlocked.CompareExchange(ref _mostRunning, running, most);
        try
        {
            Requests.Enqueue(request);
            return Answer(request, stop);
        }
        finally
        {
            Interlocked.Decrement(ref _running);
        }
    }
}
