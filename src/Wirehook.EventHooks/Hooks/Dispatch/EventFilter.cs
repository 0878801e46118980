using Wirehook.Netlink.Events;

namespace Wirehook.EventHooks.Hooks.Dispatch;

/// <summary>A hook's <c>events</c> list: names of message types or of events, any of which lets an event through.</summary>
internal sealed class EventFilter
{
    private readonly HashSet<string>? _names;

    public EventFilter(IReadOnlyList<string> names)
    {
        if (names.Count > 0) _names = new HashSet<string>(names, StringComparer.OrdinalIgnoreCase);
    }

    public bool Matches(NetworkEvent networkEvent)
    {
        if (_names is null || _names.Contains(networkEvent.MessageName)) return true;
        var events = networkEvent.Events;
        for (var i = 0; i < events.Count; i++)
        {
            if (_names.Contains(events[i])) return true;
        }

        return false;
    }
}
