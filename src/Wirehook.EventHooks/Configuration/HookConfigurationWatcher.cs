namespace Wirehook.EventHooks.Configuration;

/// <summary>Reads a configuration file again when it changes. It watches the folder, because editors and deployments replace files and links rather than write into them,
/// and waits until the file has been left alone for a moment.</summary>
public sealed class HookConfigurationWatcher : IDisposable
{
    /// <summary>How long the file must be left alone.</summary>
    public static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(200);

    /// <summary>How often it is looked at in any case: a folder that is itself replaced is no longer watched.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private readonly string _path;
    private readonly Action<HookConfigurationResult> _changed;
    private readonly Func<string, HookConfigurationResult> _load;
    private readonly ITimer _timer;
    private FileSystemWatcher? _watcher;
    private byte[]? _content, _candidate;
    private int _delayed;
    private bool _disposed;

    /// <summary>Watches <paramref name="path"/>; what it holds now counts as known.</summary>
    /// <param name="path">The file.</param>
    /// <param name="time">The timer.</param>
    /// <param name="changed">Told what reading the changed file gave, errors included, on a timer's thread; never twice at once.</param>
    /// <param name="load">Reads the file; null for <see cref="HookConfigurationFile.Load"/>.</param>
    public HookConfigurationWatcher(string path, TimeProvider time, Action<HookConfigurationResult> changed, Func<string, HookConfigurationResult>? load = null)
    {
        (_path, _changed, _load) = (Path.GetFullPath(path), changed, load ?? HookConfigurationFile.Load);
        _content = ReadContent();
        _timer = time.CreateTimer(_ => Look(), null, Interval, Interval);
        Watch();
    }

    /// <summary>Reads the file now, whether it changed or not.</summary>
    public void Reload()
    {
        lock (_gate)
        {
            if (_disposed) return;
            _content = ReadContent();
            _changed(_load(_path));
        }
    }

    /// <summary>Ends watching; when it returns, no call is under way.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _disposed = true;
            _watcher?.Dispose();
            _timer.Dispose();
        }
    }

    private void Look()
    {
        lock (_gate)
        {
            if (_disposed) return;
            Volatile.Write(ref _delayed, 0);
            if (_watcher is null) Watch();
            var (content, candidate) = (ReadContent(), _candidate);
            _candidate = null;
            // A file that is missing or empty is being replaced: a later look finds it whole.
            if (content is null or { Length: 0 } || Same(content, _content)) return;
            if (!Same(content, candidate))
            {
                // It may still be being written: only what two looks find alike counts.
                _candidate = content;
                Delay();
                return;
            }

            _content = content;
            _changed(_load(_path));
        }
    }

    private void Watch()
    {
        try
        {
            _watcher = new FileSystemWatcher(Path.GetDirectoryName(_path)!) { NotifyFilter = NotifyFilters.FileName | NotifyFilters.LastWrite | NotifyFilters.Size };
            _watcher.Created += (_, _) => Delay();
            _watcher.Changed += (_, _) => Delay();
            _watcher.Renamed += (_, _) => Delay();
            _watcher.Error += (_, _) => Forget();
            _watcher.EnableRaisingEvents = true;
        }
        catch (Exception error) when (error is ArgumentException or IOException or UnauthorizedAccessException)
        {
            // Without notifications (no such folder, or no inotify watches left) the regular look still finds the change.
            Forget();
        }
    }

    private void Delay()
    {
        // The first sign sets the time of the next look; later ones do not move it, or a busy folder would put it off for ever.
        if (Interlocked.Exchange(ref _delayed, 1) == 0) _timer.Change(Quiet, Interval);
    }

    private static bool Same(byte[] content, byte[]? other) => other is not null && content.AsSpan().SequenceEqual(other);

    private void Forget()
    {
        var watcher = Interlocked.Exchange(ref _watcher, null);
        watcher?.Dispose();
    }

    private byte[]? ReadContent()
    {
        try
        {
            using var file = File.OpenRead(_path);
            var content = new byte[Math.Min(file.Length, 4L * HookConfigurationFile.LongestFile)];
            return content[..file.ReadAtLeast(content, content.Length, throwOnEndOfStream: false)];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
