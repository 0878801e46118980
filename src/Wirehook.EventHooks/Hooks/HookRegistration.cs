namespace Wirehook.EventHooks.Hooks;

/// <summary>What came of registering a hook.</summary>
/// <param name="Id">The hook's id, from 1, never used again; 0 where it was refused.</param>
/// <param name="Errors">Why it was refused; empty where it was not.</param>
public sealed record HookRegistration(int Id, IReadOnlyList<string> Errors)
{
    /// <summary>Whether the hook is registered.</summary>
    public bool Succeeded => Id > 0;
}
