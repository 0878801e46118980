using Wirehook.EventHooks.Hooks;
using Wirehook.Netlink.Events;
using Wirehook.Packets;

namespace Wirehook.EventHooks.Tests.Hooks;

/// <summary>Events and hooks for tests.</summary>
internal static class Sample
{
    public static readonly TimeSpan Soon = TimeSpan.FromSeconds(20);
    private static readonly long Epoch = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds() * 1_000_000;

    /// <summary>A link event; milliseconds count from the start of <see cref="ManualTime"/>.</summary>
    public static NetworkEvent Event(long sequence, string name = "eth0", int index = 2, string type = "link.up", double milliseconds = 0, bool initial = false) => new()
    {
        Sequence = sequence,
        Timestamp = new Timestamp(Epoch + (long)(milliseconds * 1e6)),
        MessageType = type == "link.removed" ? (ushort)17 : (ushort)16,
        MessageName = type == "link.removed" ? "RTM_DELLINK" : "RTM_NEWLINK",
        Events = [type],
        Interface = name,
        InterfaceIndex = index,
        Initial = initial,
    };

    public static HookDefinition Hook(string name = "hook", bool async = false) => new() { Name = name, Script = "/bin/true", Async = async };
}
