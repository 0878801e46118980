using Wirehook.Netlink.Events;
using Wirehook.Packets;

namespace Wirehook.EventHooks.Hooks.Dispatch;

/// <summary>The thread between the monitor and the hooks' queues.</summary>
internal sealed class DispatchThread : IDisposable
{
    private readonly EventInbox _inbox;
    private readonly HookDispatcher _dispatcher;
    private readonly TimeProvider _time;
    private readonly bool _replay;
    private readonly Thread _thread;
    private readonly ITimer _timer;
    private volatile bool _flush;

    public DispatchThread(EventInbox inbox, HookDispatcher dispatcher, TimeProvider time, bool replay)
    {
        (_inbox, _dispatcher, _time, _replay) = (inbox, dispatcher, time, replay);
        _timer = time.CreateTimer(_ => _inbox.Nudge(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _thread = new Thread(Run) { IsBackground = true, Name = "hook dispatch" };
        _thread.Start();
    }

    /// <summary>Lets go what waits for the end of its debounce time, as soon as all events taken so far are dispatched.</summary>
    public void Flush()
    {
        _flush = true;
        _inbox.Nudge();
    }

    /// <summary>Looks at the deadlines again, because the hooks changed.</summary>
    public void Refresh() => _inbox.Nudge();

    /// <inheritdoc/>
    public void Dispose()
    {
        _inbox.Close();
        _thread.Join();
        _timer.Dispose();
    }

    private void Run()
    {
        var batch = new List<NetworkEvent>(EventInbox.BatchSize);
        while (_inbox.Take(batch))
        {
            _dispatcher.Dispatch(batch);
            // What came before a deadline may still wait: only when nothing does has that time truly passed.
            if (_inbox.IsEmpty)
            {
                if (!_replay) _dispatcher.Advance(Now());
                if (_flush)
                {
                    _flush = false;
                    _dispatcher.Flush();
                }
            }

            if (!_replay) SetTimer();
            _inbox.Dispatched();
        }
    }

    private void SetTimer()
    {
        if (_dispatcher.NextDeadline is not { } deadline) return;
        var wait = Math.Max(0, deadline.Since(Now()));
        _timer.Change(TimeSpan.FromMilliseconds(Math.Ceiling(wait / 1e6)), Timeout.InfiniteTimeSpan);
    }

    private Timestamp Now() => new((_time.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks * TimeSpan.NanosecondsPerTick);
}
