using Wirehook.Capture;
using Wirehook.Netlink.Events;
using Wirehook.Netlink.Recording;
using Wirehook.Netlink.State;
using Wirehook.Scripting;
using Wirehook.Scripting.Testing;
using Wirehook.Tests;
using Wirehook.Worker.Configuration;
using Wirehook.Worker.Sessions;

namespace Wirehook.Worker.Tests.Sessions;

/// <summary>Scripts on the sample recording of network events.</summary>
public sealed class NetworkSampleTests
{
    private static readonly string Samples = Path.Combine(RepositoryFiles.Root, "samples");
    private static readonly string Recording = Path.Combine(Samples, "captures", "network-changes.pcapng");

    [Fact]
    public void The_sample_script_prints_what_is_expected_every_time()
    {
        var expected = Path.Combine(Samples, "captures", "network-changes.link-watch.txt");
        var code = File.ReadAllText(Path.Combine(Samples, "scripts", "link-watch.js"));
        var found = Run("link-watch.js", code);
        if (Environment.GetEnvironmentVariable("WIREHOOK_UPDATE") == "1") File.WriteAllText(expected, found);
        Assert.Equal(File.ReadAllText(expected), found);
        Assert.Equal(found, Run("link-watch.js", code));
    }

    [Fact]
    public void What_a_script_stringifies_is_the_line_of_the_monitor()
    {
        var found = Run("lines.js", "function onNetworkEvent(event) { console.log(JSON.stringify(event)); }");
        Assert.Equal(Lines(initial: false).Select(l => "[lines.js] " + l), found.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public void What_existed_comes_first_where_it_is_asked_for()
    {
        var found = Run("lines.js", "function onNetworkEvent(event) { console.log(JSON.stringify(event)); }", initial: true);
        var lines = found.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(Lines(initial: true).Select(l => "[lines.js] " + l), lines);
        Assert.Contains("\"initial\":true", lines[0], StringComparison.Ordinal);
    }

    private static IEnumerable<string> Lines(bool initial)
    {
        using var recording = NetlinkRecordingReader.Open(Recording, new NetlinkEngine(new NetlinkEngineOptions { EmitInitial = initial }));
        var events = new List<NetworkEvent>();
        while (recording.TryRead(events))
        {
        }

        Assert.True(events.Count > 20);
        return events.Select(EventJson.ToLine);
    }

    private static string Run(string name, string code, bool initial = false)
    {
        var transcript = new ScriptTranscript();
        using var source = CaptureFileSource.Open(Recording);
        using var session = new CaptureSession(new SessionOptions
        {
            Configuration = WorkerConfiguration.Build(null, [], [], []),
            Console = transcript,
            InitialNetworkEvents = initial,
        });
        var result = Replay.Run(session, source, [new ScriptSource(name, code)], o => o.All(s => s.Loaded), CancellationToken.None);
        Assert.Empty(result.Summary.Losses);
        return transcript.Text;
    }
}
