using System.Buffers;
using Wirehook.Capture;
using Wirehook.Netlink.Codec;
using Wirehook.Netlink.Recording;
using Wirehook.Packets;
using Wirehook.Packets.Files;
using Wirehook.Scripting;
using Wirehook.Scripting.Testing;
using Wirehook.Tests;
using Wirehook.Worker.Configuration;
using Wirehook.Worker.Sessions;

namespace Wirehook.Worker.Tests.Pipeline;

/// <summary>Recordings of the kernel's network events, replayed to scripts.</summary>
public sealed class NetlinkFramesTests : IDisposable
{
    private const long Second = 1_000_000_000;
    private const string Script = """
        var frames = 0;
        function onPacketCaptured(info) { frames++; }
        function onNetworkEvent(event) { console.log(frames, event.sequence, event.namespace, event.interface, event.events.join("+"), Date.now() === event.timestamp); }
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("wirehook-netlink-").FullName;
    private readonly ScriptTranscript _transcript = new();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Frames_become_events_between_the_packets_in_their_namespaces()
    {
        var path = Record("a.pcapng", recorder =>
        {
            var (own, blue) = (recorder.AddNamespace("default", -1), recorder.AddNamespace("blue", 3));
            recorder.Record(own, NetlinkProtocol.Route, LinkMessage.New(2, "eth0", 0), new Timestamp(Second));
            recorder.Record(blue, NetlinkProtocol.Route, LinkMessage.New(2, "veth0"), new Timestamp(2 * Second));
            recorder.Record(own, NetlinkProtocol.Route, [.. LinkMessage.New(2, "eth0"), .. LinkMessage.New(2, "eth0", mtu: 9000)], new Timestamp(3 * Second));
            recorder.Record(blue, NetlinkProtocol.Route, LinkMessage.Delete(2, "veth0"), new Timestamp(4 * Second));
        });
        var result = Run(Script, path);
        Assert.Equal(
            [
                "[a.js] 1 1 default eth0 link.added true", "[a.js] 2 2 blue veth0 link.added+link.up true", "[a.js] 3 3 default eth0 link.up true",
                "[a.js] 3 4 default eth0 link.mtu_changed true", "[a.js] 4 5 blue veth0 link.removed true",
            ],
            Lines);
        Assert.Equal((4, 5), (result.Packets, result.NetworkEvents));
        Assert.Empty(result.Losses);
    }

    [Fact]
    public void Each_file_has_namespaces_of_its_own()
    {
        var paths = new[] { "a.pcapng", "b.pcapng" }.Select((name, i) => Record(name, recorder =>
        {
            var own = recorder.AddNamespace("default", -1);
            recorder.Record(own, NetlinkProtocol.Route, LinkMessage.New(2, "eth0", mtu: (uint)(1000 * (i + 1))), new Timestamp((i + 1) * Second));
        }));
        var result = Run(Script, [.. paths]);
        Assert.Equal(["[a.js] 1 1 default eth0 link.added+link.up true", "[a.js] 2 2 default eth0 link.added+link.up true"], Lines);
        Assert.Equal(2, result.NetworkEvents);
    }

    [Fact]
    public void Without_the_hook_frames_are_counted_and_nothing_else()
    {
        var path = Record("a.pcapng", recorder => recorder.Record(recorder.AddNamespace("default", -1), NetlinkProtocol.Route, LinkMessage.New(2, "eth0"), new Timestamp(Second)));
        var result = Run("function onPacketCaptured(info) { console.log(info.length); } function onItemCaptured(data) {}", path);
        Assert.Single(Lines);
        Assert.Equal((1, 0), (result.Packets, result.NetworkEvents));
        Assert.Empty(result.Losses);
    }

    [Fact]
    public void More_events_than_a_batch_holds_all_arrive()
    {
        const int Count = EventBatch.NetworkEventCapacity * 3;
        var path = Record("a.pcapng", recorder =>
        {
            var own = recorder.AddNamespace("default", -1);
            byte[] links = [.. Enumerable.Range(2, Count).SelectMany(i => LinkMessage.New(i, "eth" + i))];
            recorder.Record(own, NetlinkProtocol.Route, links, new Timestamp(Second));
        });
        var result = Run("function onNetworkEvent(event) { if (event.ifindex !== event.sequence + 1) throw new Error(event.sequence); }", path);
        Assert.Equal(Count, result.NetworkEvents);
        var hook = result.Scripts.Single().Hooks.Single(h => h.Hook == "onNetworkEvent");
        Assert.Equal((Count, 0, 0), (hook.Calls, hook.Errors, hook.Missed));
    }

    [Fact]
    public void What_the_kernel_dropped_is_told_and_counted()
    {
        var path = Record("a.pcapng", recorder =>
        {
            var own = recorder.AddNamespace("default", -1);
            recorder.Record(own, NetlinkProtocol.Route, LinkMessage.New(2, "eth0"), new Timestamp(Second));
            recorder.RecordOverrun(own, NetlinkProtocol.Route, 40, new Timestamp(2 * Second));
        });
        var result = Run("function onNetworkEvent(event) { console.log(event.event, event.lost); }", path);
        Assert.Equal(["[a.js] link.added undefined", "[a.js] monitor.overrun 40"], Lines[..2]);
        var loss = Assert.Single(result.Losses);
        Assert.Equal(("network", "overrun", 40), (loss.Stage, loss.Reason, loss.Count));
    }

    [Fact]
    public void A_frame_without_a_netlink_header_is_counted_as_lost()
    {
        var output = new ArrayBufferWriter<byte>();
        new PcapWriter(output, LinkType.Netlink).Write(new PacketHeader(new Timestamp(Second), 10, 10, LinkType.Netlink), new byte[10]);
        File.WriteAllBytes(PathOf("short.pcap"), output.WrittenSpan.ToArray());
        var loss = Assert.Single(Run(Script, PathOf("short.pcap")).Losses);
        Assert.Equal(("network", "not-netlink", 1), (loss.Stage, loss.Reason, loss.Count));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Nothing_that_a_frame_holds_ends_the_run_or_a_hook(int seed)
    {
        const int Frames = 20_000;
        File.WriteAllBytes(PathOf("mutated.pcap"), Mutated(new Random(seed), Frames));
        var result = Run("var n = 0; function onNetworkEvent(event) { n += JSON.stringify(event).length + JSON.stringify(event, null, 1).length; }", PathOf("mutated.pcap"));
        var hook = result.Scripts.Single().Hooks.Single(h => h.Hook == "onNetworkEvent");
        Assert.Equal(Frames, result.Packets);
        Assert.True(result.NetworkEvents > Frames / 20, "The mutations left nothing to decode.");
        Assert.Equal((result.NetworkEvents, 0, 0), (hook.Calls, hook.Errors, hook.Missed));
    }

    private string[] Lines => _transcript.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private string PathOf(string name) => Path.Combine(_folder, name);

    private string Record(string name, Action<NetlinkRecorder> write)
    {
        using (var recorder = NetlinkRecorder.Create(PathOf(name))) write(recorder);
        return PathOf(name);
    }

    /// <summary>The frames of the sample recording again and again, half of them changed in up to eight places or cut.</summary>
    private static byte[] Mutated(Random random, int count)
    {
        var output = new ArrayBufferWriter<byte>();
        var writer = new PcapWriter(output, LinkType.Netlink);
        var frames = SampleFrames();
        for (var i = 0; i < count; i++)
        {
            byte[] frame = [.. frames[i % frames.Count]];
            if (random.Next(2) == 0)
            {
                for (var change = random.Next(1, 9); change > 0; change--) frame[random.Next(frame.Length)] = (byte)random.Next(256);
                if (random.Next(8) == 0) frame = frame[..random.Next(1, frame.Length + 1)];
            }

            writer.Write(new PacketHeader(new Timestamp(1_000_000L * i), frame.Length, frame.Length, LinkType.Netlink), frame);
        }

        return output.WrittenSpan.ToArray();
    }

    private static List<byte[]> SampleFrames()
    {
        using var source = CaptureFileSource.Open(Path.Combine(RepositoryFiles.Root, "samples", "captures", "network-changes.pcapng"));
        var frames = new List<byte[]>();
        while (source.TryReadNext(out _, out var frame)) frames.Add(frame.ToArray());
        return frames;
    }

    private Worker.Summary.RunSummary Run(string script, params string[] paths)
    {
        using var source = CaptureFileSet.Open(paths);
        using var session = new CaptureSession(new SessionOptions { Configuration = WorkerConfiguration.Build(null, [], [], []), Console = _transcript });
        var result = Replay.Run(session, source, [new ScriptSource("a.js", script)], o => o.All(s => s.Loaded), CancellationToken.None);
        Assert.Empty(result.Damages);
        Assert.All(result.Outcomes, o => Assert.True(o.Loaded));
        return result.Summary;
    }
}
