using Wirehook.EventHooks.Hooks;

namespace Wirehook.Worker.Sessions.Hooks;

/// <summary>Says now and then, and at the end, how many events were dropped since the last time: each drop by itself would be a flood of its own.</summary>
internal sealed class DropReporter : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);
    private readonly HookManager _hooks;
    private readonly IHookSessionLog _log;
    private readonly ITimer _timer;
    private readonly Lock _lock = new();
    private Dictionary<int, long> _reported = [];
    private long _reportedBefore;

    /// <summary>Begins to look every ten seconds.</summary>
    public DropReporter(HookManager hooks, IHookSessionLog log, TimeProvider time)
    {
        (_hooks, _log) = (hooks, log);
        _timer = time.CreateTimer(_ => Report(), null, Interval, Interval);
    }

    /// <summary>Ends with a last look.</summary>
    public void Dispose()
    {
        _timer.Dispose();
        Report();
    }

    private void Report()
    {
        lock (_lock)
        {
            var before = _hooks.Status.Dropped;
            if (before > _reportedBefore) _log.OnDropped(null, before - _reportedBefore);
            _reportedBefore = before;
            var reported = new Dictionary<int, long>();
            foreach (var hook in _hooks.List())
            {
                var dropped = hook.Statistics.Dropped;
                var known = _reported.GetValueOrDefault(hook.Id);
                if (dropped > known) _log.OnDropped(hook.Definition.Name, dropped - known);
                reported[hook.Id] = dropped;
            }

            _reported = reported;
        }
    }
}
