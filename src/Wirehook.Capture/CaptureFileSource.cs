using System.IO.Compression;
using Wirehook.Packets;
using Wirehook.Packets.Files;

namespace Wirehook.Capture;

/// <summary>Reads one capture file: pcap or pcapng, plain or gzip, from a path or standard input.</summary>
public sealed class CaptureFileSource : IPacketSource
{
    /// <summary>The path that stands for standard input.</summary>
    public const string StandardInput = "-";

    internal const int DefaultBufferLength = 1 << 20;
    private readonly string _path;
    private readonly CaptureStream _stored;
    private readonly long? _storedLength;
    private readonly Stream _capture;
    private readonly CaptureFileDecoder _decoder = new();
    private byte[] _buffer;
    private int _start;
    private int _end;
    private int _frameStart;
    private int _interface;
    private bool _endOfInput;
    private string? _readError;
    private CaptureFileDamage[] _damages = [];

    private CaptureFileSource(string path, Stream stream, long? length, int bufferLength)
    {
        (_path, _storedLength) = (path, length);
        _stored = new CaptureStream(stream);
        _buffer = GC.AllocateUninitializedArray<byte>(bufferLength);
        var first = _stored.LookAhead(2);
        var isGzip = first.Length == 2 && first[0] == 0x1F && first[1] == 0x8B;
        _capture = isGzip ? new GZipStream(_stored, CompressionMode.Decompress) : _stored;
    }

    /// <inheritdoc/>
    public CaptureProgress Progress => new(_stored.BytesRead, _storedLength);

    /// <inheritdoc/>
    public IReadOnlyList<CaptureFileDamage> Damages => _damages;

    /// <inheritdoc/>
    public PacketOrigin Origin => new(0, Interfaces[_interface]);

    /// <summary>Called with every Decryption Secrets Block of the file.</summary>
    public DecryptionSecretsHandler? OnDecryptionSecrets
    {
        get => _decoder.OnDecryptionSecrets;
        set => _decoder.OnDecryptionSecrets = value;
    }

    /// <summary>The interfaces that the capture described so far.</summary>
    public IReadOnlyList<CaptureInterface> Interfaces => _decoder.Interfaces;

    /// <summary>The packet that <see cref="TryAdvance"/> read last.</summary>
    internal PacketHeader Header { get; private set; }

    /// <summary>The bytes of the packet that <see cref="TryAdvance"/> read last.</summary>
    internal ReadOnlySpan<byte> Frame => _buffer.AsSpan(_frameStart, Header.CaptureLength);

    /// <summary>Opens a capture.</summary>
    /// <param name="path">The file; <c>-</c> for standard input.</param>
    /// <exception cref="CaptureException">The file cannot be opened.</exception>
    public static CaptureFileSource Open(string path) => Open(path, DefaultBufferLength);

    /// <summary>Opens a capture with a read buffer of a given size, which grows to the largest packet.</summary>
    internal static CaptureFileSource Open(string path, int bufferLength)
    {
        try
        {
            if (path == StandardInput) return new CaptureFileSource(path, Console.OpenStandardInput(), null, bufferLength);
            var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0, FileOptions.SequentialScan);
            return new CaptureFileSource(path, file, file.CanSeek ? file.Length : null, bufferLength);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new CaptureException($"{path}: the capture cannot be opened: {cause.Message}", cause);
        }
    }

    /// <summary>Reads a capture out of a stream, which the source then owns.</summary>
    internal static CaptureFileSource Read(string name, Stream stream, int bufferLength = DefaultBufferLength) => new(name, stream, null, bufferLength);

    /// <inheritdoc/>
    public bool TryReadNext(out PacketHeader header, out ReadOnlySpan<byte> frame)
    {
        while (true)
        {
            var status = _decoder.TryRead(_buffer.AsSpan(_start, _end - _start), _endOfInput, out var consumed, out header, out frame);
            _start += consumed;
            if (status == CaptureReadStatus.NeedMore)
            {
                Fill(_decoder.BytesNeeded);
                continue;
            }

            if (status != CaptureReadStatus.Packet) return Stop();
            _interface = header.Interface;
            return true;
        }
    }

    /// <summary>Reads the next packet and keeps where it is, for a reader that returns to it later.</summary>
    internal bool TryAdvance()
    {
        if (!TryReadNext(out var header, out var frame)) return false;
        Header = header;
        _frameStart = _buffer.AsSpan().Overlaps(frame, out var offset) ? offset : 0;
        return true;
    }

    /// <inheritdoc/>
    public void Dispose() => _capture.Dispose();

    /// <summary>Makes room for a record of <paramref name="needed"/> bytes and reads what is there.</summary>
    private void Fill(int needed)
    {
        var unread = _buffer.AsSpan(_start, _end - _start);
        if (needed > _buffer.Length)
        {
            var larger = GC.AllocateUninitializedArray<byte>(Math.Max(needed, _buffer.Length * 2));
            unread.CopyTo(larger);
            _buffer = larger;
        }
        else
        {
            unread.CopyTo(_buffer);
        }

        (_start, _end) = (0, unread.Length);
        try
        {
            var read = _capture.Read(_buffer, _end, _buffer.Length - _end);
            _end += read;
            _endOfInput = read == 0;
        }
        catch (Exception cause) when (cause is IOException or InvalidDataException)
        {
            (_readError, _endOfInput) = (cause.Message, true);
        }
    }

    private bool Stop()
    {
        if (_damages.Length > 0) return false;
        if (_readError is not null) _damages = [new CaptureFileDamage(_path, _decoder.Offset, $"reading failed: {_readError}")];
        else if (_decoder.Damage is { } damage) _damages = [new CaptureFileDamage(_path, damage.Offset, damage.Reason)];
        return false;
    }
}
