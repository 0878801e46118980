using Wirehook.Netlink.Codec;
using Wirehook.Netlink.Events;
using Wirehook.Netlink.Recording;
using Wirehook.Netlink.State;
using Wirehook.Netlink.Tests.Families;
using Wirehook.Packets;
using Wirehook.Packets.Files;
using Wirehook.Tests;

namespace Wirehook.Netlink.Tests.Recording;

public sealed class RecordingTests
{
    [Fact]
    public void A_replay_gives_the_same_lines()
    {
        var (live, recording) = RecordKernelMessages();
        Assert.True(live.Count > 80);
        Assert.Equal(live, Replay(recording, out var damage));
        Assert.Null(damage);
    }

    [Fact]
    public void A_recording_cut_anywhere_gives_what_came_before()
    {
        var (live, recording) = RecordKernelMessages();
        var random = new Random(5);
        for (var round = 0; round < 50; round++)
        {
            var cut = random.Next(recording.Length);
            var lines = Replay(recording[..cut], out var damage);
            Assert.Equal(live.Take(lines.Count), lines);
            Assert.True(damage is null || damage.Reason.Length > 0);
        }
    }

    [Fact]
    public void Damaged_recordings_do_not_throw()
    {
        var (_, recording) = RecordKernelMessages();
        var random = new Random(6);
        for (var round = 0; round < 300; round++)
        {
            var bytes = recording.ToArray();
            for (var i = 0; i < 8; i++) bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            Replay(bytes, out _);
        }
    }

    [Fact]
    public void A_dump_and_an_overrun_are_replayed_as_they_were()
    {
        using var recorded = new Session();
        var blue = recorded.Add("blue", 7);
        var request = Samples.Family("link").Dumps[0];
        recorded.Request(blue, Bytes.Numbered(request, 1));
        recorded.Receive(blue, State.TestEngine.Reply(Samples.NewLink(2, "eth0"), 1));
        recorded.Receive(blue, Bytes.Done(1));
        recorded.Overrun(blue, 33);
        recorded.Request(blue, Bytes.Numbered(request, 2));
        recorded.Receive(blue, State.TestEngine.Reply(Samples.NewLink(3, "eth1"), 2));
        recorded.Receive(blue, Bytes.Done(2));
        var (live, recording) = recorded.End();
        Assert.Contains(live, l => l.Contains("\"lost\":33", StringComparison.Ordinal) && l.Contains("\"namespace\":\"blue\",\"nsid\":7", StringComparison.Ordinal));
        Assert.Contains(live, l => l.Contains("\"event\":\"link.removed\"", StringComparison.Ordinal) && l.Contains("\"synthetic\":true", StringComparison.Ordinal));
        Assert.Equal(live, Replay(recording, out _));
    }

    [Fact]
    public void Namespaces_begin_anew_and_go_on_under_other_names()
    {
        using var recorded = new Session();
        var first = recorded.Add("pid-9", -1);
        recorded.Receive(first, Samples.NewLink(2, "eth0"));
        recorded.Rename(first, "green", 4);
        recorded.Rename(first, "blue", 5);
        recorded.Receive(first, Samples.NewLink(2, "eth0", mtu: 1400));
        var second = recorded.Add("blue", 5);
        recorded.Receive(second, Samples.NewLink(2, "eth0", mtu: 1300));
        var (live, recording) = recorded.End();
        Assert.Contains("\"event\":\"link.mtu_changed\"", live[1]);
        Assert.Contains("\"event\":\"link.added\"", live[2]);
        Assert.Equal(live, Replay(recording, out _));
    }

