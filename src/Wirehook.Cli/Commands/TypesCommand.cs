using Wirehook.Scripting.Declarations;

namespace Wirehook.Cli.Commands;

/// <summary><c>wirehook types</c>: TypeScript declarations of everything that scripts get.</summary>
internal sealed class TypesCommand : DetailedCommand
{
    private const string Explanation = """
        Save them beside your scripts; editors that know TypeScript then complete and check hooks, helpers, env and every item's fields.

        Example:
          wirehook types > wirehook.d.ts
        """;

    /// <summary>Declares the command.</summary>
    public TypesCommand()
        : base("types", "Prints TypeScript declarations of hooks, helpers and every kind of item.", Explanation)
    {
        SetAction(_ =>
        {
            Console.Out.Write(TypeDeclarations.Generate());
            return ExitCode.Success;
        });
    }
}
