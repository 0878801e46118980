using Wirehook.Netlink.Events;

namespace Wirehook.EventHooks.Conditions.Windows;

/// <summary>What a window counts apart: the value of its <c>by</c> field, per namespace.</summary>
/// <param name="Namespace">The event's namespace; empty where the window counts all events together.</param>
/// <param name="Value">The value; absent where the window counts all events together.</param>
internal readonly record struct WindowKey(string Namespace, NetworkValue Value);