    [Fact]
    public void Frames_of_other_layers_are_counted_and_passed_over()
    {
        var replay = new NetlinkReplay(new NetlinkEngine(new()));
        var described = new CaptureInterface(LinkType.Netlink, 0, "nlmon0");
        var events = new List<NetworkEvent>();
        byte[] frame = [0, 0, 3, 0x38, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, .. Samples.NewLink(2, "eth0")];
        Assert.True(replay.Process(Header(LinkType.Netlink, frame), described, frame, events));
        Assert.False(replay.Process(Header(LinkType.Ethernet, frame), described, frame, events));
        Assert.False(replay.Process(Header(LinkType.Netlink, frame), described, frame.AsSpan(0, 15), events));
        Assert.False(replay.Process(Header(LinkType.Netlink, frame), described, new byte[64], events));
        Assert.Equal([1, 3], [replay.Frames, replay.OtherFrames]);
        Assert.Equal("default", Assert.Single(events).Namespace);
    }

    [Fact]
    public void Captures_in_pcap_are_replayed_too()
    {
        var file = new System.Buffers.ArrayBufferWriter<byte>();
        var writer = new PcapWriter(file, LinkType.Netlink);
        byte[] cooked = [0, 4, 3, 0x38, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
        foreach (var (_, _, datagram) in KernelMessages.All.Where(m => m.Protocol == NetlinkProtocol.Route))
        {
            byte[] frame = [.. cooked, .. datagram];
            writer.Write(Header(LinkType.Netlink, frame), frame);
        }

        var lines = Replay(file.WrittenSpan.ToArray(), out var damage);
        Assert.Null(damage);
        Assert.Equal(RecordKernelMessages().Lines.Count(l => l.Contains("\"message_name\":\"RTM_", StringComparison.Ordinal)), lines.Count);
        Assert.All(lines, l => Assert.Contains("\"namespace\":\"default\",\"nsid\":-1", l));
    }

    [Fact]
    public void A_full_disk_ends_the_recording_and_is_told()
    {
        var disk = new FullDisk(3000);
        using var recorder = new NetlinkRecorder(disk);
        var ns = recorder.AddNamespace("default", -1);
        for (var i = 0; i < 10; i++) recorder.Record(ns, NetlinkProtocol.Route, Samples.NewLink(2, "eth0"), default);
        recorder.Flush();
        Assert.Null(recorder.Error);
        Assert.Equal(10, recorder.RecordedDatagrams);
        for (var i = 0; i < 1000; i++) recorder.Record(ns, NetlinkProtocol.Route, Samples.NewLink(2, "eth0"), default);
        recorder.Flush();
        Assert.Contains("no room", recorder.Error);
        recorder.Record(ns, NetlinkProtocol.Route, Samples.NewLink(2, "eth0"), default);
        Assert.Equal(1001, recorder.LostDatagrams);
        Assert.Equal(recorder.BytesWritten, disk.Length);
        Assert.Equal(10, Replay(disk.ToArray(), out var damage).Count);
        Assert.Null(damage);
    }

    [Fact]
    public void What_a_slow_disk_cannot_take_is_counted()
    {
        using var gate = new ManualResetEventSlim();
        using var recorder = new NetlinkRecorder(new SlowDisk(gate), maxPending: 64 << 10);
        var ns = recorder.AddNamespace("default", -1);
        for (var i = 0; i < 10_000; i++) recorder.Record(ns, NetlinkProtocol.Route, Samples.NewLink(2, "eth0"), default);
        Assert.InRange(recorder.LostDatagrams, 8000, 9999);
        gate.Set();
        recorder.Dispose();
        Assert.Equal(10_000, recorder.LostDatagrams + recorder.RecordedDatagrams);
    }

    [RootFact("tshark")]
    public void Wireshark_dissects_the_frames()
    {
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(file, RecordKernelMessages().Recording);
            var text = Monitor.TestNamespace.Run("tshark", "-r", file, "-T", "fields", "-e", "frame.interface_name", "-e", "netlink-route.nltype", "-e", "_ws.malformed");
            var lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
            Assert.Equal(KernelMessages.All.Count, lines.Length);
            Assert.All(lines, l => Assert.StartsWith("default\t", l));
            Assert.Contains("default\t32\t", lines);

            // Device events are text, which Wireshark takes for messages, in captures of nlmon devices too.
            var messages = KernelMessages.All.Zip(lines).Where(m => m.First.Protocol != NetlinkProtocol.Uevent);
            Assert.All(messages, m => Assert.EndsWith("\t", m.Second));
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static PacketHeader Header(LinkType link, byte[] frame) => new(new Timestamp(5), frame.Length, frame.Length, link);

    private static (List<string> Lines, byte[] Recording) RecordKernelMessages()
    {
        using var session = new Session();
        var ns = session.Add("default", -1);
        foreach (var (_, protocol, datagram) in KernelMessages.All) session.Receive(ns, datagram, protocol);
        return session.End();
    }

    private static List<string> Replay(byte[] recording, out CaptureDamage? damage)
    {
        using var reader = new NetlinkRecordingReader(new MemoryStream(recording), new NetlinkEngine(new()));
        var events = new List<NetworkEvent>();
        while (reader.TryRead(events))
        {
        }

        damage = reader.Damage;
        return [.. events.Select(EventJson.ToLine)];
    }

    /// <summary>What a monitor does: every datagram to the recorder and the engine.</summary>
    private sealed class Session : IDisposable
    {
        private readonly MemoryStream _file = new();
        private readonly NetlinkRecorder _recorder;
        private readonly NetlinkEngine _engine = new(new());
        private readonly Dictionary<NamespaceState, int> _numbers = [];
        private readonly List<NetworkEvent> _events = [];
        private long _now = 1_700_000_000_000_000_000;

        public Session() => _recorder = new NetlinkRecorder(_file);

        private Timestamp Now => new(_now += 1_000_001);

        public NamespaceState Add(string name, int nsid)
        {
            var state = _engine.AddNamespace(name, nsid);
            _numbers[state] = _recorder.AddNamespace(name, nsid);
            return state;
        }

        public void Rename(NamespaceState state, string name, int nsid)
        {
            (state.Name, state.Id) = (name, nsid);
            _numbers[state] = _recorder.RenameNamespace(_numbers[state], name, nsid);
        }

        public void Request(NamespaceState state, byte[] datagram) => Process(state, datagram, NetlinkProtocol.Route, outgoing: true);

        public void Receive(NamespaceState state, byte[] datagram, int protocol = NetlinkProtocol.Route) => Process(state, datagram, protocol, outgoing: false);

        public void Overrun(NamespaceState state, long lost)
        {
            var at = Now;
            _recorder.RecordOverrun(_numbers[state], NetlinkProtocol.Route, lost, at);
            _engine.Overrun(state, NetlinkProtocol.Route, at, lost, _events);
        }

        public (List<string> Lines, byte[] Recording) End()
        {
            _recorder.Dispose();
            Assert.Null(_recorder.Error);
            return ([.. _events.Select(EventJson.ToLine)], _file.ToArray());
        }

        public void Dispose()
        {
            _recorder.Dispose();
            _file.Dispose();
        }

        private void Process(NamespaceState state, byte[] datagram, int protocol, bool outgoing)
        {
            var at = Now;
            _recorder.Record(_numbers[state], protocol, datagram, at, outgoing);
            _engine.Process(state, protocol, datagram, at, _events);
        }
    }

    private sealed class FullDisk(int room) : MemoryStream
    {
        public override void Write(ReadOnlySpan<byte> buffer)
        {
            base.Write(buffer[..(int)Math.Min(buffer.Length, room - Length)]);
            if (Length >= room) throw new IOException("no room");
        }
    }

    private sealed class SlowDisk(ManualResetEventSlim gate) : MemoryStream
    {
        public override void Write(ReadOnlySpan<byte> buffer)
        {
            gate.Wait();
            base.Write(buffer);
        }
    }
}
