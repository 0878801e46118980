using System.CommandLine;
using Wirehook.Worker.Configuration;

namespace Wirehook.Cli.Options;

/// <summary>The options that commands which run scripts have.</summary>
internal sealed class RunOptions
{
    /// <summary>Script files or folders.</summary>
    public Option<string[]> Scripts { get; } = new("--script", "-s")
    {
        Description = "A JavaScript file, or a folder whose *.js files are loaded in the order of their names. Repeatable.",
        HelpName = "PATH",
        DefaultValueFactory = _ => [],
    };

    /// <summary>Variables for scripts.</summary>
    public Option<string[]> Env { get; } = new("--env", "-e")
    {
        Description = "A variable that scripts read as env.NAME. Repeatable.",
        HelpName = "NAME=VALUE",
        DefaultValueFactory = _ => [],
    };

    /// <summary>The configuration file.</summary>
    public Option<string?> Config { get; } = new("--config", "-c")
    {
        Description = "A YAML configuration file. WIREHOOK_* variables and --set override it.",
        HelpName = "FILE",
    };

    /// <summary>Overrides of single settings.</summary>
    public Option<string[]> Set { get; } = new("--set")
    {
        Description = "Overrides one setting, such as --set dissection.bodyLimit=4096. Repeatable.",
        HelpName = "KEY=VALUE",
        DefaultValueFactory = _ => [],
    };

    /// <summary>Key logs.</summary>
    public Option<string[]> KeyLog { get; } = new("--keylog")
    {
        Description = "Decrypts TLS with the secrets in FILE, as SSLKEYLOGFILE makes it; while capturing, lines may be added. Repeatable.",
        HelpName = "FILE",
        DefaultValueFactory = _ => [],
    };

    /// <summary>Where items go.</summary>
    public Option<string?> Items { get; } = new("--items")
    {
        Description = "Writes every item as one line of JSON to FILE, or to standard output (-); script output then goes to standard error.",
        HelpName = "FILE|-",
    };

    /// <summary>Where the summary goes.</summary>
    public Option<string?> Summary { get; } = new("--summary")
    {
        Description = "Writes the counts of the run (packets, items, losses, scripts) as JSON to FILE or to standard output (-).",
        HelpName = "FILE|-",
    };

    /// <summary>Where to stop.</summary>
    public Option<long> Limit { get; } = new("--limit") { Description = "Stops after N items.", HelpName = "N" };

    /// <summary>Whether to reload changed scripts.</summary>
    public Option<bool> Watch { get; } = new("--watch")
    {
        Description = "Reloads a script as soon as its file changes; a file that does not parse keeps the old version running.",
    };

    /// <summary>Adds all options to <paramref name="command"/>.</summary>
    public void AddTo(Command command)
    {
        AddScriptsTo(command);
        foreach (var option in new Option[] { Items, Limit, KeyLog }) command.Options.Add(option);
    }

    /// <summary>Adds those that matter without packets to <paramref name="command"/>.</summary>
    public void AddScriptsTo(Command command)
    {
        foreach (var option in new Option[] { Scripts, Env, Config, Set, Summary, Watch }) command.Options.Add(option);
    }

    /// <summary>What <c>--keylog</c> means as settings.</summary>
    public static IEnumerable<string> KeyLogSettings(string[]? paths) => (paths ?? []).Select(path => "tls.keylog=" + path);

    /// <summary>The configuration that file, environment and command line give together.</summary>
    /// <exception cref="ConfigurationException">It cannot be read or is not valid.</exception>
    public WorkerConfiguration ReadConfiguration(ParseResult result)
    {
        (string, string)? file = null;
        if (result.GetValue(Config) is { } path)
        {
            try
            {
                file = (path, File.ReadAllText(path));
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                throw new ConfigurationException($"--config {path}: {error.Message}");
            }
        }

        var variables = new List<KeyValuePair<string, string>>();
        foreach (System.Collections.DictionaryEntry variable in Environment.GetEnvironmentVariables())
            variables.Add(KeyValuePair.Create((string)variable.Key, variable.Value as string ?? ""));
        return WorkerConfiguration.Build(file, variables, [.. result.GetValue(Set)!, .. KeyLogSettings(result.GetValue(KeyLog))], result.GetValue(Env)!);
    }
}
