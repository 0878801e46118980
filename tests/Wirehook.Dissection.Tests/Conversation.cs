using System.Text;
using Wirehook.Dissection.Contract;
using Wirehook.Dissection.Engine;
using Wirehook.Dissection.Items;
using Wirehook.Packets;
using Wirehook.Packets.Flows;

namespace Wirehook.Dissection.Tests;

/// <summary>Plays one TCP connection into an engine, a millisecond per step, and keeps the items.</summary>
internal sealed class Conversation : IItemSink
{
    private readonly IFlowHandler _handler;
    private long _now;

    public Conversation(DissectionOptions? options = null, bool handshake = true, ushort serverPort = 80, long started = 1_678_675_066_172_360_504)
    {
        _now = started;
        Engine = new DissectionEngine(options ?? new DissectionOptions(), Ledger, this);
        Flow = new Flow(25258, TransportProtocol.Tcp, At("10.0.0.1", 36848), At("10.0.0.99", serverPort), new Timestamp(_now)) { HandshakeSeen = handshake };
        _handler = Engine.OnFlowStarted(Flow)!;
    }

    public LossLedger Ledger { get; } = new();

    public DissectionEngine Engine { get; }

    public Flow Flow { get; }

    public List<Item> Items { get; } = [];

    public List<string> Json => [.. Items.Select(ToJson)];

    public void OnItem(Item item) => Items.Add(item);

    public Conversation Client(string text) => Send(Direction.Forward, Encoding.Latin1.GetBytes(text));

    public Conversation Server(string text) => Send(Direction.Reverse, Encoding.Latin1.GetBytes(text));

    public Conversation Send(Direction direction, ReadOnlySpan<byte> data, bool tick = true)
    {
        if (tick) _now += 1_000_000;
        _handler.OnData(direction, data, new Timestamp(_now));
        return this;
    }

    public Conversation SendAt(Direction direction, ReadOnlySpan<byte> data, long time)
    {
        _handler.OnData(direction, data, new Timestamp(time));
        return this;
    }

    public Conversation Gap(Direction direction, long length)
    {
        _handler.OnGap(direction, length, GapReason.NotCaptured, new Timestamp(_now));
        return this;
    }

    public Conversation EndOf(Direction direction)
    {
        _handler.OnDirectionEnd(direction, new Timestamp(_now));
        return this;
    }

    public List<Item> End(FlowEnd end = FlowEnd.Finished)
    {
        _handler.OnEnd(end, new Timestamp(_now));
        return Items;
    }

    public long Loss(string reason) => Ledger.Counters.Single(c => c.Stage == "dissection" && c.Reason == reason).Count;

    public static string ToJson(Item item)
    {
        var text = new StringBuilder();
        ItemJson.Write(item, text);
        return text.ToString();
    }

    private static Endpoint At(string ip, ushort port) => new(IpAddress.FromIPv4(System.Net.IPAddress.Parse(ip).GetAddressBytes()), port);
}
