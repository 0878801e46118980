using System.Runtime.CompilerServices;
using Wirehook.JavaScript.Syntax;

namespace Wirehook.JavaScript.Evaluation;

/// <summary>A function body, shared by all closures made from it and compiled when first called.</summary>
internal sealed class FunctionCode(JsEngine engine, FunctionNode node, Cell[] cells)
{
    // The syntax tree, which is let go once it is compiled.
    private FunctionNode? _node = node;
    private Step[]? _body;
    private Step[] _prologue = [];

    internal JsEngine Engine { get; } = engine;

    /// <summary>The cells of the script that the function belongs to.</summary>
    internal Cell[] Cells { get; } = cells;

    internal string Name { get; } = node.Name;

    internal SourceText Source { get; } = node.Source;

    /// <summary>Where the function begins in the source: the position of a call that has not come further yet.</summary>
    internal int Start { get; } = node.Start;

    internal int End { get; } = node.End;

    /// <summary>The function's <c>length</c>.</summary>
    internal int Length { get; } = node.Length;

    internal bool IsStrict { get; } = node.IsStrict;

    internal int ParameterCount { get; } = node.Parameters.Length;

    internal int FrameSize { get; } = Math.Max(node.FrameSize, node.Parameters.Length);

    /// <summary>Values that the body may have on the stack above its slots: arguments being gathered.</summary>
    internal int PendingSize { get; private set; }

    /// <summary>Whether the call's arguments must be kept besides the slots.</summary>
    internal bool KeepsArguments { get; } = node.ArgumentsBinding is not null || node.Rest is not null;

    /// <summary>Whether undefined and primitive <c>this</c> values become objects (ES5.1 §10.4.3).</summary>
    internal bool ConvertsThis { get; } = !node.IsStrict && node.UsesThis && node.Kind is not (FunctionKind.Arrow or FunctionKind.Eval or FunctionKind.Script);

    internal bool FirstParameterEscapes { get; } = node.FirstParameterEscapes;

    internal bool IsArrow { get; } = node.Kind == FunctionKind.Arrow;

    internal bool IsConstructor { get; } = node.Kind == FunctionKind.Normal;

    /// <summary>The environment size that a call starts with, 0 for none.</summary>
    internal int EnvironmentSize { get; } = EnvironmentLayout.SizeOf(node.Scope);

    /// <summary>Whether a call needs nothing but its slots: no environment, no kept arguments, no <c>this</c> other than the given one.</summary>
    internal bool IsPlain { get; private set; }

    internal bool IsCompiled => _body is not null;

    /// <summary>Runs parameters, declarations and body in a prepared frame.</summary>
    internal void Execute(ref Frame frame)
    {
        foreach (var step in _prologue)
            step.Execute(ref frame);
        foreach (var step in _body!)
        {
            if (step.Execute(ref frame) != Completion.Normal)
                return;
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    internal void Compile()
    {
        var compiler = new FunctionCompiler(this, _node!);
        _prologue = compiler.CompilePrologue();
        _body = compiler.CompileBody();
        PendingSize = compiler.MaximumPending;
        IsPlain = !KeepsArguments && EnvironmentSize == 0 && !IsArrow && !ConvertsThis;
        _node = null;
    }
}
