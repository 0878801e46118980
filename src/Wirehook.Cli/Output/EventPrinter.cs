using System.Buffers;
using Wirehook.Netlink.Events;
using Wirehook.Packets;

namespace Wirehook.Cli.Output;

/// <summary>Writes network events to a stream, a line each. One thread uses it.</summary>
/// <param name="output">Where lines go.</param>
/// <param name="selection">Which events are written.</param>
/// <param name="format">Appends the line of an event, with its end.</param>
/// <param name="most">Lines to write at most.</param>
internal sealed class EventPrinter(Stream output, EventSelection selection, Action<NetworkEvent, IBufferWriter<byte>> format, long most)
{
    private const int LargestWrite = 64 * 1024;
    private readonly List<NetworkEvent> _shown = [];
    private readonly ArrayBufferWriter<byte> _lines = new(LargestWrite);

    /// <summary>Events written.</summary>
    public long Printed { get; private set; }

    /// <summary>Whether no more is to be written: enough was, or it cannot be.</summary>
    public bool IsDone { get; private set; }

    /// <summary>Why writing failed; null where it did not.</summary>
    public string? Failure { get; private set; }

    /// <summary>When <see cref="Advance"/> next has something to write; null for never.</summary>
    public Timestamp? NextDeadline => selection.NextDeadline;

    /// <summary>Writes those of the events that are selected.</summary>
    public void Print(IReadOnlyList<NetworkEvent> events)
    {
        for (var index = 0; index < events.Count && !IsDone; index++)
        {
            selection.Take(events[index], _shown);
            if (_shown.Count > 0) AppendShown();
        }

        Flush();
    }

    /// <summary>Writes what became due by <paramref name="now"/>.</summary>
    public void Advance(Timestamp now)
    {
        selection.Advance(now, _shown);
        AppendShown();
        Flush();
    }

    /// <summary>Says why writing failed, where it did. Returns the exit status.</summary>
    public int Conclude()
    {
        if (Failure is null) return ExitCode.Success;
        Messages.Error($"standard output: {Failure}");
        return ExitCode.CaptureRefused;
    }

    private void AppendShown()
    {
        foreach (var shown in _shown)
        {
            if (IsDone) break;
            format(shown, _lines);
            IsDone = ++Printed >= most;
            if (_lines.WrittenCount >= LargestWrite) Flush();
        }

        _shown.Clear();
    }

    private void Flush()
    {
        if (_lines.WrittenCount == 0) return;
        try
        {
            output.Write(_lines.WrittenSpan);
            output.Flush();
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            // The latter is how .NET reports a standard output that is not open for writing.
            (IsDone, Failure) = (true, (cause.InnerException ?? cause).Message);
        }

        _lines.ResetWrittenCount();
    }
}
