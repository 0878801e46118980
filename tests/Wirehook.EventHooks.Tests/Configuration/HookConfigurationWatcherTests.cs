using System.Collections.Concurrent;
using Wirehook.EventHooks.Configuration;
using Wirehook.EventHooks.Hooks;
using Wirehook.EventHooks.Tests.Hooks;

namespace Wirehook.EventHooks.Tests.Configuration;

public sealed class HookConfigurationWatcherTests : IDisposable
{
    private const string Good = "nlmon:\n  integration:\n    hooks:\n      - {name: NAME, script: /bin/true}\n";
    private readonly string _folder = Directory.CreateTempSubdirectory("wirehook-").FullName;
    private readonly ConcurrentQueue<HookConfigurationResult> _results = new();
    private readonly string _path;

    public HookConfigurationWatcherTests()
    {
        _path = Path.Combine(_folder, "wirehook.yaml");
        File.WriteAllText(_path, Named("first"));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_file_written_in_place_or_replaced_is_read_again()
    {
        using var watcher = new HookConfigurationWatcher(_path, TimeProvider.System, _results.Enqueue);
        File.WriteAllText(_path, Named("second"));
        Assert.Equal("second", Next());
        File.WriteAllText(_path + ".new", Named("third"));
        File.Move(_path + ".new", _path, overwrite: true);
        Assert.Equal("third", Next());
        File.WriteAllText(Path.Combine(_folder, "real.yaml"), Named("fourth"));
        File.Delete(_path);
        File.CreateSymbolicLink(_path, "real.yaml");
        Assert.Equal("fourth", Next());
    }

    [Fact]
    public void Touching_the_file_or_its_neighbours_is_no_change()
    {
        var time = new ManualTime();
        using var watcher = new HookConfigurationWatcher(_path, time, _results.Enqueue);
        File.WriteAllText(_path, Named("first"));
        File.WriteAllText(Path.Combine(_folder, "other"), "x");
        time.Advance(TimeSpan.FromMinutes(1));
        Assert.Empty(_results);
        // Nothing is said while the file is away, and what returns unchanged is not news.
        File.Delete(_path);
        time.Advance(TimeSpan.FromMinutes(1));
        File.WriteAllText(_path, Named("first"));
        time.Advance(TimeSpan.FromMinutes(1));
        Assert.Empty(_results);
        watcher.Reload();
        Assert.Single(_results);
    }

    [Fact]
    public void A_file_that_is_still_being_written_is_not_read()
    {
        var time = new ManualTime();
        using var watcher = new HookConfigurationWatcher(_path, time, _results.Enqueue);
        time.Advance(TimeSpan.FromSeconds(4));
        for (var i = 0; i < 10; i++)
        {
            File.AppendAllText(_path, $"      - {{name: more{i}, script: x}}\n");
            time.Advance(TimeSpan.FromMilliseconds(200));
        }

        Assert.Empty(_results);
        time.Advance(TimeSpan.FromMilliseconds(400));
        Assert.Equal(11, Assert.Single(_results).Configuration!.Hooks.Count);
    }

    [Fact]
    public void A_broken_file_keeps_the_hooks_as_they_are_and_says_why()
    {
        using var manager = HookManager.Create(new HookManagerOptions(), new FakeRunner());
        using var watcher = new HookConfigurationWatcher(_path, TimeProvider.System, result =>
        {
            if (result.Configuration is { } configuration) manager.Apply(configuration);
            _results.Enqueue(result);
        });
        watcher.Reload();
        manager.Execute(Sample.Event(1));
        Assert.True(manager.WaitIdle(Sample.Soon));
        File.WriteAllText(_path, Named("second").Replace("script", "scrpt", StringComparison.Ordinal));
        Assert.True(SpinWait.SpinUntil(() => _results.Count == 2, Sample.Soon));
        Assert.Contains("Did you mean script?", _results.Last().Errors[0].ToString(), StringComparison.Ordinal);
        Assert.Equal(("first", 1), (manager.List().Single().Definition.Name, manager.List().Single().Statistics.Executions));
    }

    private static string Named(string name) => Good.Replace("NAME", name, StringComparison.Ordinal);

    private string Next()
    {
        HookConfigurationResult? result = null;
        Assert.True(SpinWait.SpinUntil(() => _results.TryDequeue(out result), Sample.Soon));
        return Assert.Single(result!.Configuration!.Hooks).Name;
    }
}
