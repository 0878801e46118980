using System.Globalization;
using System.Text;
using Wirehook.JavaScript;

namespace Wirehook.Scripting.Testing;

/// <summary>Writes down the statements and values of one call of each hook and job of each script, as a debugger would show them.</summary>
/// <remarks>Bounded: calls beyond <see cref="MostCalls"/>, lines beyond the limit of a call and the ends of long texts are left out, and it says so.</remarks>
public sealed class HookTrace : JsTracer
{
    /// <summary>Calls written down at most.</summary>
    public const int MostCalls = 64;

    private readonly int _call;
    private readonly int _mostLines;
    private readonly TraceText _text;
    private readonly Dictionary<(string Script, string Hook), long> _seen = [];
    private int _calls;
    private int _lines;
    private long _omitted;
    private bool _isTracing;

    /// <summary>Makes a trace.</summary>
    /// <param name="call">Which call of each hook, counted from 1.</param>
    /// <param name="mostLines">Lines of one call.</param>
    /// <param name="longestText">Characters of one value or piece of source.</param>
    public HookTrace(int call = 1, int mostLines = 400, int longestText = 100)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(call);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(mostLines);
        (_call, _mostLines) = (call, mostLines);
        _text = new TraceText(longestText);
    }

    /// <summary>The calls so far, and the hooks that were called less often than asked for. Not to be asked while a script runs.</summary>
    public string Text
    {
        get
        {
            var text = new StringBuilder(_text.ToString());
            foreach (var ((script, hook), calls) in _seen)
                if (calls < _call) text.Append(CultureInfo.InvariantCulture, $"{script} {hook}: {calls} calls, no call {_call}\n");
            return text.ToString();
        }
    }

    /// <summary>Says that a function of a script is called for the <paramref name="number"/>-th time.</summary>
    internal void Begin(string script, string hook, long number)
    {
        if (_seen.Count < MostCalls || _seen.ContainsKey((script, hook))) _seen[(script, hook)] = number;
        if (number != _call || _calls == MostCalls) return;
        _calls++;
        (_isTracing, _lines, _omitted) = (true, 0, 0);
        IsActive = true;
        _text.BeginCall(script, hook, number);
    }

    /// <summary>Says that the call ended.</summary>
    internal void End()
    {
        if (!_isTracing) return;
        (_isTracing, IsActive) = (false, false);
        _text.EndCall(_omitted);
    }

    /// <inheritdoc/>
    protected override void Take(in JsTraceEvent traced)
    {
        // How the call ends is worth a line however many there were.
        var isEnd = traced.Kind is JsTraceKind.Throw or JsTraceKind.Stop || (traced.Kind == JsTraceKind.Return && traced.Depth == 0);
        if (_lines >= _mostLines && !isEnd)
        {
            _omitted++;
            return;
        }

        if (_text.Add(traced)) _lines++;
    }
}
