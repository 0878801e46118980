using Wirehook.Netlink.Monitor;
using Wirehook.Scripting;
using Wirehook.Scripting.Testing;
using Wirehook.Worker.Configuration;
using Wirehook.Worker.Sessions;

namespace Wirehook.Worker.Tests.Sessions;

/// <summary>When a session listens to the kernel.</summary>
public sealed class NetworkWatchTests : IDisposable
{
    private static readonly ScriptSource Hook = new("hook.js", "function onNetworkEvent(event) {}");
    private readonly CaptureSession _session = new(new SessionOptions
    {
        Configuration = WorkerConfiguration.Build(null, [], [], []),
        Console = new ScriptTranscript(),
        LiveClock = TimeProvider.System,
    });

    public void Dispose() => _session.Dispose();

    [Fact]
    public void Nothing_is_listened_to_until_a_script_has_the_hook_even_one_that_comes_later()
    {
        using var watch = new NetworkWatch(_session, new MonitorOptions(), TimeProvider.System);
        _session.Start([new ScriptSource("a.js", "function onPacketCaptured(info) {}")], null);
        watch.Poll();
        Assert.Null(watch.Status);
        Assert.True(_session.Lane.Invoke(h => h.Load(Hook)).Loaded);
        watch.Poll();
        Assert.Equal("default", Assert.Single(watch.Status!.Namespaces).Name);
        watch.WaitUntilReady();
        watch.Dispose();
        Assert.Null(watch.Status);
        Assert.Empty(_session.Complete().Losses);
    }

    [Fact]
    public void What_is_refused_is_said_once_and_the_run_goes_on()
    {
        using var watch = new NetworkWatch(_session, new MonitorOptions { Namespaces = ["no-such-namespace"] }, TimeProvider.System);
        _session.Start([Hook], null);
        watch.Poll();
        Assert.Contains("no-such-namespace", watch.Failure, StringComparison.Ordinal);
        Assert.StartsWith("onNetworkEvent is never called: ", watch.Failure, StringComparison.Ordinal);
        watch.Poll();
        Assert.Null(watch.Status);
        Assert.Throws<MonitorException>(watch.Start);
    }

    [Fact]
    public void The_configuration_says_what_is_listened_to()
    {
        var options = NetworkWatch.OptionsFor(WorkerConfiguration.Build(null, [], ["nlmon.netlink.buffer_size.receive=2MB", "nlmon.monitoring.namespaces.enabled=true"], []));
        Assert.Equal((2 << 20, true), (options.ReceiveBufferBytes, options.AllNamespaces));
        options = NetworkWatch.OptionsFor(WorkerConfiguration.Build(null, [], [], []));
        Assert.Equal((16 << 20, false), (options.ReceiveBufferBytes, options.AllNamespaces));
    }
}
