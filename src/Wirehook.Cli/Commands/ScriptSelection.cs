using Wirehook.Cli.Output;
using Wirehook.Scripting;
using Wirehook.Worker.Configuration;
using Wirehook.Worker.Scripts;

namespace Wirehook.Cli.Commands;

/// <summary>Which scripts a run loads: those named on the command line, then the folders of the configuration.</summary>
internal static class ScriptSelection
{
    /// <summary>Reads the scripts.</summary>
    /// <exception cref="ConfigurationException">One cannot be found or read.</exception>
    public static IReadOnlyList<ScriptSource> Read(IEnumerable<string> named, WorkerConfiguration configuration)
    {
        var folders = configuration.List("scripting.sources");
        if (configuration.Text("scripting.source") is { Length: > 0 } folder) folders = [folder, .. folders];
        return ScriptFiles.Read(ScriptFiles.Find([.. named, .. folders]));
    }

    /// <summary>Says on standard error what became of a reloaded script.</summary>
    public static void ReportReload(LoadOutcome outcome)
    {
        if (Messages.Report([outcome])) Console.Error.WriteLine($"Reloaded {outcome.Name}.");
        else Console.Error.WriteLine($"{outcome.Name} keeps running as it was.");
    }
}
