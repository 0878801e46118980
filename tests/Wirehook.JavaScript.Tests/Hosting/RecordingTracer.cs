using System.Text;

namespace Wirehook.JavaScript.Tests.Hosting;

/// <summary>Writes every event of a trace as a line of text.</summary>
internal sealed class RecordingTracer : JsTracer
{
    private readonly bool _keeps;

    internal RecordingTracer(bool keeps = true)
    {
        _keeps = keeps;
        IsActive = true;
    }

    internal List<string> Lines { get; } = [];

    internal int Events { get; private set; }

    internal void Switch(bool isActive) => IsActive = isActive;

    protected internal override void Take(in JsTraceEvent traced)
    {
        Events++;
        var line = new StringBuilder($"{traced.Line}:{traced.Column} {traced.Depth} {traced.Kind} {traced.Source}");
        if (traced.Kind != JsTraceKind.Statement && traced.Kind is not (JsTraceKind.Enter or JsTraceKind.Call)) line.Append(" = ").Append(JsValueText.Of(traced.Value));
        foreach (var argument in traced.Arguments) line.Append(' ').Append(JsValueText.Of(argument));
        if (_keeps) Lines.Add(line.ToString());
    }
}
