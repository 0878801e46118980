using System.Text.RegularExpressions;
using Wirehook.Packets.Flows;

namespace Wirehook.Dissection.Tests.Harness;

/// <summary>What holds for every protocol, tried on every capture: however a stream is cut, wherever it runs, whatever of it is missing.</summary>
public partial class CapturePropertyTests
{
    private const int Rounds = 12;

    public static TheoryData<string> Captures { get; } = [.. ProtocolCapture.All.Keys];

    [Theory]
    [MemberData(nameof(Captures))]
    public void Any_slicing_of_the_streams_gives_the_same_items(string name)
    {
        if (ProtocolCapture.All[name].Skips("slicing")) return;
        var recording = CaptureRecording.Of(ProtocolCapture.All[name].Path);
        var whole = new CaptureRun(recording).Play(recording.Calls).Json;
        for (var seed = 0; seed < Rounds; seed++)
        {
            var random = new Random(seed);
            var longest = seed == 0 ? 1 : 1 << random.Next(1, 12);
            var sliced = new CaptureRun(recording).Play(recording.Calls.SelectMany(c => Slice(c, random, longest))).Json;
            Assert.Equal(whole, sliced);
        }
    }

    [Theory]
    [MemberData(nameof(Captures))]
    public void An_unusual_port_changes_nothing_but_the_port(string name)
    {
        if (ProtocolCapture.All[name].Skips("unusual-port")) return;
        var recording = CaptureRecording.Of(ProtocolCapture.All[name].Path);
        var usual = new CaptureRun(recording).Play(recording.Calls).Json;
        var unusual = new CaptureRun(recording, port: 1234).Play(recording.Calls).Json;
        Assert.Equal(usual.Select(j => PortField().Replace(j, "")), unusual.Select(j => PortField().Replace(j, "")));
    }

    [Theory]
    [MemberData(nameof(Captures))]
    public void Without_its_handshake_a_whole_stream_gives_as_many_messages(string name)
    {
        if (ProtocolCapture.All[name].Skips("handshake")) return;
        var recording = CaptureRecording.Of(ProtocolCapture.All[name].Path);
        var seen = new CaptureRun(recording).Play(recording.Calls);
        var unseen = new CaptureRun(recording, handshake: false).Play(recording.Calls);
        Assert.Equal(Count(seen), Count(unseen));
    }

    [Theory]
    [MemberData(nameof(Captures))]
    public void From_the_middle_or_behind_a_gap_no_message_gets_anothers_partner(string name)
    {
        if (ProtocolCapture.All[name].Skips("gaps")) return;
        var recording = CaptureRecording.Of(ProtocolCapture.All[name].Path);
        var whole = new CaptureRun(recording).Play(recording.Calls).Pairs;
        for (var seed = 0; seed < Rounds * 4; seed++)
        {
            var random = new Random(seed);
            var middle = seed % 2 == 0;
            var run = new CaptureRun(recording, middle ? false : null).Play(middle ? FromMiddle(recording, random) : WithGaps(recording, random));
            Assert.Empty(run.Pairs.Except(whole));
            Assert.Equal(0, run.Engine.Memory.Bytes);
        }
    }

    [Theory]
    [MemberData(nameof(Captures))]
    public void One_direction_alone_gives_messages_without_partner(string name)
    {
        var recording = CaptureRecording.Of(ProtocolCapture.All[name].Path);
        foreach (var direction in new[] { Direction.Forward, Direction.Reverse })
        {
            var run = new CaptureRun(recording).Play(recording.Calls.Where(c => c.Kind == FlowCallKind.End || c.Direction == direction));
            if (!ProtocolCapture.All[name].Skips("one-direction")) Assert.DoesNotContain(run.Items, i => i.HasRequest && i.HasResponse);
            Assert.Equal(0, run.Engine.Memory.Bytes);
            Assert.All(run.Json, j => Assert.NotEmpty(j));
        }
    }

    private static IEnumerable<FlowCall> Slice(FlowCall call, Random random, int longest)
    {
        if (call.Kind != FlowCallKind.Data) return [call];
        var slices = new List<FlowCall>();
        for (var at = 0; at < call.Data.Length;)
        {
            var length = Math.Min(random.Next(1, longest + 1), call.Data.Length - at);
            slices.Add(call with { Data = call.Data[at..(at + length)] });
            at += length;
        }

        return slices;
    }

    private static IEnumerable<FlowCall> FromMiddle(CaptureRecording recording, Random random)
    {
        var skipped = recording.Flows.Select((_, i) => recording.Calls.Count(c => c.Flow == i && c.Kind == FlowCallKind.Data)).Select(n => random.Next(n + 1)).ToArray();
        return recording.Calls.Where(c => c.Kind != FlowCallKind.Data || skipped[c.Flow]-- <= 0);
    }

    private static IEnumerable<FlowCall> WithGaps(CaptureRecording recording, Random random) => recording.Calls.Select(c =>
        c.Kind == FlowCallKind.Data && random.Next(6) == 0 ? c with { Kind = FlowCallKind.Gap, Length = c.Data.Length, Data = [] } : c);

    private static string Count(CaptureRun run) => string.Join(' ', run.Items.GroupBy(i => i.Protocol.Name).OrderBy(g => g.Key, StringComparer.Ordinal)
        .Select(g => $"{g.Key}: {g.Count(i => i.HasRequest)} requests, {g.Count(i => i.HasResponse)} responses"));

    [GeneratedRegex("\"port\":\"[0-9]*\"")]
    private static partial Regex PortField();
}
