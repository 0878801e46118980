using System.CommandLine;
using System.Text;
using System.Globalization;
using Wirehook.Capture;
using Wirehook.Cli.Options;
using Wirehook.Cli.Output;
using Wirehook.Scripting.Testing;
using Wirehook.Worker.Configuration;
using Wirehook.Worker.Scripts;
using Wirehook.Worker.Sessions;

namespace Wirehook.Cli.Commands;

/// <summary><c>wirehook test SCRIPT --pcap FILE</c>: what a script does on a capture, compared with what it is known to do.</summary>
internal sealed class TestCommand : DetailedCommand
{
    private const string Explanation = """
        Time is the capture's own and random numbers repeat, so a script gives the same output on every run. The transcript holds console lines,
        errors and the effects of helpers, one per line. Without --golden it is printed. --trace writes the statements and values of the first call
        of each hook and job before it, --trace=N those of the N-th.

        Examples:
          wirehook test top.js --pcap traffic.pcap --golden top.golden --update
          wirehook test top.js --pcap traffic.pcap --golden top.golden
          wirehook test top.js --pcap traffic.pcap --trace=3
        Exit codes: 0 as expected, 1 different, 2 wrong usage, 3 damaged capture, 4 the script was not loaded.
        """;

    private readonly Argument<string> _script = new("SCRIPT") { Description = "The script." };
    private readonly Option<string[]> _captures = new("--pcap") { Description = "The capture to run it on. Repeatable.", HelpName = "FILE", Required = true };
    private readonly Option<string?> _golden = new("--golden") { Description = "The transcript that is expected.", HelpName = "FILE" };
    private readonly Option<bool> _update = new("--update") { Description = "Writes the transcript to the golden file instead of comparing." };
    private readonly Option<string[]> _env = new("--env", "-e") { Description = "A variable that the script reads as env.NAME. Repeatable.", HelpName = "NAME=VALUE", DefaultValueFactory = _ => [] };

    private readonly Option<string[]> _set = new("--set") { Description = "Overrides a setting. Repeatable.", HelpName = "KEY=VALUE", DefaultValueFactory = _ => [] };

    private readonly Option<int?> _trace = new("--trace") { Description = "Writes what the first or N-th call of each hook does.", HelpName = "N", Arity = ArgumentArity.ZeroOrOne };

    private readonly Option<string[]> _keyLog = new("--keylog") { Description = "Decrypts TLS with the secrets in FILE. Repeatable.", HelpName = "FILE", DefaultValueFactory = _ => [] };

    /// <summary>Declares the command.</summary>
    public TestCommand()
        : base("test", "Runs a script on a capture and compares what it prints and does with a golden file.", Explanation)
    {
        Arguments.Add(_script);
        foreach (var option in new Option[] { _captures, _golden, _update, _trace, _set, _env, _keyLog }) Options.Add(option);
        SetAction(Run);
    }

    /// <summary>
    /// Gives a <c>--trace</c> that no number follows its number, 1: an option that may have a value would take the next argument for it, such as the script.
    /// </summary>
    /// <param name="arguments">The command line, beginning with <c>test</c>.</param>
    internal static string[] CompleteTrace(string[] arguments)
    {
        var completed = (string[])arguments.Clone();
        for (var i = 0; i < completed.Length && completed[i] != "--"; i++)
        {
            var hasNumber = i + 1 < completed.Length && int.TryParse(completed[i + 1], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _);
            if (completed[i] == "--trace" && !hasNumber) completed[i] = "--trace=1";
        }

        return completed;
    }

    private int Run(ParseResult arguments)
    {
        var golden = arguments.GetValue(_golden);
        if (arguments.GetValue(_update) && golden is null) throw new ConfigurationException("--update needs --golden FILE: where the transcript goes.");
        var scripts = ScriptFiles.Read(ScriptFiles.Find([arguments.GetValue(_script)!]));
        var transcript = new ScriptTranscript();
        var trace = Trace(arguments);
        using var source = CaptureFileSet.Open(arguments.GetValue(_captures)!);
        using var session = new CaptureSession(new SessionOptions
        {
            Configuration = WorkerConfiguration.Build(null, [], [.. arguments.GetValue(_set)!, .. RunOptions.KeyLogSettings(arguments.GetValue(_keyLog))], arguments.GetValue(_env)!),
            Console = transcript,
            Effects = transcript,
            Trace = trace,
        });
        var loaded = true;
        var result = Replay.Run(session, source, scripts, outcomes => loaded = Messages.Report(outcomes), CancellationToken.None);
        if (!loaded) return ExitCode.ScriptNotLoaded;
        foreach (var damage in result.Damages) Messages.Error(damage.ToString());
        Console.Out.Write(trace?.Text);
        var status = golden is null ? Print(transcript.Text) : arguments.GetValue(_update) ? Update(golden, transcript.Text) : Compare(golden, transcript.Text);
        return result.Damages.Count > 0 && status == ExitCode.Success ? ExitCode.DamagedCapture : status;
    }

    private HookTrace? Trace(ParseResult arguments)
    {
        if (arguments.GetResult(_trace) is null) return null;
        var call = arguments.GetValue(_trace) ?? 1;
        return call > 0 ? new HookTrace(call) : throw new ConfigurationException("--trace=N counts the calls of a hook from 1.");
    }

    private static int Print(string transcript)
    {
        Console.Out.Write(transcript);
        return ExitCode.Success;
    }

    private static int Update(string golden, string transcript)
    {
        try
        {
            WholeFile.Write(golden, Encoding.UTF8.GetBytes(transcript));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new ConfigurationException($"--golden {golden}: {error.Message}");
        }

        Console.Error.WriteLine($"Wrote {golden}.");
        return ExitCode.Success;
    }

    private static int Compare(string golden, string transcript)
    {
        string expected;
        try
        {
            expected = File.ReadAllText(golden);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new ConfigurationException($"--golden {golden}: {error.Message} Write it first with --update.");
        }

        var difference = LineDiff.Compare(expected, transcript);
        if (difference.IsEmpty)
        {
            Console.Error.WriteLine("As expected.");
            return ExitCode.Success;
        }

        difference.Write(Console.Out);
        Messages.Error($"the output differs from {golden} (- expected, + actual); --update accepts it.");
        return ExitCode.Difference;
    }
}
