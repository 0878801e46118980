using System.Text;
using Wirehook.EventHooks.Conditions;
using Wirehook.Netlink.Events;
using Wirehook.Netlink.Families;

namespace Wirehook.EventHooks.Hooks;

/// <summary>One thing that is wrong with a definition.</summary>
/// <param name="Key">The configuration key that it is about.</param>
/// <param name="Message">What is wrong and what would be right.</param>
/// <param name="Index">For an element of a list, which; -1 otherwise.</param>
/// <param name="Position">Where in the condition's text; null otherwise.</param>
internal sealed record HookDefinitionError(string Key, string Message, int Index = -1, ConditionError? Position = null);

/// <summary>Checks definitions, whether they come from a file or from the API.</summary>
internal static class HookDefinitionCheck
{
    public const int LongestName = 128;
    public const int LongestScript = 4_096;
    public static readonly TimeSpan LongestTime = TimeSpan.FromHours(24);

    private static readonly HashSet<string> EventNames = new(
        EventSchema.EventNames.Select(e => e.Name).Concat(NetlinkFamily.All.SelectMany(f => f.Messages).Select(m => m.Name)), StringComparer.OrdinalIgnoreCase);

    /// <summary>Everything that is wrong with <paramref name="definition"/>, and its condition where that is right and not empty.</summary>
    public static IReadOnlyList<HookDefinitionError> Check(HookDefinition definition, out Condition? condition)
    {
        var errors = new List<HookDefinitionError>();
        CheckTexts(definition, errors);
        CheckEvents(definition, errors);
        CheckTimes(definition, errors);
        CheckNumbers(definition, errors);
        CheckEnvironment(definition, errors);
        condition = null;
        if (definition.Condition.AsSpan().IsWhiteSpace()) return errors;
        var compilation = Condition.Compile(definition.Condition);
        condition = compilation.Condition;
        if (compilation.Error is { } error) errors.Add(new("condition", error.Message, Position: error));
        return errors;
    }

    private static void CheckTexts(HookDefinition definition, List<HookDefinitionError> errors)
    {
        if (definition.Name.Length is 0 or > LongestName || definition.Name.Any(char.IsControl))
            errors.Add(new("name", $"name takes 1 to {LongestName} characters without control characters."));
        // The API addresses hooks by name, and every HTTP client takes these two out of a path.
        if (definition.Name is "." or "..") errors.Add(new("name", $"name takes a name, not {definition.Name}"));
        var bytes = Encoding.UTF8.GetByteCount(definition.Script);
        if (definition.Script.AsSpan().IsWhiteSpace()) errors.Add(new("script", "script takes the path of a program or a command, and must not be empty."));
        else if (bytes > LongestScript) errors.Add(new("script", $"script takes up to {LongestScript} bytes, not {bytes}; put the commands into a file and name that."));
        else if (definition.Script.Contains('\0', StringComparison.Ordinal)) errors.Add(new("script", "script holds a NUL character."));
        if (definition.On == HookTrigger.Item) errors.Add(new("on", "hooks on items are not available in this version; write network_event."));
        if (definition.User is { } user && (user.Length == 0 || user.Any(c => char.IsControl(c) || c is ':' or ' ')))
            errors.Add(new("user", "user takes the name or number of a user."));
        for (var i = 0; i < definition.Arguments.Count; i++)
        {
            if (definition.Arguments[i].Contains('\0', StringComparison.Ordinal)) errors.Add(new("args", "an argument holds a NUL character.", i));
        }
    }

    private static void CheckEvents(HookDefinition definition, List<HookDefinitionError> errors)
    {
        for (var i = 0; i < definition.Events.Count; i++)
        {
            var name = definition.Events[i];
            if (!EventNames.Contains(name))
                errors.Add(new("events", $"there is no message type or event named {name}.{Suggestion.For(name, EventNames)}", i));
        }
    }

    private static void CheckTimes(HookDefinition definition, List<HookDefinitionError> errors)
    {
        if (definition.Timeout <= TimeSpan.Zero || definition.Timeout > LongestTime)
            errors.Add(new("timeout", "timeout takes a time of more than 0 and up to 24 hours."));
        foreach (var (key, value) in new[] { ("debounce", definition.Debounce), ("term_grace", definition.TermGrace), ("retry", definition.RetryDelay) })
        {
            if (value < TimeSpan.Zero || value > LongestTime) errors.Add(new(key, $"{key} takes a time from 0 to 24 hours."));
        }
    }

    private static void CheckNumbers(HookDefinition definition, List<HookDefinitionError> errors)
    {
        if (definition.MaxParallel is < 1 or > 1_000) errors.Add(new("max_parallel", "max_parallel takes a number from 1 to 1000."));
        if (definition.Queue is < 0 or > 1_000_000) errors.Add(new("queue", "queue takes a number from 0 (the limit of all hooks) to 1000000."));
        if (definition.Retries is < 0 or > 100) errors.Add(new("retry", "retry takes a number from 0 to 100."));
    }

    private static void CheckEnvironment(HookDefinition definition, List<HookDefinitionError> errors)
    {
        var index = 0;
        foreach (var (name, value) in definition.Environment)
        {
            if (!IsVariableName(name))
                errors.Add(new("environment", $"\"{name}\" is no name of an environment variable: letters, digits and _, not beginning with a digit.", index));
            else if (name.StartsWith("NLMON_", StringComparison.Ordinal))
                errors.Add(new("environment", $"{name}: names that begin with NLMON_ belong to the event.", index));
            else if (value.Length > HookEnvironment.LongestJson)
                errors.Add(new("environment", $"{name} takes up to {HookEnvironment.LongestJson} characters.", index));
            index++;
        }
    }

    private static bool IsVariableName(string name) =>
        name.Length is > 0 and <= 256 && !char.IsAsciiDigit(name[0]) && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_');
}
