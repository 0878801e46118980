using System.Text;

namespace Wirehook.Cli.Output;

/// <summary>
/// Writes lines on a thread of its own, so that a reader of the pipe who stands still stops nobody else. The queue is bounded; lines that find it full are
/// left out, and their number is said as soon as there is room again.
/// </summary>
internal sealed class LineWriter : IDisposable
{
    private const int MostCharacters = 4 << 20;
    private static readonly TimeSpan LongestEnd = TimeSpan.FromSeconds(2);
    private readonly Stream _output;
    private readonly Func<long, string> _leftOut;
    private readonly Thread _thread;
    private readonly object _gate = new();
    private StringBuilder _pending = new();
    private StringBuilder _spare = new();
    private long _missed;
    private bool _ended;

    /// <summary>Writes to <paramref name="output"/>; <paramref name="leftOut"/> words the line about lines that were left out.</summary>
    public LineWriter(Stream output, Func<long, string> leftOut)
    {
        (_output, _leftOut) = (output, leftOut);
        _thread = new Thread(WriteAll) { IsBackground = true, Name = "log" };
        _thread.Start();
    }

    /// <summary>Queues a line, or several separated by line breaks, as one piece.</summary>
    public void Write(string lines)
    {
        lock (_gate)
        {
            if (_pending.Length + lines.Length > MostCharacters)
            {
                _missed++;
                return;
            }

            SayMissed();
            _pending.Append(lines).Append('\n');
            Monitor.Pulse(_gate);
        }
    }

    /// <summary>Writes what is queued, unless the reader stands still for longer than two seconds.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            SayMissed();
            _ended = true;
            Monitor.Pulse(_gate);
        }

        _thread.Join(LongestEnd);
    }

    private void SayMissed()
    {
        if (_missed == 0) return;
        _pending.Append(_leftOut(_missed)).Append('\n');
        _missed = 0;
    }

    private void WriteAll()
    {
        var open = true;
        while (true)
        {
            StringBuilder taken;
            lock (_gate)
            {
                while (_pending.Length == 0 && !_ended) Monitor.Wait(_gate);
                if (_pending.Length == 0) return;
                taken = _pending;
                (_pending, _spare) = (_spare, taken);
            }

            open = open && TryWrite(taken);
            taken.Clear();
        }
    }

    private bool TryWrite(StringBuilder text)
    {
        try
        {
            _output.Write(Encoding.UTF8.GetBytes(text.ToString()));
            _output.Flush();
            return true;
        }
        catch (IOException)
        {
            // The reader of the pipe has gone; hooks run on without a log.
            return false;
        }
    }
}
