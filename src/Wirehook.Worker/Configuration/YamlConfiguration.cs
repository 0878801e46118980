using Wirehook.EventHooks.Conditions;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Wirehook.Worker.Configuration;

/// <summary>Reads the YAML file strictly: every key must be declared, and every error names line and column.</summary>
internal static class YamlConfiguration
{
    private const int LongestFile = 1 << 20;

    internal delegate void AssignText(Setting setting, string value, string where);

    internal delegate void AssignList(Setting setting, IReadOnlyList<string> values);

    internal delegate void AssignEntry(Setting setting, string name, string value);

    internal delegate void AssignNode(Setting setting, YamlNode node);

    public static void Read(string name, string text, AssignText assign, AssignList assignList, AssignEntry assignEntry, AssignNode assignNode)
    {
        if (text.Length > LongestFile) throw new ConfigurationException($"{name}: the file is longer than {LongestFile} characters.");
        var reader = new Reader(name, assign, assignList, assignEntry, assignNode);
        var stream = new YamlStream();
        try
        {
            stream.Load(new StringReader(text));
        }
        catch (YamlException error)
        {
            throw new ConfigurationException($"{name}:{error.Start.Line}:{error.Start.Column}: this is not YAML: {error.Message}");
        }
        catch (Exception error) when (error is ArgumentException or InvalidOperationException or FormatException or OverflowException)
        {
            // The YAML library lets a few of its own slips through on mangled text; to the user all of them mean the same.
            throw new ConfigurationException($"{name}: this is not YAML: {error.Message}");
        }

        if (stream.Documents.Count > 0) reader.Section("", stream.Documents[0].RootNode);
    }

    private sealed class Reader(string name, AssignText assign, AssignList assignList, AssignEntry assignEntry, AssignNode assignNode)
    {
        public void Section(string section, YamlNode node)
        {
            if (node is YamlScalarNode { Value: null or "" }) return;
            if (node is not YamlMappingNode mapping)
                throw Error(node, section.Length == 0 ? "the file must hold keys with values." : $"{section} holds further keys: {string.Join(", ", Setting.Below(section))}.");
            foreach (var (keyNode, value) in mapping.Children)
            {
                var word = Scalar(keyNode, "a key");
                var key = section.Length == 0 ? word : section + "." + word;
                if (Setting.Find(key) is { } setting) Value(setting, value);
                else if (Setting.IsSection(key)) Section(key, value);
                else throw Error(keyNode, $"there is no setting {key}.{Suggestion.For(word, Setting.Below(section))}");
            }
        }

        private void Value(Setting setting, YamlNode node)
        {
            switch (setting.Kind)
            {
                case SettingKind.TextList when node is YamlSequenceNode list:
                    assignList(setting, [.. list.Children.Select(c => Scalar(c, setting.Key))]);
                    break;
                case SettingKind.TextList:
                    throw Error(node, $"{setting.Key} takes a list: one \"- value\" per line.");
                case SettingKind.TextMap when node is YamlMappingNode map:
                    foreach (var (key, value) in map.Children) assignEntry(setting, Scalar(key, setting.Key), Scalar(value, setting.Key));
                    break;
                case SettingKind.TextMap when node is YamlScalarNode { Value: null or "" }:
                    break;
                case SettingKind.TextMap:
                    throw Error(node, $"{setting.Key} takes names with values: one \"NAME: value\" per line.");
                case SettingKind.Structure:
                    assignNode(setting, node);
                    break;
                default:
                    assign(setting, Scalar(node, setting.Key), Where(node));
                    break;
            }
        }

        private string Scalar(YamlNode node, string what) =>
            node is YamlScalarNode scalar ? scalar.Value ?? "" : throw Error(node, $"{what} takes a single value here.");

        private string Where(YamlNode node) => $"{name}:{node.Start.Line}:{node.Start.Column}";

        private ConfigurationException Error(YamlNode node, string message) => new($"{Where(node)}: {message}");
    }
}
