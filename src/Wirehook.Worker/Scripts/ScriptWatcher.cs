using Wirehook.Scripting;
using Wirehook.Worker.Configuration;

namespace Wirehook.Worker.Scripts;

/// <summary>Reloads scripts whose files change. Editors write in many ways (in place, by rename), so it compares time and length instead of trusting events.</summary>
public sealed class ScriptWatcher : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);
    private readonly ScriptLane _lane;
    private readonly Action<LoadOutcome> _report;
    private readonly Dictionary<string, (string Name, DateTime Written, long Length)> _files = new(StringComparer.Ordinal);
    private readonly Timer _timer;
    private int _busy;

    /// <summary>Watches the files of <paramref name="scripts"/>.</summary>
    /// <param name="lane">Where they run.</param>
    /// <param name="scripts">The scripts as loaded; those without a path are left alone.</param>
    /// <param name="report">Told of every reload, on a timer thread.</param>
    public ScriptWatcher(ScriptLane lane, IEnumerable<ScriptSource> scripts, Action<LoadOutcome> report)
    {
        (_lane, _report) = (lane, report);
        foreach (var script in scripts)
        {
            if (script.Path is { } path) _files[path] = (script.Name, File.GetLastWriteTimeUtc(path), Length(path));
        }

        _timer = new Timer(_ => Look(), null, Interval, Interval);
    }

    /// <summary>Ends watching and waits for a reload that is under way.</summary>
    public void Dispose()
    {
        using var ended = new ManualResetEvent(false);
        if (_timer.Dispose(ended)) ended.WaitOne();
    }

    private void Look()
    {
        if (Interlocked.Exchange(ref _busy, 1) == 1) return;
        try
        {
            foreach (var (path, known) in _files.ToArray()) Reload(path, known);
        }
        finally
        {
            Volatile.Write(ref _busy, 0);
        }
    }

    private void Reload(string path, (string Name, DateTime Written, long Length) known)
    {
        var current = (known.Name, Written: File.GetLastWriteTimeUtc(path), Length: Length(path));
        // A file that is missing or empty is being written: the next look finds it whole.
        if (current == known || current.Length <= 0) return;
        _files[path] = current;
        try
        {
            var source = ScriptFiles.Read(path, known.Name);
            _report(_lane.Invoke(host => host.Load(source)));
        }
        catch (ConfigurationException error)
        {
            _report(new LoadOutcome(known.Name, [new ScriptProblem(known.Name, 0, 0, error.Message)]));
        }
        catch (ObjectDisposedException)
        {
            // The run ended between two looks; there is nothing left to reload into.
        }
    }

    private static long Length(string path) => new FileInfo(path) is { Exists: true } file ? file.Length : -1;
}
