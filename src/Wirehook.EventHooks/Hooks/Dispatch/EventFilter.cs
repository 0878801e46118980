using Wirehook.Netlink.Events;
using Wirehook.Netlink.Families;

namespace Wirehook.EventHooks.Hooks.Dispatch;

/// <summary>A hook's <c>events</c> list: names of message types or of events, any of which lets an event through. Without a list every event passes,
/// except those that follow traffic and whose family the condition does not name.</summary>
internal sealed class EventFilter
{
    private readonly HashSet<string>? _names;
    private readonly HashSet<NetlinkFamily> _refused = [];

    public EventFilter(IReadOnlyList<string> names, string condition = "")
    {
        foreach (var family in NetlinkFamily.All)
        {
            if (family.FollowsTraffic && !family.IsNamedIn(condition)) _refused.Add(family);
        }

        if (names.Count > 0) _names = new HashSet<string>(names, StringComparer.OrdinalIgnoreCase);
    }

    public bool Matches(NetworkEvent networkEvent)
    {
        if (_names is null) return networkEvent.Family is not { FollowsTraffic: true } family || !_refused.Contains(family);
        if (_names.Contains(networkEvent.MessageName)) return true;
        var events = networkEvent.Events;
        for (var i = 0; i < events.Count; i++)
        {
            if (_names.Contains(events[i])) return true;
        }

        return false;
    }
}
