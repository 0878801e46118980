using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Wirehook.EventHooks.Configuration;

/// <summary>Reads the event hooks out of a whole configuration file. Its other sections are not looked at.</summary>
public static class HookConfigurationFile
{
    /// <summary>Characters that a file may have.</summary>
    public const int LongestFile = 1 << 20;

    /// <summary>Reads the file at <paramref name="path"/>; <c>${NAME}</c> in a hook's environment comes from Wirehook's own environment.</summary>
    /// <param name="path">The file; also its name in messages.</param>
    public static HookConfigurationResult Load(string path)
    {
        try
        {
            using var reader = new StreamReader(path);
            var buffer = new char[LongestFile + 1];
            var length = reader.ReadBlock(buffer);
            return length > LongestFile
                ? Failed(path, $"the file is longer than {LongestFile} characters.")
                : Parse(path, new string(buffer, 0, length), Environment.GetEnvironmentVariable);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return Failed(path, error.Message);
        }
    }

    /// <summary>Reads a file's text.</summary>
    /// <param name="fileName">The file's name, for messages.</param>
    /// <param name="text">YAML.</param>
    /// <param name="variable">The value of an environment variable, or null.</param>
    public static HookConfigurationResult Parse(string fileName, string text, Func<string, string?> variable)
    {
        var stream = new YamlStream();
        try
        {
            stream.Load(new StringReader(text));
        }
        catch (YamlException error)
        {
            return HookConfigurationResult.Failed(new(fileName, error.Start.Line, error.Start.Column, $"this is not YAML: {error.Message}"));
        }
        catch (Exception error) when (error is ArgumentException or InvalidOperationException or FormatException or OverflowException)
        {
            // The YAML library lets a few of its own slips through on mangled text; to the user all of them mean the same.
            return Failed(fileName, $"this is not YAML: {error.Message}");
        }

        var root = stream.Documents.Count > 0 ? stream.Documents[0].RootNode : null;
        return HookConfiguration.Read(fileName, Find(root, HookConfiguration.HooksKey), Find(root, HookConfiguration.LimitsKey), variable, text);
    }

    private static YamlNode? Find(YamlNode? node, string key)
    {
        foreach (var word in key.Split('.'))
        {
            if (node is not YamlMappingNode mapping || !mapping.Children.TryGetValue(new YamlScalarNode(word), out node)) return null;
        }

        return node;
    }

    private static HookConfigurationResult Failed(string fileName, string message) => HookConfigurationResult.Failed(new(fileName, 0, 0, message));
}
