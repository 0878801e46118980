using Wirehook.JavaScript.Syntax;

namespace Wirehook.JavaScript.Evaluation;

/// <summary>A compiled function body, shared by all closures made from it.</summary>
internal sealed class FunctionCode(FunctionNode node)
{
    internal FunctionNode Node { get; } = node;

    internal string Name => Node.Name;

    internal SourceText Source => Node.Source;
}
