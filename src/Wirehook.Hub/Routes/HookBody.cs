using System.Text.Json;
using Wirehook.EventHooks.Configuration;
using Wirehook.EventHooks.Hooks;
using Wirehook.Hub.Api;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Wirehook.Hub.Routes;

/// <summary>Reads a hook out of a request's JSON by the very rules of the configuration file: the same keys, defaults, suggestions and refusals.</summary>
internal static class HookBody
{
    /// <summary>The hook in <paramref name="body"/>.</summary>
    /// <exception cref="ApiProblemException">It is no valid hook; the message has all errors.</exception>
    public static HookDefinition Read(JsonElement body)
    {
        // Variables are those of whoever writes the file; a request brings its values itself.
        var result = HookConfiguration.Read("body", new YamlSequenceNode(Node(body)), null, _ => null);
        if (result is { Succeeded: true, Configuration.Hooks: [var hook] }) return hook;
        var errors = result.Errors.Select(e => e.Excerpt.Length == 0 ? e.Message : e.Message + "\n" + e.Excerpt);
        throw new ApiProblemException(ApiProblem.Invalid(string.Join('\n', errors)));
    }

    private static YamlNode Node(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Object => new YamlMappingNode(json.EnumerateObject().Select(Entry)),
        JsonValueKind.Array => new YamlSequenceNode(json.EnumerateArray().Select(Node)),
        JsonValueKind.String => new YamlScalarNode(json.GetString()) { Style = ScalarStyle.DoubleQuoted },
        JsonValueKind.Null => new YamlScalarNode("null"),
        _ => new YamlScalarNode(json.GetRawText()),
    };

    private static KeyValuePair<YamlNode, YamlNode> Entry(JsonProperty property) => new(new YamlScalarNode(property.Name), Node(property.Value));
}
