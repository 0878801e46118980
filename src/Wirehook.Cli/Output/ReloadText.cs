using Wirehook.Hub.Views;

namespace Wirehook.Cli.Output;

/// <summary>What a reload changed, as a sentence.</summary>
internal static class ReloadText
{
    /// <summary>The sentence.</summary>
    public static string Of(ReloadView reload)
    {
        string[] parts = [Part("added", reload.Added), Part("replaced", reload.Replaced), Part("removed", reload.Removed), Part("unchanged", reload.Unchanged)];
        var text = string.Join("; ", parts.Where(p => p.Length > 0).DefaultIfEmpty("there are no hooks"));
        if (reload.DroppedEvents > 0) text += $"; {reload.DroppedEvents} waiting events were dropped with replaced or removed hooks";
        return text + ".";
    }

    private static string Part(string what, IReadOnlyList<string> names) => names.Count == 0 ? "" : $"{what} {string.Join(", ", names)}";
}
