using Wirehook.JavaScript.Syntax;

namespace Wirehook.JavaScript.Evaluation;

/// <summary>A place of a script at which a tracer is told something.</summary>
internal sealed class TracePoint(JsTracer tracer, SourceText source, int start, int end)
{
    internal bool IsActive => tracer.IsActive;

    internal void Note(JsTraceKind kind, ref Frame frame, in JsValue value = default, ReadOnlySpan<JsValue> arguments = default) =>
        Note(kind, ref frame, source.Text.AsSpan(start, end - start), value, arguments);

    internal void Note(JsTraceKind kind, ref Frame frame, ReadOnlySpan<char> text, in JsValue value, ReadOnlySpan<JsValue> arguments)
    {
        var (line, column) = source.Locate(start);
        tracer.Take(new JsTraceEvent
        {
            Kind = kind,
            ScriptName = source.Name,
            Line = line,
            Column = column,
            Depth = frame.Record,
            Source = text,
            Value = value,
            Arguments = arguments,
        });
    }

    /// <summary>Tells of an exception that passes, the first time. An exception filter: it never catches.</summary>
    internal bool Pass(ref Frame frame, Exception thrown)
    {
        if (!tracer.IsActive || !tracer.IsNew(thrown))
            return false;
        if (thrown is JsException error)
            NoteEnd(JsTraceKind.Throw, frame.Record, error.Value, new JsPosition(error.ScriptName, error.Line, error.Column));
        else if (thrown is JsStoppedException stop)
            NoteEnd(JsTraceKind.Stop, frame.Record, JsValue.From(stop.Message), new JsPosition(stop.ScriptName, stop.Line, stop.Column));
        return false;
    }

    private void NoteEnd(JsTraceKind kind, int depth, in JsValue value, in JsPosition position) => tracer.Take(new JsTraceEvent
    {
        Kind = kind,
        ScriptName = position.ScriptName,
        Line = position.Line,
        Column = position.Column,
        Depth = depth,
        Value = value,
    });
}
