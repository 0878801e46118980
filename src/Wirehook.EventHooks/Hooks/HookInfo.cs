namespace Wirehook.EventHooks.Hooks;

/// <summary>One registered hook as it is now.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Definition">What it was registered with.</param>
/// <param name="Enabled">Whether it runs now, whatever its definition says.</param>
/// <param name="FromConfiguration">Whether it came with <see cref="HookManager.Apply"/>; a reload leaves others alone.</param>
/// <param name="Statistics">What it did so far.</param>
public sealed record HookInfo(int Id, HookDefinition Definition, bool Enabled, bool FromConfiguration, HookStatistics Statistics);
