using Wirehook.EventHooks.Hooks;
using Wirehook.Hub;
using Wirehook.Netlink.Events;
using Wirehook.Netlink.Monitor;
using Wirehook.Worker.Sessions.Hooks;

namespace Wirehook.Cli.Commands.Hooks;

/// <summary>A hook session as the API serves it.</summary>
internal sealed class HookService(HookSession session) : IHookService
{
    /// <inheritdoc/>
    public HookManager Hooks => session.Hooks;

    /// <inheritdoc/>
    public MonitorStatus? Monitor => session.Monitor;

    /// <inheritdoc/>
    public DateTimeOffset StartedAt => session.StartedAt;

    /// <inheritdoc/>
    public IReadOnlyList<NetworkEvent> RecentEvents(int last) => session.RecentEvents(last);

    /// <inheritdoc/>
    public HookReload Reload() => session.Reload();
}
