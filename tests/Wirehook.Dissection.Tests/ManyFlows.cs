using System.Text;
using Wirehook.Dissection.Contract;
using Wirehook.Dissection.Engine;
using Wirehook.Dissection.Items;
using Wirehook.Packets;
using Wirehook.Packets.Flows;

namespace Wirehook.Dissection.Tests;

/// <summary>Many connections of one engine, at times that the test chooses.</summary>
internal sealed class ManyFlows : IItemSink
{
    private const long Second = 1_000_000_000;
    private readonly bool _keep;
    private long _flows;

    public ManyFlows(DissectionOptions? options = null, bool keep = true)
    {
        _keep = keep;
        Engine = new DissectionEngine(options ?? new DissectionOptions(), Ledger, this);
    }

    public LossLedger Ledger { get; } = new();

    public DissectionEngine Engine { get; }

    public List<Item> Items { get; } = [];

    public long ItemCount { get; private set; }

    public static Timestamp At(double seconds) => new((1_678_675_066 * Second) + (long)(seconds * Second));

    public void OnItem(Item item)
    {
        ItemCount++;
        if (_keep) Items.Add(item);
    }

    public IFlowHandler Open(TransportProtocol transport = TransportProtocol.Tcp, ushort port = 80)
    {
        var number = ++_flows;
        var client = new Endpoint(new IpAddress(0, 0x0000_FFFF_0A00_0000UL + (ulong)(number >> 12)), (ushort)(1024 + (number & 0xFFF)));
        var server = new Endpoint(new IpAddress(0, 0x0000_FFFF_0A00_0063UL), port);
        return Engine.OnFlowStarted(new Flow(number, transport, client, server, At(0)) { HandshakeSeen = true })!;
    }

    public long Loss(string reason) => Ledger.Counters.Single(c => c.Stage == "dissection" && c.Reason == reason).Count;

    /// <summary>Items as <c>request>response error</c>: target and status.</summary>
    public string Summary() => string.Join(' ', Items.Select(i =>
    {
        var json = System.Text.Json.JsonDocument.Parse(Conversation.ToJson(i)).RootElement;
        var request = json.GetProperty("request").TryGetProperty("url", out var url) ? url.GetString() : "-";
        var response = json.GetProperty("response").TryGetProperty("status", out var status) ? status.GetInt32().ToString(System.Globalization.CultureInfo.InvariantCulture) : "-";
        return $"{request}>{response}" + (i.Error is { } error ? ":" + error.ErrorType : "");
    }));
}

/// <summary>Shorthand for what the two sides of a connection send.</summary>
internal static class FlowSpeech
{
    public static void Client(this IFlowHandler flow, string text, double at = 0) => flow.OnData(Direction.Forward, Encoding.Latin1.GetBytes(text), ManyFlows.At(at));

    public static void Server(this IFlowHandler flow, string text, double at = 0) => flow.OnData(Direction.Reverse, Encoding.Latin1.GetBytes(text), ManyFlows.At(at));
}
