using System.Globalization;
using Wirehook.EventHooks.Conditions;
using Wirehook.EventHooks.Configuration;
using YamlDotNet.RepresentationModel;

namespace Wirehook.Worker.Configuration;

/// <summary>The settings of one run: defaults, then the file, then <c>WIREHOOK_*</c> variables, then <c>--set</c>; later ones win. Immutable once built.</summary>
public sealed class WorkerConfiguration
{
    private readonly Dictionary<string, string> _texts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<string>> _lists = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SortedDictionary<string, string>> _maps = new(StringComparer.Ordinal);
    private readonly Dictionary<string, YamlNode> _structures = new(StringComparer.Ordinal);
    private (string Name, string Text)? _file;

    /// <summary>The text of <paramref name="key"/>, or its default.</summary>
    public string Text(string key) => _texts.TryGetValue(key, out var value) ? value : Setting.Find(key)!.Default;

    /// <summary>The number of <paramref name="key"/>, or its default.</summary>
    public long Number(string key) => long.Parse(Text(key), CultureInfo.InvariantCulture);

    /// <summary>The bytes of <paramref name="key"/>, or its default.</summary>
    public long Size(string key) => ByteSize.TryParse(Text(key), out var bytes) ? bytes : 0;

    /// <summary>The flag of <paramref name="key"/>, or its default.</summary>
    public bool Flag(string key) => Text(key) == "true";

    /// <summary>The list of <paramref name="key"/>; empty by default.</summary>
    public IReadOnlyList<string> List(string key) => _lists.TryGetValue(key, out var value) ? value : [];

    /// <summary>The map of <paramref name="key"/>; empty by default.</summary>
    public IReadOnlyDictionary<string, string> Map(string key) => _maps.TryGetValue(key, out var value) ? value : new SortedDictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Names of the protocols whose items are made; null for the default ones.</summary>
    public IReadOnlyCollection<string>? Dissectors { get; private set; }

    /// <summary>The event hooks of the file, or all that is wrong with them.</summary>
    /// <param name="variable">The value of an environment variable, or null, for <c>${NAME}</c> in a hook's environment.</param>
    public HookConfigurationResult ReadEventHooks(Func<string, string?> variable) => HookConfiguration.Read(
        _file?.Name ?? "", _structures.GetValueOrDefault(HookConfiguration.HooksKey), _structures.GetValueOrDefault(HookConfiguration.LimitsKey), variable, _file?.Text);

    /// <summary>Reads the file's text, the variables and the <c>key=value</c> overrides into one configuration.</summary>
    /// <param name="file">Name of the file for messages, and its YAML text; null without a file.</param>
    /// <param name="variables">Environment variables; those that start with <c>WIREHOOK_</c> and name a setting count.</param>
    /// <param name="overrides">The <c>--set</c> arguments.</param>
    /// <param name="env">The <c>--env NAME=VALUE</c> arguments: script variables.</param>
    /// <exception cref="ConfigurationException">A key is unknown, a value has the wrong form, or the text is not YAML.</exception>
    public static WorkerConfiguration Build(
        (string Name, string Text)? file, IEnumerable<KeyValuePair<string, string>> variables, IEnumerable<string> overrides, IEnumerable<string> env)
    {
        var configuration = new WorkerConfiguration { _file = file };
        if (file is { } source)
        {
            YamlConfiguration.Read(
                source.Name, source.Text, configuration.Assign, configuration.AssignList, configuration.AssignEntry, (setting, node) => configuration._structures[setting.Key] = node);
        }

        foreach (var setting in Setting.All)
        {
            var name = VariableName(setting.Key);
            foreach (var variable in variables)
            {
                if (variable.Key == name) configuration.AssignText(setting, variable.Value, name);
            }
        }

        foreach (var assignment in overrides) configuration.Override(assignment);
        foreach (var assignment in env)
        {
            var (name, value) = Split(assignment, "--env", "NAME=VALUE");
            configuration.AssignEntry(Setting.Find("scripting.env")!, name, value);
        }

        configuration.Dissectors = DissectorSelection.Read(configuration.List(DissectorSelection.Key));
        return configuration;
    }

    /// <summary>The environment variable that overrides <paramref name="key"/>: <c>flows.memoryMb</c> is <c>WIREHOOK_FLOWS_MEMORYMB</c>.</summary>
    public static string VariableName(string key) => "WIREHOOK_" + key.Replace('.', '_').ToUpperInvariant();

    private void Override(string assignment)
    {
        var (key, value) = Split(assignment, "--set", "key=value");
        if (Setting.Find(key) is { } setting)
        {
            AssignText(setting, value, "--set " + key);
            return;
        }

        var parent = key.LastIndexOf('.') is > 0 and var dot ? Setting.Find(key[..dot]) : null;
        if (parent?.Kind != SettingKind.TextMap)
            throw new ConfigurationException($"--set {key}: there is no such setting.{Suggestion.For(key, Setting.All.Select(s => s.Key))}");
        AssignEntry(parent, key[(parent.Key.Length + 1)..], value);
    }

    private void AssignText(Setting setting, string value, string where)
    {
        if (setting.Kind == SettingKind.Structure)
            throw new ConfigurationException($"{where}: {setting.Key} is a section; write it into the file.");
        if (setting.Kind == SettingKind.TextMap)
            throw new ConfigurationException($"{where}: {setting.Key} holds names with values; write {setting.Key}.NAME=value.");
        if (setting.Kind == SettingKind.TextList) AssignList(setting, [value]);
        else Assign(setting, value, where);
    }

    private void Assign(Setting setting, string value, string where)
    {
        if (setting.Kind == SettingKind.Number && !(long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= int.MaxValue))
            throw new ConfigurationException($"{where}: {setting.Key} takes a whole number from 0 to {int.MaxValue}, not \"{value}\".");
        if (setting.Kind == SettingKind.Flag && value is not ("true" or "false"))
            throw new ConfigurationException($"{where}: {setting.Key} takes true or false, not \"{value}\".");
        if (setting.Kind == SettingKind.Size && !ByteSize.TryParse(value, out _))
            throw new ConfigurationException($"{where}: {setting.Key} takes a number of bytes up to 1GB, such as 65536, 64KB or 16MB, not \"{value}\".");
        _texts[setting.Key] = value;
    }

    private void AssignList(Setting setting, IReadOnlyList<string> values)
    {
        if (!_lists.TryGetValue(setting.Key, out var list)) _lists[setting.Key] = list = [];
        list.AddRange(values);
    }

    private void AssignEntry(Setting setting, string name, string value)
    {
        if (!_maps.TryGetValue(setting.Key, out var map)) _maps[setting.Key] = map = new(StringComparer.Ordinal);
        map[name] = value;
    }

    private static (string Key, string Value) Split(string assignment, string option, string form)
    {
        var equals = assignment.IndexOf('=', StringComparison.Ordinal);
        return equals > 0
            ? (assignment[..equals], assignment[(equals + 1)..])
            : throw new ConfigurationException($"{option} takes {form}, not \"{assignment}\".");
    }
}
