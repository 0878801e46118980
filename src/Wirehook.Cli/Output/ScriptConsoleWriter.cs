using System.Text;
using Wirehook.Scripting;

namespace Wirehook.Cli.Output;

/// <summary>Prints what scripts say as <c>[script] text</c>, errors in red on a terminal. Gathers lines and passes them on after every batch.</summary>
internal sealed class ScriptConsoleWriter : IScriptConsole, IDisposable
{
    private const string Red = "\u001b[31m";
    private const string Plain = "\u001b[0m";
    private const string ClearScreen = "\u001b[2J\u001b[H";
    private const int FlushAt = 32 << 10;
    private readonly Stream _output;
    private readonly bool _terminal;
    private readonly Lock _lock = new();
    private readonly StringBuilder _text = new();
    private bool _closed;

    /// <summary>A writer to standard output, or to standard error where items take standard output.</summary>
    public ScriptConsoleWriter(bool toStandardError)
    {
        _output = toStandardError ? Console.OpenStandardError() : Console.OpenStandardOutput();
        _terminal = !(toStandardError ? Console.IsErrorRedirected : Console.IsOutputRedirected) && Environment.GetEnvironmentVariable("NO_COLOR") is null or "";
    }

    /// <inheritdoc/>
    public void Write(in ConsoleLine line)
    {
        lock (_lock)
        {
            if (line.Level == ConsoleLevel.Clear)
            {
                if (_terminal) _text.Append(ClearScreen);
                return;
            }

            var red = _terminal && line.Level == ConsoleLevel.Error;
            if (red) _text.Append(Red);
            _text.Append('[').Append(line.Script).Append("] ").Append(line.Text);
            if (red) _text.Append(Plain);
            _text.Append('\n');
            if (_text.Length >= FlushAt) FlushLocked();
        }
    }

    /// <summary>Passes on what was gathered.</summary>
    public void Flush()
    {
        lock (_lock) FlushLocked();
    }

    /// <inheritdoc/>
    public void Dispose() => Flush();

    private void FlushLocked()
    {
        if (_text.Length == 0) return;
        try
        {
            if (!_closed) _output.Write(Encoding.UTF8.GetBytes(_text.ToString()));
        }
        catch (IOException)
        {
            // The reader of the pipe has gone (head, a pager that was quit): nobody is left to print for.
            _closed = true;
        }

        _text.Clear();
    }
}
