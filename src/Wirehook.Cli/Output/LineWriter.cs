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
    private readonly Lock _lock = new();
    private readonly SemaphoreSlim _wake = new(0);
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
        lock (_lock)
        {
            if (_pending.Length + lines.Length > MostCharacters)
            {
                _missed++;
                return;
            }

            if (_missed > 0)
            {
                _pending.Append(_leftOut(_missed)).Append('\n');
                _missed = 0;
            }

            _pending.Append(lines).Append('\n');
        }

        if (_wake.CurrentCount == 0) _wake.Release();
    }

    /// <summary>Writes what is queued, unless the reader stands still for longer than two seconds.</summary>
    public void Dispose()
    {
        Volatile.Write(ref _ended, true);
        _wake.Release();
        if (_thread.Join(LongestEnd)) _wake.Dispose();
    }

    private void WriteAll()
    {
        var open = true;
        while (true)
        {
            _wake.Wait();
            var ended = Volatile.Read(ref _ended);
            StringBuilder taken;
            lock (_lock)
            {
                taken = _pending;
                (_pending, _spare) = (_spare, taken);
            }

            open = open && TryWrite(taken);
            taken.Clear();
            if (ended) return;
        }
    }

    private bool TryWrite(StringBuilder text)
    {
        try
        {
            foreach (var chunk in text.GetChunks()) _output.Write(Encoding.UTF8.GetBytes(chunk.ToArray()));
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
