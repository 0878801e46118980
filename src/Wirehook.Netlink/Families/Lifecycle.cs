using Wirehook.Netlink.Events;

namespace Wirehook.Netlink.Families;

/// <summary>The event names of a family whose objects come, change and go, and of which nothing more telling can be said.</summary>
internal sealed class Lifecycle
{
    private readonly string _added;
    private readonly string _removed;
    private readonly string _changed;
    private readonly string _unchanged;

    /// <summary>Names <c>family.added</c>, <c>family.removed</c>, <c>family.changed</c>, <c>family.unchanged</c>.</summary>
    /// <param name="family">The word before the dot.</param>
    /// <param name="what">What the objects are, with article: <c>A policy rule</c>.</param>
    public Lifecycle(string family, string what)
    {
        (_added, _removed) = (family + ".added", family + ".removed");
        (_changed, _unchanged) = (family + ".changed", family + ".unchanged");
        EventNames =
        [
            new(_added, what + " was added."),
            new(_removed, what + " was removed."),
            new(_changed, what + " was changed."),
            new(_unchanged, what + " was announced again without a change."),
        ];
    }

    /// <summary>The names for the catalogue.</summary>
    public IReadOnlyList<EventName> EventNames { get; }

    /// <summary>Adds the name of <paramref name="change"/>.</summary>
    public void Describe(in NetworkChange change, List<string> names)
    {
        if (change.Action == NetlinkAction.Delete) names.Add(_removed);
        else if (change.Previous is null) names.Add(_added);
        else names.Add(change.Changed != 0 ? _changed : _unchanged);
    }
}
