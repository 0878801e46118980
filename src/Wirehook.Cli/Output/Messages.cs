using Wirehook.Scripting;

namespace Wirehook.Cli.Output;

/// <summary>Messages of the command itself, on standard error.</summary>
internal static class Messages
{
    /// <summary>One error line, red on a terminal.</summary>
    public static void Error(string message)
    {
        var terminal = !Console.IsErrorRedirected && Environment.GetEnvironmentVariable("NO_COLOR") is null or "";
        Console.Error.WriteLine(terminal ? $"\u001b[31mwirehook: {message}\u001b[0m" : $"wirehook: {message}");
    }

    /// <summary>Why scripts were not loaded. Returns whether all were.</summary>
    public static bool Report(IEnumerable<LoadOutcome> outcomes)
    {
        var all = true;
        foreach (var problem in outcomes.SelectMany(o => o.Problems))
        {
            Error(problem.ToString());
            all = false;
        }

        return all;
    }
}
