using System.Collections;
using Wirehook.EventHooks.Configuration;
using Wirehook.Netlink.Monitor;
using Wirehook.Worker.Configuration;

namespace Wirehook.Worker.Sessions.Hooks;

/// <summary>What a configuration file says about event hooks and the monitor, or all that is wrong with it.</summary>
public sealed record HookFile
{
    /// <summary>Hooks and limits; null where there are errors.</summary>
    public HookConfiguration? Hooks { get; private init; }

    /// <summary>How the network is monitored.</summary>
    public MonitorOptions Monitoring { get; private init; } = new();

    /// <summary>Why the file cannot be used, each with its place; empty where it can.</summary>
    public IReadOnlyList<string> Errors { get; private init; } = [];

    /// <summary>What is allowed but probably not meant.</summary>
    public IReadOnlyList<string> Warnings { get; private init; } = [];

    /// <summary>Reads the file at <paramref name="path"/> strictly: unknown keys anywhere in it are errors, too.</summary>
    public static HookFile Read(string path)
    {
        try
        {
            var configuration = WorkerConfiguration.Build((path, ReadText(path)), Variables(), [], []);
            var result = configuration.ReadEventHooks(Environment.GetEnvironmentVariable);
            return new HookFile
            {
                Hooks = result.Configuration,
                Errors = [.. result.Errors.Select(e => e.ToString())],
                Warnings = [.. result.Warnings.Select(w => w.ToString()), .. ScriptWarnings(path, configuration)],
                Monitoring = new MonitorOptions
                {
                    AllNamespaces = configuration.Flag("nlmon.monitoring.namespaces.enabled"),
                    Families = MonitorOptions.FamiliesFor(result.Configuration?.Hooks.SelectMany(h => h.Events.Append(h.Condition)) ?? []),
                    ReceiveBufferBytes = (int)configuration.Size("nlmon.netlink.buffer_size.receive"),
                },
            };
        }
        catch (ConfigurationException error)
        {
            return new HookFile { Errors = [error.Message] };
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return new HookFile { Errors = [$"{path}: {error.Message}"] };
        }
    }

    /// <summary>A file may serve several verbs; whoever names scripts in it must not believe that they run with the hooks.</summary>
    private static IEnumerable<string> ScriptWarnings(string path, WorkerConfiguration configuration)
    {
        string[] folders = [configuration.Text("scripting.source"), .. configuration.List("scripting.sources")];
        if (!configuration.Flag("scripting.enabled")) return [];
        return folders.Where(f => f.Length > 0)
            .Select(f => $"{path}: hooks run does not run the scripts in {f} (scripting); those with onNetworkEvent run with: wirehook monitor --script {f}");
    }

    private static string ReadText(string path)
    {
        using var reader = new StreamReader(path);
        var buffer = new char[HookConfigurationFile.LongestFile + 1];
        var length = reader.ReadBlock(buffer);
        return length <= HookConfigurationFile.LongestFile
            ? new string(buffer, 0, length)
            : throw new ConfigurationException($"{path}: the file is longer than {HookConfigurationFile.LongestFile} characters.");
    }

    private static IEnumerable<KeyValuePair<string, string>> Variables()
    {
        foreach (DictionaryEntry variable in Environment.GetEnvironmentVariables())
            yield return KeyValuePair.Create((string)variable.Key, variable.Value as string ?? "");
    }
}
