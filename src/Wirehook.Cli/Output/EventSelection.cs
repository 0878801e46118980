using Wirehook.Netlink.Events;

namespace Wirehook.Cli.Output;

/// <summary>Which events <c>wirehook monitor</c> shows.</summary>
/// <param name="hideUnchanged">Whether announcements that changed nothing are left out.</param>
internal sealed class EventSelection(bool hideUnchanged)
{
    private const string Unchanged = ".unchanged";

    /// <summary>Whether an event is shown. To be asked once for each event, in order.</summary>
    public bool Selects(NetworkEvent happened) => !(hideUnchanged && happened.Event.EndsWith(Unchanged, StringComparison.Ordinal));
}
