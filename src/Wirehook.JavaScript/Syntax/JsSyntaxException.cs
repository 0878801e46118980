using System.Text;

namespace Wirehook.JavaScript;

/// <summary>A script that cannot be compiled (ECMA-262 5.1 §16 and what the engine does not support).</summary>
public sealed class JsSyntaxException : Exception
{
    private readonly string[] _lines;

    internal JsSyntaxException(string scriptName, IReadOnlyList<JsDiagnostic> diagnostics, string[] lines)
        : base(diagnostics[0].Message)
    {
        ScriptName = scriptName;
        Diagnostics = diagnostics;
        _lines = lines;
    }

    /// <summary>The name given to the script.</summary>
    public string ScriptName { get; }

    /// <summary>The errors in source order; at least one.</summary>
    public IReadOnlyList<JsDiagnostic> Diagnostics { get; }

    /// <summary>Every error as <c>name:line:column: SyntaxError: message</c>, the source line, and carets under the place.</summary>
    public string Format()
    {
        var output = new StringBuilder();
        for (int i = 0; i < Diagnostics.Count; i++)
        {
            var d = Diagnostics[i];
            if (i > 0) output.Append('\n');
            output.Append(ScriptName).Append(':').Append(d.Line).Append(':').Append(d.Column).Append(": SyntaxError: ").Append(d.Message).Append('\n');
            Syntax.CodeFrame.Append(output, _lines[i], d);
        }

        return output.ToString();
    }
}
