using System.Globalization;
using Wirehook.EventHooks.Hooks.Scheduling;
using Wirehook.EventHooks.Running;
using Wirehook.Netlink.Events;

namespace Wirehook.EventHooks.Hooks;

/// <summary>Runs what the scheduler says may run, on a few threads that are made when needed and reused.</summary>
internal sealed class HookExecutor(IProcessRunner runner, TimeProvider time, HookHistory history, Action<HookRun>? onRun) : IDisposable
{
    private readonly CancellationTokenSource _stop = new();

    // Programs find their run by it, and so does whoever kills what they left behind: it must differ between processes and restarts.
    private readonly string _prefix = string.Create(CultureInfo.InvariantCulture, $"{Environment.ProcessId:x}-{time.GetUtcNow().UtcTicks:x}-");
    private long _executions;

    /// <summary>Starts one more thread that works for <paramref name="scheduler"/>.</summary>
    public void StartWorker(HookScheduler scheduler) => new Thread(() => Work(scheduler)) { IsBackground = true, Name = "hook" }.Start();

    /// <summary>Runs a hook once outside of the schedule, and waits for it.</summary>
    public HookRun Test(HookQueue hook, NetworkEvent networkEvent)
    {
        var run = Execute(hook, networkEvent) with { IsTest = true };
        Report(run);
        return run;
    }

    /// <summary>Makes running programs end.</summary>
    public void Stop() => _stop.Cancel();

    /// <inheritdoc/>
    public void Dispose() => _stop.Dispose();

    private void Work(HookScheduler scheduler)
    {
        while (scheduler.WaitForRun() is { } waiting)
        {
            var wait = time.GetElapsedTime(waiting.Since, waiting.StartedAt);
            var run = Execute(waiting.Queue, waiting.Event) with { Attempt = waiting.Attempt, Wait = wait };
            // Told before the scheduler frees the place, so that whoever waits for idle hooks finds the run in the history.
            Report(run with { WillRetry = scheduler.WillRetry(waiting, run.Result) });
            scheduler.Complete(waiting, run.Result);
        }
    }

    private HookRun Execute(HookQueue hook, NetworkEvent networkEvent)
    {
        var id = _prefix + Interlocked.Increment(ref _executions).ToString(CultureInfo.InvariantCulture);
        var startedAt = time.GetUtcNow();
        return new HookRun
        {
            ExecutionId = id,
            HookId = hook.Id,
            HookName = hook.Definition.Name,
            Event = networkEvent,
            Attempt = 1,
            StartedAt = startedAt,
            Wait = TimeSpan.Zero,
            Result = Run(hook, networkEvent, id),
        };
    }

    private ProcessResult Run(HookQueue hook, NetworkEvent networkEvent, string executionId)
    {
        try
        {
            var definition = hook.Definition;
            var json = EventJson.ToUtf8Line(networkEvent);
            return runner.Run(
                new ProcessRequest
                {
                    Script = definition.Script,
                    Shell = definition.Shell,
                    Arguments = definition.Arguments,
                    Environment = HookEnvironment.Build(definition, hook.Id, networkEvent, executionId, json.AsSpan().TrimEnd((byte)'\n')),
                    Input = json,
                    Timeout = definition.Timeout,
                    TermGrace = definition.TermGrace,
                    User = definition.User,
                    CaptureOutput = definition.CaptureOutput,
                    ExecutionId = executionId,
                },
                _stop.Token);
        }
        catch (Exception error)
        {
            // A worker that died would take its share of the limit with it; whatever went wrong is this run's result.
            return new ProcessResult { Outcome = ProcessOutcome.Error, Error = error.Message };
        }
    }

    private void Report(HookRun run)
    {
        history.Add(run);
        try
        {
            onRun?.Invoke(run);
        }
        catch (Exception)
        {
            // Whoever listens may have a full disk or a closed log; this thread belongs to the hooks, and they go on.
        }
    }
}
