using System.Diagnostics;
using Wirehook.Tests;

namespace Wirehook.EndToEnd;

/// <summary>What a finished command left behind.</summary>
public sealed record CommandResult(int ExitCode, string Output, string Errors)
{
    /// <summary>The lines of standard output, without the last line's end.</summary>
    public string[] Lines => Output.Length == 0 ? [] : Output.TrimEnd('\n').Split('\n');
}

/// <summary>Runs the built command as its user does.</summary>
public static class Program
{
    /// <summary>The single-file command that ./run builds.</summary>
    public static string Path { get; } = System.IO.Path.Combine(RepositoryFiles.Root, "artifacts", "wirehook");

    /// <summary>Runs <c>wirehook</c> with arguments and waits for its end.</summary>
    public static CommandResult Wirehook(params string[] arguments) => Run(Path, arguments);

    /// <summary>Runs any command, at most <paramref name="seconds"/> long, with optional standard input.</summary>
    public static CommandResult Run(string file, IEnumerable<string> arguments, byte[]? input = null, int seconds = 120, string? folder = null)
    {
        using var process = Start(file, arguments, folder);
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        try
        {
            if (input is not null) process.StandardInput.BaseStream.Write(input);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // The command ended before it read all of its input; its status and messages tell why.
        }

        if (!process.WaitForExit(TimeSpan.FromSeconds(seconds)))
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{file} {string.Join(' ', arguments)} ran longer than {seconds} s.\n{errors.Result}");
        }

        return new CommandResult(process.ExitCode, output.Result, errors.Result);
    }

    /// <summary>Starts a command whose streams are redirected.</summary>
    public static Process Start(string file, IEnumerable<string> arguments, string? folder = null)
    {
        var start = new ProcessStartInfo(file)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder ?? RepositoryFiles.Root,
        };
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        start.Environment["PATH"] = System.IO.Path.GetDirectoryName(Path) + ":" + start.Environment["PATH"] + ":/usr/sbin:/sbin";
        return Process.Start(start) ?? throw new InvalidOperationException($"{file} did not start.");
    }
}
