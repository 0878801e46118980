using Wirehook.JavaScript.Syntax;

namespace Wirehook.JavaScript.Evaluation;

/// <summary>Trace points. Without a tracer all of these give back what they are given.</summary>
internal sealed partial class FunctionCompiler
{
    private bool IsTracedFunction => _engine.Tracer is not null && !_keepsValues;

    private Step Traced(Statement statement, Step step) =>
        _engine.Tracer is null || step is EmptyStep || statement is BlockStatement or LabeledStatement or FunctionDeclaration or TryStatement
            ? step
            : new TracedStep(PointOf(statement.Start, EndOfHead(statement)), step);

    private Operation Traced(Expression expression, Operation operation) => _engine.Tracer is null ? operation : expression switch
    {
        AssignmentExpression e => TracedValue(JsTraceKind.Assign, e.Target, operation),
        UpdateExpression { Target: Identifier or MemberExpression or IndexExpression } e =>
            new TracedIncrement(PointOf(e.Target.Start, e.Target.End), e.IsIncrement ? 1 : -1, e.IsPrefix, operation),
        _ => operation,
    };

    private Operation TracedValue(JsTraceKind kind, Node place, Operation operation) =>
        _engine.Tracer is null ? operation : new TracedOperation(PointOf(place.Start, place.End), kind, operation);

    private Target TracedPlace(Node place, Target target) => _engine.Tracer is null ? target : new TracedTarget(PointOf(place.Start, place.End), target);

    private Operation CompileTest(Expression test) => TracedValue(JsTraceKind.Test, test, Compile(test));

    private void TraceEntry(List<Step> prologue)
    {
        if (IsTracedFunction)
            prologue.Add(new TracedEntry(PointOf(_function.Start, _function.End), _function.Name, _function.Parameters.Length));
    }

    private Step[] TraceExit(Step[] body) => IsTracedFunction ? [.. body, new TracedExit(PointOf(_function.Start, _function.End))] : body;

    private TracePoint PointOf(int start, int end) => new(_engine.Tracer!, _function.Source, start, end);

    /// <summary>Where a statement's body begins, or its end where it has none.</summary>
    private static int EndOfHead(Statement statement) => statement switch
    {
        IfStatement s => s.WhenTrue.Start,
        ForStatement s => s.Body.Start,
        ForEachStatement s => s.Body.Start,
        WhileStatement s => s.Body.Start,
        DoWhileStatement s => s.Body.Start,
        WithStatement s => s.Body.Start,
        SwitchStatement s => s.Discriminant.End + 1,
        _ => statement.End,
    };
}
