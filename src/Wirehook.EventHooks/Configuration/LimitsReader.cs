using Wirehook.EventHooks.Hooks;
using YamlDotNet.RepresentationModel;

namespace Wirehook.EventHooks.Configuration;

/// <summary>Reads <c>nlmon.integration.hook_limits</c>.</summary>
internal static class LimitsReader
{
    /// <summary>The words of <c>overflow</c> and <c>on_overflow</c>.</summary>
    public static readonly IReadOnlyDictionary<string, OverflowPolicy> Policies = new Dictionary<string, OverflowPolicy>
    {
        ["drop_oldest"] = OverflowPolicy.DropOldest,
        ["drop_newest"] = OverflowPolicy.DropNewest,
        ["coalesce"] = OverflowPolicy.Coalesce,
        ["block"] = OverflowPolicy.Block,
    };

    private static readonly string[] Keys = ["max_concurrent", "queue", "overflow", "history"];

    public static HookLimits Read(ConfigurationReport report, YamlNode? node)
    {
        var limits = new HookLimits();
        if (node is null or YamlScalarNode { Value: null or "" }) return limits;
        if (node is not YamlMappingNode mapping)
        {
            report.Error(node, $"hook_limits holds further keys: {string.Join(", ", Keys)}.");
            return limits;
        }

        foreach (var (key, _, value) in report.Entries(mapping, "hook_limits", Keys))
        {
            limits = key switch
            {
                "max_concurrent" => limits with { MaxConcurrent = report.Number(value, key, 1, 1_000) ?? limits.MaxConcurrent },
                "queue" => limits with { Queue = report.Number(value, key, 1, 1_000_000) ?? limits.Queue },
                "overflow" => limits with { Overflow = report.Word(value, key, Policies) ?? limits.Overflow },
                _ => limits with { History = report.Number(value, key, 0, 100_000) ?? limits.History },
            };
        }

        return limits;
    }
}
