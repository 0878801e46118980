using Wirehook.Dissection.Items;
using Wirehook.Netlink.Events;
using Wirehook.Packets;
using Wirehook.Scripting.Testing;

namespace Wirehook.Scripting.Tests;

/// <summary>A script host on packet time, with events from a few words and the transcript of what scripts print.</summary>
internal sealed class ScriptBench
{
    internal const long Second = 1_000_000_000;
    private static readonly long Start = new DateTimeOffset(2023, 3, 1, 2, 11, 30, TimeSpan.Zero).ToUnixTimeSeconds() * Second;

    internal ScriptBench(ScriptBudget? budget = null, params (string Name, string Value)[] environment)
    {
        Host = new ScriptHost(new ScriptHostOptions
        {
            Console = Transcript,
            Effects = Transcript,
            Environment = environment.ToDictionary(e => e.Name, e => e.Value),
            Budget = budget ?? ScriptBudget.Default,
            Losses = Losses,
        });
        Host.AdvanceTo(At(0));
    }

    internal ScriptTranscript Transcript { get; } = new();

    internal LossLedger Losses { get; } = new();

    internal ScriptHost Host { get; }

    /// <summary>Printed lines without notices about scheduled jobs.</summary>
    internal string[] Lines => [.. Transcript.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(l => !l.Contains("] Scheduled the job: ", StringComparison.Ordinal))];

    /// <summary>A moment some seconds after 2023-03-01T02:11:30Z.</summary>
    internal static Timestamp At(double seconds) => new(Start + (long)(seconds * Second));

    internal ScriptBench Load(string code, string name = "a.js")
    {
        var outcome = Host.Load(new ScriptSource(name, code));
        Assert.True(outcome.Loaded, string.Join('\n', outcome.Problems));
        return this;
    }

    internal ScriptBench Packet(double second, int length = 68, int? captured = null)
    {
        var batch = new EventBatch();
        batch.AddPacket(new PacketHeader(At(second), captured ?? length, length, LinkType.Ethernet));
        Host.Run(batch);
        return this;
    }

    internal ScriptBench Item(double second, Item item)
    {
        var batch = new EventBatch();
        batch.AddItem(item, At(second));
        Host.Run(batch);
        return this;
    }

    internal ScriptBench Network(params IEnumerable<NetworkEvent> events)
    {
        var batch = new EventBatch();
        foreach (var networkEvent in events) batch.AddNetworkEvent(networkEvent);
        Host.Run(batch);
        return this;
    }

    internal ScriptBench Advance(double second)
    {
        Host.AdvanceTo(At(second));
        return this;
    }

    internal HookReport Report(string hook, string script = "a.js") => Host.Report().Single(s => s.Name == script).Hooks.Single(h => h.Hook == hook);
}
