namespace Wirehook.Scripting;

/// <summary>One reason why a script was not loaded.</summary>
/// <param name="Script">Name of the script.</param>
/// <param name="Line">Line, from 1; 0 where the place is not known.</param>
/// <param name="Column">Column, from 1; 0 where the place is not known.</param>
/// <param name="Message">What is wrong.</param>
/// <param name="Frame">The source line with a caret under the place; null where there is none.</param>
public sealed record ScriptProblem(string Script, int Line, int Column, string Message, string? Frame = null)
{
    /// <summary><c>name:line:column: message</c> and, on the following lines, the source line with a caret.</summary>
    public override string ToString()
    {
        var place = Line > 0 ? $"{Script}:{Line}:{Column}" : Script;
        return Frame is null ? $"{place}: {Message}" : $"{place}: {Message}{Environment.NewLine}{Frame}";
    }
}

/// <summary>What became of a script that was to be loaded or replaced.</summary>
/// <param name="Name">Name of the script.</param>
/// <param name="Problems">Why it was not loaded; empty when it runs.</param>
public sealed record LoadOutcome(string Name, IReadOnlyList<ScriptProblem> Problems)
{
    /// <summary>Whether the script is loaded: it parsed and its top-level code returned.</summary>
    public bool Loaded => Problems.Count == 0;
}
