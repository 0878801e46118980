using Wirehook.Netlink.Events;
using Wirehook.Packets;

namespace Wirehook.EventHooks.Hooks;

/// <summary>An event that never happened, to try a hook with.</summary>
internal static class SampleEvent
{
    /// <summary>An event of the kind that the hook is for, about the loopback interface.</summary>
    public static NetworkEvent For(HookDefinition definition, TimeProvider time)
    {
        var name = definition.Events.FirstOrDefault(e => e.Contains('.', StringComparison.Ordinal)) ?? "link.up";
        return new NetworkEvent
        {
            Sequence = 0,
            Timestamp = new Timestamp((time.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks * TimeSpan.NanosecondsPerTick),
            MessageType = 16,
            MessageName = "RTM_NEWLINK",
            Events = [name],
            Interface = "lo",
            InterfaceIndex = 1,
            Synthetic = true,
            Detail = "made up to test a hook",
        };
    }
}
