using Wirehook.EventHooks.Hooks;

namespace Wirehook.Hub.Views;

/// <summary>What a reload changed.</summary>
/// <param name="Added">Hooks that are new.</param>
/// <param name="Replaced">Hooks whose definition changed; their statistics begin anew.</param>
/// <param name="Removed">Hooks that are gone.</param>
/// <param name="Unchanged">Hooks that go on with their statistics.</param>
/// <param name="DroppedEvents">Events that waited for replaced or removed hooks.</param>
public sealed record ReloadView(
    IReadOnlyList<string> Added, IReadOnlyList<string> Replaced, IReadOnlyList<string> Removed, IReadOnlyList<string> Unchanged, long DroppedEvents)
{
    /// <summary>The view of <paramref name="reload"/>.</summary>
    public static ReloadView Of(HookReload reload) => new(reload.Added, reload.Replaced, reload.Removed, reload.Unchanged, reload.DroppedEvents);
}
