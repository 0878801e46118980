using System.Buffers;
using Wirehook.Dissection.Items;
using Wirehook.Packets;
using Wirehook.Scripting;

namespace Wirehook.Worker.Pipeline;

/// <summary>Writes items as JSON lines, after the scripts have seen them, so that marks set by <c>test.pass</c> and <c>test.fail</c> are in them.</summary>
public sealed class ItemWriter : IDisposable
{
    private const int FlushAt = 256 << 10;
    private readonly Stream _output;
    private readonly LossCounter _unwritten;
    private readonly ArrayBufferWriter<byte> _lines = new(FlushAt + (64 << 10));
    private bool _broken;

    /// <summary>A writer to <paramref name="output"/>, which it closes.</summary>
    /// <param name="output">A file or standard output.</param>
    /// <param name="losses">Where items are counted that could not be written.</param>
    public ItemWriter(Stream output, LossLedger losses)
    {
        _output = output;
        _unwritten = losses.Define("items", "output-failed", "items", "Items that could not be written because the output was closed or full.");
    }

    /// <summary>Why writing failed, null while it did not.</summary>
    public string? Failure { get; private set; }

    /// <summary>Writes the items of a batch.</summary>
    public void Write(EventBatch batch)
    {
        foreach (ref readonly var entry in batch.Items)
        {
            if (_broken)
            {
                _unwritten.Add();
                continue;
            }

            ItemJson.Write(entry.Item, _lines);
            _lines.Write("\n"u8);
            if (_lines.WrittenCount >= FlushAt) Flush();
        }
    }

    /// <summary>Passes on what was gathered.</summary>
    public void Flush()
    {
        if (_lines.WrittenCount == 0 || _broken) return;
        try
        {
            _output.Write(_lines.WrittenSpan);
            _output.Flush();
        }
        catch (IOException error)
        {
            // A reader such as head that has seen enough closes the pipe: the run goes on for its scripts, and the rest is counted.
            _broken = true;
            Failure = error.Message;
        }

        _lines.ResetWrittenCount();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Flush();
        _output.Dispose();
    }
}
