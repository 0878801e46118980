using System.Text;
using Wirehook.JavaScript.Evaluation;

namespace Wirehook.JavaScript.Runtime;

/// <summary>The script calls that were active at one moment, innermost first. Lines are found only when somebody asks.</summary>
internal sealed class StackTrace(CallRecord[] calls)
{
    /// <summary>Calls kept; deeper ones are left out.</summary>
    internal const int MaximumCalls = 10;

    private string? _text;

    /// <summary>The innermost place.</summary>
    internal JsPosition Top => calls.Length == 0 ? JsPosition.Unknown : calls[0].Locate();

    public override string ToString() => _text ??= Format();

    private string Format()
    {
        var output = new StringBuilder();
        foreach (var call in calls)
        {
            var position = call.Locate();
            if (output.Length > 0)
                output.Append('\n');
            output.Append("    at ");
            if (call.Code!.Name.Length > 0)
                output.Append(call.Code.Name).Append(" (");
            output.Append(position.ScriptName).Append(':').Append(position.Line).Append(':').Append(position.Column);
            if (call.Code.Name.Length > 0)
                output.Append(')');
        }
        return output.ToString();
    }
}

/// <summary>One active script call and the place within it.</summary>
internal struct CallRecord
{
    internal FunctionCode? Code;
    internal int Position;

    internal readonly JsPosition Locate()
    {
        var source = Code!.Source;
        var (line, column) = source.Locate(Position);
        return new JsPosition(source.Name, line, column);
    }
}
