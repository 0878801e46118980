using Wirehook.Netlink.Events;
using Wirehook.Netlink.State;
using Wirehook.Packets.Files;

namespace Wirehook.Netlink.Recording;

/// <summary>Replays a file: a recording, or a capture from an nlmon device, in pcap or pcapng. Damage ends it; what came before counts.</summary>
public sealed class NetlinkRecordingReader : IDisposable
{
    private const int InitialBuffer = 1 << 18;
    private readonly CaptureFileDecoder _decoder = new();
    private readonly Stream _input;
    private readonly NetlinkReplay _replay;
    private byte[] _buffer = GC.AllocateUninitializedArray<byte>(InitialBuffer);
    private int _start;
    private int _end;
    private bool _endOfInput;
    private string? _error;

    /// <summary>Replays a stream, which the reader then owns.</summary>
    /// <param name="input">The bytes of the file.</param>
    /// <param name="engine">What gives the events.</param>
    public NetlinkRecordingReader(Stream input, NetlinkEngine engine)
    {
        (_input, _replay) = (input, new NetlinkReplay(engine));
    }

    /// <summary>Netlink frames that were read.</summary>
    public long Frames => _replay.Frames;

    /// <summary>Frames of other link layers, which were passed over.</summary>
    public long OtherFrames => _replay.OtherFrames;

    /// <summary>Why reading stopped before the end of the file, and where; null while it did not.</summary>
    public CaptureDamage? Damage => _error is null ? _decoder.Damage : new CaptureDamage(_decoder.Offset, $"reading failed: {_error}");

    /// <summary>Opens a file.</summary>
    /// <exception cref="IOException">The file cannot be opened.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public static NetlinkRecordingReader Open(string path, NetlinkEngine engine) =>
        new(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0, FileOptions.SequentialScan), engine);

    /// <summary>Reads the next frame and adds the events that follow from it, often none.</summary>
    /// <returns>False at the end and at damage.</returns>
    public bool TryRead(List<NetworkEvent> output)
    {
        while (true)
        {
            var status = _decoder.TryRead(_buffer.AsSpan(_start, _end - _start), _endOfInput, out var consumed, out var header, out var frame);
            _start += consumed;
            switch (status)
            {
                case CaptureReadStatus.Packet:
                    _replay.Process(header, _decoder.Interfaces[header.Interface], frame, output);
                    return true;
                case CaptureReadStatus.NeedMore:
                    Fill(_decoder.BytesNeeded);
                    break;
                default:
                    return false;
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _input.Dispose();

    private void Fill(int needed)
    {
        var unread = _buffer.AsSpan(_start, _end - _start);
        var target = needed > _buffer.Length ? GC.AllocateUninitializedArray<byte>(Math.Max(needed, _buffer.Length * 2)) : _buffer;
        unread.CopyTo(target);
        (_buffer, _start, _end) = (target, 0, unread.Length);
        try
        {
            var read = _input.Read(_buffer, _end, _buffer.Length - _end);
            _end += read;
            _endOfInput = read == 0;
        }
        catch (IOException cause)
        {
            (_error, _endOfInput) = (cause.Message, true);
        }
    }
}
