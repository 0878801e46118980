using Wirehook.EventHooks.Conditions;
using Wirehook.EventHooks.Hooks;
using YamlDotNet.RepresentationModel;

namespace Wirehook.EventHooks.Configuration;

/// <summary>Reads <c>nlmon.integration.hooks</c>: both of the seed's spellings and Wirehook's further keys.</summary>
internal sealed class HookReader(ConfigurationReport report, HookLimits limits, Func<string, string?> variable)
{
    private static readonly Dictionary<string, HookTrigger> Triggers = new() { ["network_event"] = HookTrigger.NetworkEvent, ["item"] = HookTrigger.Item };

    private static readonly string[] Keys =
    [
        "name", "script", "condition", "events", "on", "timeout_ms", "timeout", "enabled", "async", "capture_output", "shell", "args", "environment", "user",
        "max_parallel", "debounce", "coalesce", "on_overflow", "queue", "retry", "run_at_start", "term_grace",
    ];

    private static readonly string[] RetryKeys = ["count", "delay"];

    /// <summary>Reads the whole list.</summary>
    public IReadOnlyList<HookDefinition> ReadAll(YamlNode? node)
    {
        if (node is null or YamlScalarNode { Value: null or "" }) return [];
        if (node is not YamlSequenceNode list)
        {
            report.Error(node, "hooks takes a list: one \"- name: …\" per hook.");
            return [];
        }

        var hooks = new List<HookDefinition>();
        var names = new Dictionary<string, YamlNode>();
        foreach (var element in list.Children)
        {
            if (Read(element) is not var (hook, nameNode)) continue;
            if (!names.TryAdd(hook.Name, nameNode)) report.Error(nameNode, $"there is already a hook named {hook.Name}, at line {names[hook.Name].Start.Line}.");
            hooks.Add(hook);
        }

        if (hooks.Count > HookRegistry.Limit) report.Error(list, $"there are {hooks.Count} hooks; at most {HookRegistry.Limit} are allowed.");
        return hooks;
    }

    private (HookDefinition Hook, YamlNode NameNode)? Read(YamlNode element)
    {
        if (element is not YamlMappingNode mapping)
        {
            report.Error(element, "a hook takes keys with values, at least name and script.");
            return null;
        }

        var errors = report.Errors.Count;
        var values = report.Entries(mapping, "a hook", Keys).ToDictionary(e => e.Key, e => e.Value);
        if (!values.ContainsKey("name")) report.Error(mapping, "this hook has no name.");
        if (!values.ContainsKey("script")) report.Error(mapping, "this hook has no script.");
        var hook = new HookDefinition { Name = "", Script = "", OnOverflow = limits.Overflow };
        foreach (var (key, value) in values) hook = Assign(hook, key, value);
        CheckTogether(hook, values);
        // What could not be read was left at its default: only a hook read in full can be judged as a whole.
        if (report.Errors.Count == errors) Check(hook, values);
        return values.TryGetValue("name", out var nameNode) && hook.Name.Length > 0 ? (hook, nameNode) : null;
    }

    private HookDefinition Assign(HookDefinition hook, string key, YamlNode value) => key switch
    {
        "name" => hook with { Name = report.Text(value, key) ?? "" },
        "script" => hook with { Script = report.Text(value, key) ?? "" },
        "condition" => hook with { Condition = report.Text(value, key) ?? "" },
        "events" => hook with { Events = report.TextList(value, key) ?? [] },
        "on" => hook with { On = report.Word(value, key, Triggers) ?? hook.On },
        "timeout_ms" => hook with { Timeout = Milliseconds(value, key) },
        "timeout" => hook with { Timeout = report.Time(value, key) ?? hook.Timeout },
        "enabled" => hook with { Enabled = report.Flag(value, key) ?? hook.Enabled },
        "async" => hook with { Async = report.Flag(value, key) ?? hook.Async },
        "capture_output" => hook with { CaptureOutput = report.Flag(value, key) ?? hook.CaptureOutput },
        "shell" => hook with { Shell = report.Flag(value, key) },
        "args" => hook with { Arguments = report.TextList(value, key) ?? [] },
        "environment" => hook with { Environment = Environment(value) },
        _ => AssignFurther(hook, key, value),
    };

