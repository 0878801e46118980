using System.Globalization;
using Wirehook.EventHooks.Conditions;
using YamlDotNet.RepresentationModel;

namespace Wirehook.EventHooks.Configuration;

/// <summary>Reads values out of YAML nodes and collects what is wrong with them, each with its place.</summary>
internal sealed class ConfigurationReport(string fileName, string? text)
{
    public List<HookConfigurationError> Errors { get; } = [];

    public List<HookConfigurationError> Warnings { get; } = [];

    public void Error(YamlNode node, string message) => Errors.Add(new(fileName, node.Start.Line, node.Start.Column, message));

    public void Warn(YamlNode node, string message) => Warnings.Add(new(fileName, node.Start.Line, node.Start.Column, message));

    /// <summary>Notes an error inside a condition at its own place in the file.</summary>
    public void Error(YamlScalarNode node, ConditionError error) => Errors.Add(Locate(node, error));

    /// <inheritdoc cref="Error(YamlScalarNode, ConditionError)"/>
    public void Warn(YamlScalarNode node, ConditionError warning) => Warnings.Add(Locate(node, warning));

    /// <summary>The keys of a mapping with their values; a key that <paramref name="known"/> lacks is an error.</summary>
    public IEnumerable<(string Key, YamlScalarNode KeyNode, YamlNode Value)> Entries(YamlMappingNode mapping, string section, IReadOnlyCollection<string> known)
    {
        foreach (var (keyNode, value) in mapping.Children)
        {
            if (keyNode is not YamlScalarNode { Value: { } key } scalar) Error(keyNode, $"{section} takes names as keys.");
            else if (!known.Contains(key)) Error(keyNode, $"{section} has no key {key}.{Suggestion.For(key, known)}");
            else yield return (key, scalar, value);
        }
    }

    public string? Text(YamlNode node, string key)
    {
        if (node is YamlScalarNode scalar) return scalar.Value ?? "";
        Error(node, $"{key} takes a single value here.");
        return null;
    }

    public int? Number(YamlNode node, string key, int least, int most)
    {
        if (Text(node, key) is not { } value) return null;
        if (int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most) return number;
        Error(node, $"{key} takes a whole number from {least} to {most}, not \"{value}\".");
        return null;
    }

    public bool? Flag(YamlNode node, string key)
    {
        if (Text(node, key) is not { } value) return null;
        if (value is "true" or "false") return value == "true";
        Error(node, $"{key} takes true or false, not \"{value}\".");
        return null;
    }

    public TimeSpan? Time(YamlNode node, string key)
    {
        if (Text(node, key) is not { } value) return null;
        if (Duration.TryParse(value, out var time)) return time;
        var hint = value.Length > 0 && value.All(char.IsAsciiDigit) ? $" Write {value}s for seconds or {value}ms for milliseconds." : "";
        Error(node, $"{key} takes a time with its unit, such as 500ms, 10s or 1m30s, not \"{value}\".{hint}");
        return null;
    }

    public IReadOnlyList<string>? TextList(YamlNode node, string key)
    {
        if (node is YamlScalarNode { Value: null or "" }) return [];
        if (node is YamlSequenceNode list)
        {
            return [.. list.Children.Select(c => Text(c, key)).OfType<string>()];
        }

        Error(node, $"{key} takes a list, such as [\"one\", \"two\"].");
        return null;
    }

    public T? Word<T>(YamlNode node, string key, IReadOnlyDictionary<string, T> words)
        where T : struct
    {
        if (Text(node, key) is not { } value) return null;
        if (words.TryGetValue(value, out var word)) return word;
        Error(node, $"{key} takes {string.Join(", ", words.Keys)}, not \"{value}\".{Suggestion.For(value, words.Keys)}");
        return null;
    }

    private HookConfigurationError Locate(YamlScalarNode node, ConditionError error)
    {
        var (line, column) = ScalarPosition.Locate(node, error.Line, error.Column, text);
        var excerpt = error.ToString();
        return new(fileName, line, column, error.Message, excerpt[(excerpt.IndexOf('\n', StringComparison.Ordinal) + 1)..]);
    }
}
