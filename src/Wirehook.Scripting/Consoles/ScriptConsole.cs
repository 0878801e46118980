using Wirehook.Packets;

namespace Wirehook.Scripting;

/// <summary>What a console line is.</summary>
public enum ConsoleLevel : byte
{
    /// <summary>Text of <c>console.log</c>, and notices about jobs.</summary>
    Log,

    /// <summary>Text of <c>console.error</c>, errors of hooks and jobs, and budgets that were exceeded.</summary>
    Error,

    /// <summary><c>console.clear()</c>: what was printed before may be wiped. The text is empty.</summary>
    Clear,
}

/// <summary>One line that a script prints, or that is printed about it.</summary>
/// <param name="Script">Name of the script.</param>
/// <param name="Level">Log, error or clear.</param>
/// <param name="Text">The text without a line end; it may hold several lines.</param>
/// <param name="Time">The script's clock: packet time on replay.</param>
public readonly record struct ConsoleLine(string Script, ConsoleLevel Level, string Text, Timestamp Time);

/// <summary>Takes what scripts print. Called on the thread that runs the scripts, so it must not wait for long.</summary>
public interface IScriptConsole
{
    /// <summary>Takes one line.</summary>
    void Write(in ConsoleLine line);
}
