using Wirehook.Worker.Configuration;
using Wirehook.Worker.Summary;

namespace Wirehook.Cli.Output;

/// <summary>The files and streams that a run writes to.</summary>
internal static class Outputs
{
    /// <summary>The stream of <c>--items</c>: a file, standard output for <c>-</c>, or null.</summary>
    /// <exception cref="ConfigurationException">The file cannot be created.</exception>
    public static Stream? OpenItems(string? path)
    {
        if (path is null) return null;
        if (path == "-") return Console.OpenStandardOutput();
        try
        {
            return new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 0);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new ConfigurationException($"--items {path}: {error.Message}");
        }
    }

    /// <summary>Writes the summary as JSON where <c>--summary</c> says, and for people to standard error otherwise.</summary>
    /// <exception cref="ConfigurationException">The file cannot be written.</exception>
    public static void WriteSummary(string? path, RunSummary summary)
    {
        if (path is null)
        {
            Console.Error.Write(SummaryText.Format(summary));
            return;
        }

        var json = SummaryJson.Format(summary);
        if (path == "-")
        {
            using var output = Console.OpenStandardOutput();
            output.Write(json);
            return;
        }

        try
        {
            WholeFile.Write(path, json);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new ConfigurationException($"--summary {path}: {error.Message}");
        }
    }
}
