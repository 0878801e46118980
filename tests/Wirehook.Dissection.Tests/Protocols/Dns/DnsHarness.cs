using System.Text;
using System.Text.Json;
using Wirehook.Dissection.Contract;
using Wirehook.Dissection.Engine;
using Wirehook.Dissection.Items;
using Wirehook.Packets;
using Wirehook.Packets.Flows;

namespace Wirehook.Dissection.Tests.Protocols.Dns;

/// <summary>A dissection engine that keeps its items, and flows to feed it with.</summary>
internal sealed class DnsHarness : IItemSink
{
    public const long Second = 1_000_000_000;
    public static readonly Timestamp Start = new(1_678_675_069_958_762_876);
    private long _flows;

    public DnsHarness()
    {
        Engine = new DissectionEngine(new DissectionOptions { Worker = "192.168.49.2:8897", Node = new Node("192.168.49.2", "mizu") }, Ledger, this);
    }

    public LossLedger Ledger { get; } = new();

    public DissectionEngine Engine { get; }

    public List<Item> Items { get; } = [];

    public void OnItem(Item item) => Items.Add(item);

    public static Endpoint At(string address, ushort port)
    {
        var bytes = System.Net.IPAddress.Parse(address).GetAddressBytes();
        return new Endpoint(bytes.Length == 4 ? IpAddress.FromIPv4(bytes) : IpAddress.FromIPv6(bytes), port);
    }

    public DnsFlow Udp(ushort serverPort = 53, ushort clientPort = 33305, string client = "172.17.0.1", string server = "172.17.0.3") =>
        Open(TransportProtocol.Udp, At(client, clientPort), At(server, serverPort), handshake: false);

    public DnsFlow Tcp(ushort serverPort = 53, bool handshake = true) =>
        Open(TransportProtocol.Tcp, At("172.17.0.1", 40000), At("172.17.0.3", serverPort), handshake);

    public JsonElement Json(int index)
    {
        var text = new StringBuilder();
        ItemJson.Write(Items[index], text);
        return JsonDocument.Parse(text.ToString()).RootElement;
    }

    public long Lost(string reason) => Ledger.Counters.Single(c => c.Stage == "dissection" && c.Reason == reason).Count;

    private DnsFlow Open(TransportProtocol transport, Endpoint initiator, Endpoint responder, bool handshake)
    {
        var flow = new Flow(++_flows, transport, initiator, responder, Start) { HandshakeSeen = handshake };
        return new DnsFlow(Engine.OnFlowStarted(flow)!);
    }
}

/// <summary>One flow of a test; times are given in milliseconds after <see cref="DnsHarness.Start"/>.</summary>
internal sealed class DnsFlow(IFlowHandler handler)
{
    public void Ask(byte[] message, long at = 0, int missing = 0) => handler.OnDatagram(Direction.Forward, message, missing, Time(at));

    public void Answer(byte[] message, long at = 0, int missing = 0) => handler.OnDatagram(Direction.Reverse, message, missing, Time(at));

    public void Send(Direction direction, ReadOnlySpan<byte> data, long at = 0) => handler.OnData(direction, data, Time(at));

    public void Gap(Direction direction, long length, long at = 0) => handler.OnGap(direction, length, GapReason.NotCaptured, Time(at));

    public void End(FlowEnd end = FlowEnd.CaptureEnded, long at = 0) => handler.OnEnd(end, Time(at));

    public static byte[] Framed(params byte[][] messages)
    {
        var bytes = new List<byte>();
        foreach (var message in messages)
        {
            bytes.Add((byte)(message.Length >> 8));
            bytes.Add((byte)message.Length);
            bytes.AddRange(message);
        }

        return [.. bytes];
    }

    private static Timestamp Time(long milliseconds) => new(DnsHarness.Start.UnixNanoseconds + (milliseconds * 1_000_000));
}
