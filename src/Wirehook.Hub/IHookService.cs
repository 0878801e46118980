using Wirehook.EventHooks.Hooks;
using Wirehook.Netlink.Events;
using Wirehook.Netlink.Monitor;

namespace Wirehook.Hub;

/// <summary>What the API serves: running hooks and the monitor that feeds them. Every member may be called from any thread at any time.</summary>
public interface IHookService
{
    /// <summary>The hooks.</summary>
    HookManager Hooks { get; }

    /// <summary>What the monitor does; null where events come from a recording.</summary>
    MonitorStatus? Monitor { get; }

    /// <summary>When the program began.</summary>
    DateTimeOffset StartedAt { get; }

    /// <summary>Up to <paramref name="last"/> of the newest events, oldest first.</summary>
    IReadOnlyList<NetworkEvent> RecentEvents(int last);

    /// <summary>Reads the configuration file again and applies it, as a change of the file does.</summary>
    HookReload Reload();
}
