namespace Wirehook.JavaScript.Syntax;

/// <summary>A parsed and resolved script or piece of eval code.</summary>
internal sealed class ScriptNode(SourceText source, FunctionNode main, IReadOnlySet<string> names, int cellCount)
{
    public SourceText Source { get; } = source;

    /// <summary>The top-level code; its scope holds the script's top-level bindings.</summary>
    public FunctionNode Main { get; } = main;

    /// <summary>Every identifier and literal property name in the script.</summary>
    public IReadOnlySet<string> Names { get; } = names;

    /// <summary>Number of script cells; zero for eval code.</summary>
    public int CellCount { get; } = cellCount;
}
