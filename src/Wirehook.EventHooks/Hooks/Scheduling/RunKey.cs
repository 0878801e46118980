using Wirehook.Netlink.Events;

namespace Wirehook.EventHooks.Hooks.Scheduling;

/// <summary>What keeps runs of one hook apart: namespace and interface. Interfaces are known by index, which a rename leaves as it is.</summary>
internal readonly record struct RunKey(string Namespace, int InterfaceIndex, string Interface)
{
    public static RunKey Of(NetworkEvent networkEvent) =>
        new(networkEvent.Namespace, networkEvent.InterfaceIndex, networkEvent.InterfaceIndex == 0 ? networkEvent.Interface : "");
}
