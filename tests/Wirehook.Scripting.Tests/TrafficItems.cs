using System.Text;
using Wirehook.Dissection.Contract;
using Wirehook.Dissection.Engine;
using Wirehook.Dissection.Items;
using Wirehook.Packets;
using Wirehook.Packets.Flows;

namespace Wirehook.Scripting.Tests;

/// <summary>Items as the dissectors make them.</summary>
internal sealed class TrafficItems : IItemSink
{
    private readonly List<Item> _items = [];

    private TrafficItems()
    {
    }

    void IItemSink.OnItem(Item item) => _items.Add(item);

    /// <summary>An HTTP pair from 10.0.0.1 to 10.0.0.2:80.</summary>
    internal static Item Http(string path = "/", int status = 200, string method = "GET", string host = "shop.example", double second = 0) =>
        Http($"{method} {path} HTTP/1.1\r\nHost: {host}\r\nUser-Agent: test\r\n\r\n", $"HTTP/1.1 {status} Reason\r\nContent-Length: 2\r\n\r\nok", second);

    /// <summary>The one item of an HTTP conversation.</summary>
    internal static Item Http(string request, string response, double second = 0)
    {
        var sink = new TrafficItems();
        var (engine, flow) = Open(sink, TransportProtocol.Tcp, 80, second);
        flow.OnData(Direction.Forward, Encoding.Latin1.GetBytes(request), ScriptBench.At(second));
        flow.OnData(Direction.Reverse, Encoding.Latin1.GetBytes(response), ScriptBench.At(second + 0.023));
        flow.OnEnd(FlowEnd.Finished, ScriptBench.At(second + 1));
        Assert.NotNull(engine);
        return Assert.Single(sink._items);
    }

    /// <summary>A DNS pair that asks for the A record of <paramref name="name"/>; answered, or refused with the response code <paramref name="failure"/>.</summary>
    internal static Item Dns(string name, double second = 0, byte failure = 0)
    {
        var sink = new TrafficItems();
        var (_, flow) = Open(sink, TransportProtocol.Udp, 53, second);
        byte[] question = [.. name.Split('.').SelectMany(l => Encoding.ASCII.GetBytes(l).Prepend((byte)l.Length)), 0, 0, 1, 0, 1];
        flow.OnDatagram(Direction.Forward, (byte[])[0x12, 0x34, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, .. question], 0, ScriptBench.At(second));
        flow.OnDatagram(
            Direction.Reverse,
            failure == 0
                ? (byte[])[0x12, 0x34, 0x81, 0x80, 0, 1, 0, 1, 0, 0, 0, 0, .. question, 0xC0, 12, 0, 1, 0, 1, 0, 0, 0, 24, 0, 4, 10, 101, 46, 75]
                : [0x12, 0x34, 0x81, (byte)(0x80 | failure), 0, 1, 0, 0, 0, 0, 0, 0, .. question],
            0,
            ScriptBench.At(second + 0.001));
        flow.OnEnd(FlowEnd.Finished, ScriptBench.At(second + 1));
        return Assert.Single(sink._items);
    }

    private static (DissectionEngine Engine, IFlowHandler Flow) Open(IItemSink sink, TransportProtocol transport, ushort port, double second)
    {
        var engine = new DissectionEngine(new DissectionOptions(), new LossLedger(), sink);
        var client = new Endpoint(IpAddress.FromIPv4([10, 0, 0, 1]), 36848);
        var server = new Endpoint(IpAddress.FromIPv4([10, 0, 0, 2]), port);
        var flow = new Flow(1, transport, client, server, ScriptBench.At(second)) { HandshakeSeen = true };
        return (engine, engine.OnFlowStarted(flow)!);
    }
}
