using System.Buffers;
using Wirehook.Packets;
using Wirehook.Packets.Files;

namespace Wirehook.Worker.Pipeline;

/// <summary>Writes captured packets to a pcap file with nanoseconds, whole records at a time: a file cut off by a kill ends between two packets of its last write.</summary>
public sealed class PacketFile : IDisposable
{
    private const int FlushAt = 1 << 20;
    private readonly ArrayBufferWriter<byte> _records = new(FlushAt + (256 << 10));
    private readonly FileStream _file;
    private readonly LossCounter _unwritten;
    private readonly LossCounter _otherLink;
    private PcapWriter? _writer;
    private bool _broken;

    /// <summary>Creates or replaces the file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="losses">Where packets are counted that could not be written.</param>
    /// <exception cref="IOException">The file cannot be created.</exception>
    public PacketFile(string path, LossLedger losses)
    {
        _file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 0);
        _unwritten = losses.Define("write", "file-failed", "packets", "Packets that the file of --write does not hold because writing to it failed.");
        _otherLink = losses.Define("write", "link-type", "packets", "Packets that the file of --write does not hold because a pcap file has one link type; capture such interfaces one by one.");
    }

    /// <summary>Why writing failed; null while it did not.</summary>
    public string? Failure { get; private set; }

    /// <summary>Adds a packet.</summary>
    public void Write(in PacketHeader header, ReadOnlySpan<byte> frame)
    {
        if (_broken)
        {
            _unwritten.Add();
            return;
        }

        _writer ??= new PcapWriter(_records, header.Link);
        if (header.Link != _writer.Link)
        {
            _otherLink.Add();
            return;
        }

        _writer.Write(header, frame);
        if (_records.WrittenCount >= FlushAt) Flush();
    }

    /// <summary>Passes whole records on to the file.</summary>
    public void Flush()
    {
        if (_records.WrittenCount == 0 || _broken) return;
        try
        {
            _file.Write(_records.WrittenSpan);
        }
        catch (IOException error)
        {
            (_broken, Failure) = (true, error.Message);
        }

        _records.ResetWrittenCount();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Flush();
        _file.Dispose();
    }
}
