using System.Globalization;
using System.Text;
using Wirehook.JavaScript;

namespace Wirehook.Scripting.Testing;

/// <summary>The text of a trace: one line per event with its place in the script, indented by the depth of calls.</summary>
/// <param name="longest">Characters of one value or piece of source.</param>
internal sealed class TraceText(int longest)
{
    private const int PlaceWidth = 8;
    private readonly StringBuilder _text = new();
    private string _script = "";

    // Where the line of the last call ends: its result belongs there while nothing else was written since.
    private int _endOfCall = -1;

    /// <inheritdoc/>
    public override string ToString() => _text.ToString();

    internal void BeginCall(string script, string hook, long number)
    {
        _script = script;
        _text.Append(CultureInfo.InvariantCulture, $"{script} {hook}, call {number}\n");
    }

    internal void EndCall(long omitted)
    {
        if (omitted > 0) _text.Append(CultureInfo.InvariantCulture, $"{"",PlaceWidth}  … {omitted} more steps\n");
        _text.Append('\n');
    }

    /// <summary>Adds an event. False where it needs no line of its own.</summary>
    internal bool Add(in JsTraceEvent traced)
    {
        if (traced.Kind == JsTraceKind.CallResult && (traced.Value.IsUndefined || AppendToCall(traced.Value))) return false;
        AppendPlace(traced);
        // A step's values stand below it, one stop further in.
        _text.Append(' ', 2 + traced.Depth * 4 + (traced.Kind == JsTraceKind.Enter ? 0 : traced.Kind == JsTraceKind.Statement ? 2 : 4));
        AppendEvent(traced);
        _text.Append('\n');
        if (traced.Kind == JsTraceKind.Call) _endOfCall = _text.Length;
        return true;
    }

    private bool AppendToCall(in JsValue result)
    {
        if (_text.Length != _endOfCall) return false;
        _text.Length--;
        AppendValue(" → ", result);
        _text.Append('\n');
        return true;
    }

    private void AppendPlace(in JsTraceEvent traced)
    {
        var place = string.Create(CultureInfo.InvariantCulture, $"{traced.Line}:{traced.Column}");
        if (traced.ScriptName != _script) place = $"{traced.ScriptName}:{place}";
        _text.Append(place.PadLeft(PlaceWidth));
    }

    private void AppendEvent(in JsTraceEvent traced)
    {
        switch (traced.Kind)
        {
            case JsTraceKind.Enter or JsTraceKind.Call:
                AppendSource(traced.Source.Length == 0 ? "(function)" : traced.Source);
                AppendArguments(traced.Arguments);
                break;
            case JsTraceKind.Statement:
                AppendSource(traced.Source);
                break;
            case JsTraceKind.Test or JsTraceKind.CallResult:
                AppendSource(traced.Source);
                AppendValue(" → ", traced.Value);
                break;
            case JsTraceKind.Assign:
                AppendSource(traced.Source);
                AppendValue(" = ", traced.Value);
                break;
            case JsTraceKind.Return:
                AppendValue("returns ", traced.Value);
                break;
            case JsTraceKind.Throw:
                AppendValue("throws ", traced.Value);
                break;
            default:
                _text.Append("stopped: ").Append(traced.Value.IsString ? traced.Value.AsString : "");
                break;
        }
    }

    private void AppendArguments(ReadOnlySpan<JsValue> arguments)
    {
        _text.Append('(');
        var start = _text.Length;
        for (var i = 0; i < arguments.Length && _text.Length - start < longest * 2; i++) AppendValue(i == 0 ? "" : ", ", arguments[i]);
        _text.Append(')');
    }

    private void AppendValue(string before, in JsValue value) => _text.Append(before).Append(JsValueText.Of(value, longest));

    /// <summary>The source on one line: runs of white space become a space.</summary>
    private void AppendSource(ReadOnlySpan<char> source)
    {
        source = source.Trim();
        var start = _text.Length;
        var space = false;
        foreach (var c in source)
        {
            if (_text.Length - start >= longest)
            {
                _text.Append('…');
                return;
            }

            if (char.IsWhiteSpace(c) || char.IsControl(c))
            {
                space = true;
                continue;
            }

            if (space) _text.Append(' ');
            _text.Append(c);
            space = false;
        }
    }
}
