using Wirehook.Packets;
using Wirehook.Packets.Files;

namespace Wirehook.Capture;

/// <summary>Several capture files read as one, merged by packet time; packets of equal time come in the order of the files.</summary>
public sealed class CaptureFileSet : IPacketSource
{
    private const int AllBuffersLength = 16 << 20;
    private const int MinBufferLength = 1 << 16;
    private readonly CaptureFileSource[] _files;
    private readonly PriorityQueue<int, (Timestamp Time, int File)> _next = new();
    private int _current = -1;
    private bool _started;

    private CaptureFileSet(CaptureFileSource[] files) => _files = files;

    /// <inheritdoc/>
    public CaptureProgress Progress
    {
        get
        {
            long read = 0;
            long? total = 0;
            foreach (var file in _files)
            {
                var progress = file.Progress;
                read += progress.BytesRead;
                total += progress.BytesTotal;
            }

            return new CaptureProgress(read, total);
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<CaptureFileDamage> Damages => [.. _files.SelectMany(file => file.Damages)];

    /// <inheritdoc/>
    public PacketOrigin Origin => _files[_current].Origin with { File = _current };

    /// <inheritdoc/>
    public DecryptionSecretsHandler? OnDecryptionSecrets
    {
        get => _files[0].OnDecryptionSecrets;
        set
        {
            foreach (var file in _files) file.OnDecryptionSecrets = value;
        }
    }

    /// <summary>Opens captures; a single one is read without merging.</summary>
    /// <param name="paths">The files; <c>-</c> for standard input.</param>
    /// <exception cref="CaptureException">A file cannot be opened.</exception>
    public static IPacketSource Open(IReadOnlyList<string> paths)
    {
        if (paths.Count == 1) return CaptureFileSource.Open(paths[0]);
        var bufferLength = Math.Clamp(AllBuffersLength / Math.Max(paths.Count, 1), MinBufferLength, CaptureFileSource.DefaultBufferLength);
        var files = new List<CaptureFileSource>(paths.Count);
        try
        {
            foreach (var path in paths) files.Add(CaptureFileSource.Open(path, bufferLength));
        }
        catch (CaptureException)
        {
            files.ForEach(file => file.Dispose());
            throw;
        }

        return new CaptureFileSet([.. files]);
    }

    /// <inheritdoc/>
    public bool TryReadNext(out PacketHeader header, out ReadOnlySpan<byte> frame)
    {
        if (!_started) Start();
        else if (_current >= 0) Advance(_current);
        header = default;
        frame = default;
        if (!_next.TryDequeue(out _current, out _))
        {
            _current = -1;
            return false;
        }

        header = _files[_current].Header;
        frame = _files[_current].Frame;
        return true;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var file in _files) file.Dispose();
    }

    private void Start()
    {
        _started = true;
        for (var file = 0; file < _files.Length; file++) Advance(file);
    }

    private void Advance(int file)
    {
        if (_files[file].TryAdvance()) _next.Enqueue(file, (_files[file].Header.Timestamp, file));
    }
}
