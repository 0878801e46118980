using System.Net;
using System.Text.Json;
using Wirehook.Dissection.Contract;
using Wirehook.Dissection.Engine;
using Wirehook.Dissection.Items;
using Wirehook.Packets;
using Wirehook.Packets.Flows;

namespace Wirehook.Dissection.Tests;

/// <summary>Plays datagrams of any transport into an engine, a millisecond per datagram, and keeps the items.</summary>
internal sealed class MessageFlow : IItemSink
{
    private readonly Dictionary<(string, ushort, string, ushort), (Flow Flow, IFlowHandler? Handler)> _flows = [];
    private readonly TransportProtocol _transport;
    private long _now = 1_700_000_000_000_000_000;

    public MessageFlow(TransportProtocol transport = TransportProtocol.Udp, DissectionOptions? options = null)
    {
        _transport = transport;
        Engine = new DissectionEngine(options ?? new DissectionOptions(), Ledger, this);
    }

    public LossLedger Ledger { get; } = new();

    public DissectionEngine Engine { get; }

    public List<Item> Items { get; } = [];

    public Timestamp Now => new(_now);

    public List<JsonElement> Json => [.. Items.Select(i => JsonDocument.Parse(Conversation.ToJson(i)).RootElement)];

    public void OnItem(Item item) => Items.Add(item);

    /// <summary>One datagram; the sender of a pair's first one initiates the flow.</summary>
    public MessageFlow Send(string from, ushort fromPort, string to, ushort toPort, ReadOnlySpan<byte> data, int missing = 0, long milliseconds = 1)
    {
        _now += milliseconds * 1_000_000;
        var direction = Direction.Forward;
        if (!_flows.TryGetValue((from, fromPort, to, toPort), out var known))
        {
            if (_flows.TryGetValue((to, toPort, from, fromPort), out known)) direction = Direction.Reverse;
            else known = _flows[(from, fromPort, to, toPort)] = Start(At(from, fromPort), At(to, toPort));
        }

        known.Handler?.OnDatagram(direction, data, missing, Now);
        return this;
    }

    public List<Item> End(FlowEnd end = FlowEnd.CaptureEnded)
    {
        foreach (var (_, handler) in _flows.Values) handler?.OnEnd(end, Now);
        return Items;
    }

    /// <summary>Ends every flow; the items as JSON.</summary>
    public List<JsonElement> EndJson()
    {
        End();
        return Json;
    }

    public long Loss(string reason) => Ledger.Counters.Single(c => c.Stage == "dissection" && c.Reason == reason).Count;

    public static Endpoint At(string ip, ushort port)
    {
        var bytes = IPAddress.Parse(ip).GetAddressBytes();
        return new(bytes.Length == 4 ? IpAddress.FromIPv4(bytes) : IpAddress.FromIPv6(bytes), port);
    }

    private (Flow, IFlowHandler?) Start(Endpoint from, Endpoint to)
    {
        var flow = new Flow(_flows.Count + 1, _transport, from, to, Now);
        return (flow, Engine.OnFlowStarted(flow));
    }
}
