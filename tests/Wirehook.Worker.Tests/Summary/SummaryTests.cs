using System.Text;
using System.Text.Json;
using Wirehook.Packets;
using Wirehook.Scripting;
using Wirehook.Worker.Summary;

namespace Wirehook.Worker.Tests.Summary;

public sealed class SummaryTests
{
    [Fact]
    public void Json_has_every_count_under_its_name()
    {
        using var json = JsonDocument.Parse(SummaryJson.Format(Sample()));
        var root = json.RootElement;
        Assert.Equal(["packets", "bytes", "streams", "networkEvents", "items", "loss", "scripts", "elapsedMs"], root.EnumerateObject().Select(p => p.Name));
        Assert.Equal(7, root.GetProperty("items").GetProperty("http").GetProperty("requests").GetInt32());
        Assert.Equal(3, root.GetProperty("loss").GetProperty("reassembly").GetProperty("gap").GetInt32());
        var hook = root.GetProperty("scripts").GetProperty("top.js").GetProperty("hooks").GetProperty("onItemCaptured");
        Assert.Equal((8, 1, 2), (hook.GetProperty("calls").GetInt32(), hook.GetProperty("errors").GetInt32(), hook.GetProperty("missed").GetInt32()));
        Assert.Equal("paused", root.GetProperty("scripts").GetProperty("top.js").GetProperty("state").GetString());
    }

    [Fact]
    public void Text_explains_losses_and_pauses()
    {
        var text = SummaryText.Format(Sample());
        Assert.Contains("http: 8 items (7 requests, 6 responses)", text, StringComparison.Ordinal);
        Assert.Contains("4 streams, 5 network events in", text, StringComparison.Ordinal);
        Assert.Contains("reassembly/gap: 3 bytes. Bytes are missing.", text, StringComparison.Ordinal);
        Assert.Contains("top.js (paused: over budget at top.js:1:2)", text, StringComparison.Ordinal);
        Assert.Contains("onItemCaptured: 8 calls, 1 errors, 2 missed", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Network_events_alone_are_summed_up_without_packets()
    {
        var text = SummaryText.Format(Sample() with { Packets = 0, Bytes = 0, Dissected = false });
        Assert.StartsWith("5 network events in 0.01 s", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_from_outside_cannot_break_the_json()
    {
        var summary = Sample() with { Scripts = [new ScriptReport("a\"b\n\u2028.js", ScriptState.Active, null, 0, null, -1, [])] };
        using var json = JsonDocument.Parse(Encoding.UTF8.GetString(SummaryJson.Format(summary)));
        Assert.True(json.RootElement.GetProperty("scripts").TryGetProperty("a\"b\n\u2028.js", out _));
    }

    private static RunSummary Sample()
    {
        var losses = new LossLedger();
        losses.Define("reassembly", "gap", "bytes", "Bytes are missing.").Add(3);
        return new RunSummary
        {
            Packets = 100,
            Bytes = 20_000,
            Streams = 4,
            NetworkEvents = 5,
            Dissected = true,
            Items = new Dictionary<string, ProtocolCount> { ["http"] = new(8, 7, 6) },
            Losses = losses.Counters,
            Scripts = [new ScriptReport("top.js", ScriptState.Paused, "over budget at top.js:1:2", 3, "over budget", 1_000, [new HookReport("onItemCaptured", 8, 1, 2, 1.5, 0.5, 2)])],
            ElapsedMilliseconds = 12,
        };
    }
}
