using System.CommandLine;
using Wirehook.Scripting.Declarations;
using Wirehook.Worker.Configuration;

namespace Wirehook.Cli.Commands;

/// <summary><c>wirehook new script FILE</c>: starts a script.</summary>
internal sealed class NewCommand : Command
{
    /// <summary>Declares the command.</summary>
    public NewCommand()
        : base("new", "Starts something of your own.")
    {
        Subcommands.Add(new ScriptCommand());
    }

    private sealed class ScriptCommand : DetailedCommand
    {
        private const string Explanation = """
            The script runs as it is: it counts items and errors and reports every minute. Beside it, wirehook.d.ts is written (or renewed) for your editor.

            Example:
              wirehook new script hello.js
              wirehook replay traffic.pcap --script hello.js
            Exit codes: 0 done, 2 the file exists already or cannot be written.
            """;

        private readonly Argument<string> _file = new("FILE") { Description = "The file to start; it must not exist yet." };

        public ScriptCommand()
            : base("script", "Starts a script with a hook, a job and the types for your editor.", Explanation)
        {
            Arguments.Add(_file);
            SetAction(Run);
        }

        private int Run(ParseResult arguments)
        {
            var file = arguments.GetValue(_file)!;
            if (!file.EndsWith(".js", StringComparison.Ordinal)) file += ".js";
            var types = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(file))!, "wirehook.d.ts");
            try
            {
                using (var script = new FileStream(file, FileMode.CreateNew))
                using (var writer = new StreamWriter(script))
                    writer.Write(ScriptTemplate.Create(Path.GetFileNameWithoutExtension(file)));
                File.WriteAllText(types, TypeDeclarations.Generate());
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                throw new ConfigurationException(error.Message);
            }

            Console.Error.WriteLine($"Wrote {file} and {Path.GetFileName(types)}. Run it: wirehook replay CAPTURE --script {file}");
            return ExitCode.Success;
        }
    }
}
