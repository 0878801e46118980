using Wirehook.Netlink.Events;
using Wirehook.Netlink.Monitor;

namespace Wirehook.Netlink.Tests.Monitor;

/// <summary>Keeps the events of a monitor.</summary>
public sealed class EventCollector : INetworkEventSink
{
    private readonly List<NetworkEvent> _events = [];

    public void OnEvents(IReadOnlyList<NetworkEvent> batch)
    {
        lock (_events)
        {
            _events.AddRange(batch);
            System.Threading.Monitor.PulseAll(_events);
        }
    }

    /// <summary>What came so far.</summary>
    public NetworkEvent[] Events
    {
        get
        {
            lock (_events)
            {
                return [.. _events];
            }
        }
    }

    /// <summary>Forgets what came so far.</summary>
    public void Clear()
    {
        lock (_events)
        {
            _events.Clear();
        }
    }

    /// <summary>Waits for an event; fails, naming what came instead, where it does not come in time.</summary>
    public NetworkEvent Wait(string name, Func<NetworkEvent, bool>? holds = null, int seconds = 10)
    {
        var found = TryWait(e => e.Events.Contains(name) && (holds is null || holds(e)), seconds);
        Assert.True(found is not null, $"{name} did not come. The last that came:\n{string.Join('\n', Events.TakeLast(30).Select(e => EventText.Line(e, false)))}");
        return found!;
    }

    /// <summary>Waits until there are so many events that <paramref name="holds"/> is true of.</summary>
    public NetworkEvent[] WaitForCount(Func<NetworkEvent, bool> holds, int count, int seconds = 20)
    {
        var end = Environment.TickCount64 + (seconds * 1000);
        lock (_events)
        {
            // Polled rarely: looking through all events at every batch would be the load.
            while (_events.Count(holds) < count && Environment.TickCount64 < end)
            {
                System.Threading.Monitor.Exit(_events);
                Thread.Sleep(20);
                System.Threading.Monitor.Enter(_events);
            }

            return [.. _events.Where(holds)];
        }
    }

    /// <summary>Waits for an event whatever its name.</summary>
    public NetworkEvent WaitForAny(Func<NetworkEvent, bool> holds, int seconds = 10) => TryWait(holds, seconds) ?? throw new TimeoutException("The event did not come.");

    private NetworkEvent? TryWait(Func<NetworkEvent, bool> holds, int seconds)
    {
        var end = Environment.TickCount64 + (seconds * 1000);
        lock (_events)
        {
            var looked = 0;
            while (true)
            {
                for (; looked < _events.Count; looked++)
                {
                    if (holds(_events[looked])) return _events[looked];
                }

                var left = end - Environment.TickCount64;
                if (left <= 0 || !System.Threading.Monitor.Wait(_events, (int)left)) return null;
            }
        }
    }
}
