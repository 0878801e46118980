using Wirehook.Dissection.Secrets;
using Wirehook.Worker.Configuration;

namespace Wirehook.Worker.Secrets;

/// <summary>
/// One key log file: read to its end, and where it is followed, read on as programs append to it. A followed file may come into being later, be cut off or be
/// replaced; it is looked at by time, because appending programs differ too much for file events.
/// </summary>
public sealed class KeyLogFile : IDisposable
{
    private const int ChunkLength = 64 << 10;
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(50);
    private readonly string _path;
    private readonly KeyLogReader _reader;
    private readonly Lock _gate = new();
    private readonly Timer? _timer;
    private readonly byte[] _chunk = new byte[ChunkLength];
    private long _position;
    private DateTime _created;

    /// <summary>Reads the file and, where wanted, follows it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="log">Where its secrets go.</param>
    /// <param name="follow">Whether more may be appended while Wirehook runs.</param>
    /// <exception cref="ConfigurationException">The file cannot be read; a followed one may also be missing for now.</exception>
    public KeyLogFile(string path, KeyLog log, bool follow)
    {
        (_path, _reader) = (path, new KeyLogReader(log));
        try
        {
            if (!follow || File.Exists(path)) ReadOn();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new ConfigurationException($"--keylog {path}: {error.Message}");
        }

        if (follow) _timer = new Timer(_ => Look(), null, Interval, Interval);
        else _reader.Complete();
    }

    /// <summary>Secrets read so far.</summary>
    public long Secrets => _reader.Secrets;

    /// <summary>Reads what was appended since the last look.</summary>
    public void Look()
    {
        lock (_gate)
        {
            try
            {
                if (new FileInfo(_path) is not { Exists: true } file) return;
                if (file.Length < _position || file.CreationTimeUtc != _created) Restart();
                if (file.Length > _position) ReadOn();
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                // The file may be replaced at this moment: the next look finds it.
            }
        }
    }

    /// <summary>Ends following.</summary>
    public void Dispose()
    {
        using var ended = new ManualResetEvent(false);
        if (_timer?.Dispose(ended) == true) ended.WaitOne();
    }

    private void Restart()
    {
        _position = 0;
        _reader.Restart();
    }

    private void ReadOn()
    {
        using var file = new FileStream(_path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        _created = File.GetCreationTimeUtc(_path);
        if (file.CanSeek) file.Position = _position;
        for (int read; (read = file.Read(_chunk)) > 0; _position += read) _reader.Append(_chunk.AsSpan(0, read));
    }
}
