using System.Text;

namespace Wirehook.Scripting.Testing;

/// <summary>Keeps what scripts print and do as text, one line each, for comparison with a golden file.</summary>
/// <remarks>
/// <c>[script] text</c> for a log line, <c>[script] ERROR text</c> for an error, <c>[script] CLEAR</c>, and <c>[script] test.pass ID</c> for an effect.
/// Further lines of one text are indented.
/// </remarks>
public sealed class ScriptTranscript : IScriptConsole, IScriptEffects
{
    private const string Continuation = "\n    ";
    private readonly StringBuilder _text = new();

    /// <summary>Everything so far, each line ended by a line feed.</summary>
    public string Text => _text.ToString();

    /// <inheritdoc/>
    public void Write(in ConsoleLine line)
    {
        var kind = line.Level switch
        {
            ConsoleLevel.Error => "ERROR ",
            ConsoleLevel.Clear => "CLEAR",
            _ => "",
        };
        _text.Append('[').Append(line.Script).Append("] ").Append(kind).Append(line.Text.ReplaceLineEndings(Continuation)).Append('\n');
    }

    /// <inheritdoc/>
    public void Take(in ScriptEffect effect) =>
        _text.Append('[').Append(effect.Script).Append("] ").Append(effect.Helper).Append(' ').Append(effect.Target).Append('\n');
}
