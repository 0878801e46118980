using System.Globalization;

namespace Wirehook.Dissection.Tests.Harness;

/// <summary>Captures of real servers and clients give exactly the items that lie beside them, and as many messages as the client itself counted.</summary>
public class CaptureGoldenTests
{
    public static TheoryData<string> Captures { get; } = [.. ProtocolCapture.All.Where(c => c.Value.Protocol != "samples").Select(c => c.Key).DefaultIfEmpty("")];

    [Theory]
    [MemberData(nameof(Captures))]
    public void A_capture_gives_the_expected_items(string name)
    {
        if (name.Length == 0) return;
        var capture = ProtocolCapture.All[name];
        var items = Play(capture).Json;
        if (Environment.GetEnvironmentVariable("WIREHOOK_UPDATE_GOLDENS") == "1") File.WriteAllLines(capture.GoldenPath, items);
        Assert.Equal(File.ReadAllLines(capture.GoldenPath), items);
        Assert.NotEmpty(items);
    }

    [Theory]
    [MemberData(nameof(Captures))]
    public void A_capture_has_as_many_messages_as_the_client_counted(string name)
    {
        if (name.Length == 0) return;
        var capture = ProtocolCapture.All[name];
        var statistics = Play(capture).Engine.Statistics;
        var counts = capture.Notes.Where(n => n.Length > 0 && n[0] != '#').Select(n => n.Split(' ')).ToList();
        Assert.NotEmpty(counts);
        foreach (var count in counts)
        {
            var of = statistics.Single(s => s.Protocol == count[0]);
            var ours = count[1] switch { "requests" => of.Requests, "responses" => of.Responses, "items" => of.Items, _ => -1 };
            Assert.True(ours == long.Parse(count[2], CultureInfo.InvariantCulture), $"{string.Join(' ', count)}, but {ours} were dissected.");
        }
    }

    private static CaptureRun Play(ProtocolCapture capture)
    {
        var recording = CaptureRecording.Of(capture.Path);
        return new CaptureRun(recording).Play(recording.Calls);
    }
}
