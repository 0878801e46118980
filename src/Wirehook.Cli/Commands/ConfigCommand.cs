using System.CommandLine;
using Wirehook.EventHooks.Configuration;
using Wirehook.Worker.Configuration;

namespace Wirehook.Cli.Commands;

/// <summary><c>wirehook config</c>: every setting with its default and meaning, as a YAML file to start from.</summary>
internal sealed class ConfigCommand : DetailedCommand
{
    private const string Explanation = """
        The output is a configuration file in which everything is commented out. Settings come from the file of --config, then from variables
        (flows.memoryMb is WIREHOOK_FLOWS_MEMORYMB), then from --set; later ones win.

        Example:
          wirehook config > wirehook.yaml
        """;

    /// <summary>Declares the command.</summary>
    public ConfigCommand()
        : base("config", "Prints every setting with its default and meaning, as a configuration file to start from.", Explanation)
    {
        SetAction(_ =>
        {
            foreach (var setting in Setting.All) Console.Out.WriteLine($"# {setting.Description}\n# {setting.Key}: {Example(setting)}\n");
            return ExitCode.Success;
        });
    }

    private static string Example(Setting setting) => setting.Kind switch
    {
        SettingKind.TextMap => "{NAME: \"value\"}",
        SettingKind.TextList => "[\"folder\"]",
        SettingKind.Structure when setting.Key == HookConfiguration.HooksKey => "[{name: \"NAME\", script: \"/path/of/program\", condition: \"event == 'link.down'\"}]",
        SettingKind.Structure => "{max_concurrent: 10, queue: 1000, overflow: drop_oldest, history: 1000}",
        SettingKind.Text when setting.Default.Length == 0 => "\"\"",
        _ => setting.Default,
    };
}
