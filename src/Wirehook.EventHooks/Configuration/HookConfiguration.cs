using Wirehook.EventHooks.Hooks;
using YamlDotNet.RepresentationModel;

namespace Wirehook.EventHooks.Configuration;

/// <summary>What a configuration file says about event hooks. Immutable.</summary>
/// <param name="Hooks">The hooks in the order of the file, which is their order for each event.</param>
/// <param name="Limits">Limits over all hooks.</param>
public sealed record HookConfiguration(IReadOnlyList<HookDefinition> Hooks, HookLimits Limits)
{
    /// <summary>The key of the list of hooks.</summary>
    public const string HooksKey = "nlmon.integration.hooks";

    /// <summary>The key of the limits.</summary>
    public const string LimitsKey = "nlmon.integration.hook_limits";

    /// <summary>No hooks, default limits.</summary>
    public static HookConfiguration Empty { get; } = new([], new HookLimits());

    /// <summary>Reads the two sections strictly: all that is wrong is reported, not only the first.</summary>
    /// <param name="fileName">The file's name, for messages.</param>
    /// <param name="hooks">The value of <see cref="HooksKey"/>; null where it is not there.</param>
    /// <param name="limits">The value of <see cref="LimitsKey"/>; null where it is not there.</param>
    /// <param name="variable">The value of an environment variable, or null, for <c>${NAME}</c> in a hook's environment.</param>
    /// <param name="text">The file's text, by which errors in conditions are located to the character; null where it is not at hand.</param>
    public static HookConfigurationResult Read(string fileName, YamlNode? hooks, YamlNode? limits, Func<string, string?> variable, string? text = null)
    {
        var report = new ConfigurationReport(fileName, text);
        var readLimits = LimitsReader.Read(report, limits);
        var readHooks = new HookReader(report, readLimits, variable).ReadAll(hooks);
        return new HookConfigurationResult(report.Errors.Count > 0 ? null : new HookConfiguration(readHooks, readLimits), report.Errors, report.Warnings);
    }
}
