using Wirehook.EventHooks.Hooks;
using Wirehook.Netlink.Events;

namespace Wirehook.Worker.Sessions.Hooks;

/// <summary>Is told what happens in a hook session. Called on many threads, the monitor's among them: it must not wait.</summary>
public interface IHookSessionLog
{
    /// <summary>A hook's program ended.</summary>
    void OnRun(HookRun run);

    /// <summary>The configuration holds something that is allowed but probably not meant.</summary>
    void OnWarning(string warning);

    /// <summary>The configuration was read again.</summary>
    void OnReload(HookReload reload);

    /// <summary>The monitor says something about itself: an overrun, a resync.</summary>
    void OnMonitorEvent(NetworkEvent networkEvent);

    /// <summary>Since the last time a hook dropped events, or dispatch did where <paramref name="hook"/> is null.</summary>
    void OnDropped(string? hook, long events);
}