    private HookDefinition AssignFurther(HookDefinition hook, string key, YamlNode value) => key switch
    {
        "user" => hook with { User = report.Text(value, key) },
        "max_parallel" => hook with { MaxParallel = report.Number(value, key, 1, 1_000) ?? hook.MaxParallel },
        "debounce" => hook with { Debounce = report.Time(value, key) ?? hook.Debounce },
        "coalesce" => hook with { Coalesce = report.Flag(value, key) ?? hook.Coalesce },
        "on_overflow" => hook with { OnOverflow = report.Word(value, key, LimitsReader.Policies) ?? hook.OnOverflow },
        "queue" => hook with { Queue = report.Number(value, key, 1, 1_000_000) ?? hook.Queue },
        "retry" => Retry(hook, value),
        "run_at_start" => hook with { RunAtStart = report.Flag(value, key) ?? hook.RunAtStart },
        _ => hook with { TermGrace = report.Time(value, key) ?? hook.TermGrace },
    };

    /// <summary>0 is the seed's way to ask for the default.</summary>
    private TimeSpan Milliseconds(YamlNode value, string key) => report.Number(value, key, 0, (int)HookDefinitionCheck.LongestTime.TotalMilliseconds) is > 0 and { } number
        ? TimeSpan.FromMilliseconds(number)
        : TimeSpan.FromSeconds(30);

    private HookDefinition Retry(HookDefinition hook, YamlNode value)
    {
        if (value is not YamlMappingNode mapping) return hook with { Retries = report.Number(value, "retry", 0, 100) ?? 0 };
        foreach (var (key, _, part) in report.Entries(mapping, "retry", RetryKeys))
        {
            hook = key == "count"
                ? hook with { Retries = report.Number(part, "retry.count", 0, 100) ?? 0 }
                : hook with { RetryDelay = report.Time(part, "retry.delay") ?? hook.RetryDelay };
        }

        if (!mapping.Children.Keys.OfType<YamlScalarNode>().Any(k => k.Value == "count")) report.Error(value, "retry takes count, and delay where it is not to be 1s.");
        return hook;
    }

    private Dictionary<string, string> Environment(YamlNode node)
    {
        var variables = new Dictionary<string, string>();
        if (node is YamlScalarNode { Value: null or "" }) return variables;
        if (node is not YamlMappingNode mapping)
        {
            report.Error(node, "environment takes names with values: one \"NAME: value\" per line.");
            return variables;
        }

        foreach (var (key, value) in mapping.Children)
        {
            if (report.Text(key, "environment") is not { } name || report.Text(value, name) is not { } raw) continue;
            variables[name] = VariableExpansion.Expand(raw, variable, missing => report.Warn(value, $"the variable {missing} is not set; {name} gets nothing in its place."));
        }

        return variables;
    }

    private void CheckTogether(HookDefinition hook, Dictionary<string, YamlNode> values)
    {
        if (values.TryGetValue("timeout", out var timeout) && values.ContainsKey("timeout_ms")) report.Error(timeout, "a hook takes timeout or timeout_ms, not both.");
        if (!hook.Async && values.TryGetValue("max_parallel", out var parallel)) report.Warn(parallel, "max_parallel has no effect without async: true.");
    }

    private void Check(HookDefinition hook, Dictionary<string, YamlNode> values)
    {
        var errors = HookDefinitionCheck.Check(hook, out var condition);
        foreach (var error in errors)
        {
            var node = values.GetValueOrDefault(error.Key == "timeout" && !values.ContainsKey("timeout") ? "timeout_ms" : error.Key) ?? values["name"];
            if (error.Position is { } position && node is YamlScalarNode scalar) report.Error(scalar, position);
            else report.Error(Element(node, error.Index), error.Message);
        }

        if (condition is null || values["condition"] is not YamlScalarNode text) return;
        foreach (var warning in Condition.Compile(hook.Condition).Warnings) report.Warn(text, warning);
    }

    private static YamlNode Element(YamlNode node, int index) => node switch
    {
        YamlSequenceNode list when index >= 0 && index < list.Children.Count => list.Children[index],
        YamlMappingNode map when index >= 0 && index < map.Children.Count => map.Children.ElementAt(index).Key,
        _ => node,
    };
}
