using Wirehook.Dissection.Contract;
using Wirehook.Dissection.Engine;
using Wirehook.Dissection.Items;
using Wirehook.Packets;
using Wirehook.Packets.Flows;
using static Wirehook.Dissection.Tests.Protocols.Dns.DnsMessageBuilder;

namespace Wirehook.Dissection.Tests.Protocols.Dns;

/// <summary>What a pair costs in memory when nobody reads its fields: one object, and the response's bytes.</summary>
public class DnsAllocationTests
{
    private const int Pairs = 20_000;

    [Fact]
    public void Pair_allocates_one_item_and_its_share_of_a_chunk()
    {
        var sink = new Counter();
        var engine = new DissectionEngine(new DissectionOptions(), new LossLedger(), sink);
        var flow = new Flow(1, TransportProtocol.Udp, DnsHarness.At("10.0.0.1", 4000), DnsHarness.At("10.0.0.2", 53), DnsHarness.Start);
        var handler = engine.OnFlowStarted(flow)!;
        var (query, response) = (Query(7, "www.example.com"), AddressResponse(7, "www.example.com", 1, 2, 3, 4));
        Exchange(handler, query, response, 100);

        var before = GC.GetAllocatedBytesForCurrentThread();
        Exchange(handler, query, response, Pairs);
        var each = (GC.GetAllocatedBytesForCurrentThread() - before) / (double)Pairs;

        Assert.Equal(Pairs + 100, sink.Items);
        Assert.InRange(each, 0, 200 + response.Length);
    }

    [Fact]
    public void Unanswered_queries_of_a_flood_hold_bounded_memory()
    {
        var engine = new DissectionEngine(new DissectionOptions(), new LossLedger(), new Counter());
        var handler = engine.OnFlowStarted(new Flow(1, TransportProtocol.Udp, DnsHarness.At("10.0.0.1", 4000), DnsHarness.At("10.0.0.2", 53), DnsHarness.Start))!;
        var query = Query(7, "flood.example");
        for (var i = 0; i < 300_000; i++) handler.OnDatagram(Direction.Forward, query, 0, DnsHarness.Start);
        Assert.Equal(1 << 16, engine.Shared<Dissection.Protocols.Dns.DnsPendingTable>().Count);
    }

    private static void Exchange(IFlowHandler handler, byte[] query, byte[] response, int times)
    {
        for (var i = 0; i < times; i++)
        {
            handler.OnDatagram(Direction.Forward, query, 0, DnsHarness.Start);
            handler.OnDatagram(Direction.Reverse, response, 0, DnsHarness.Start);
        }
    }

    private sealed class Counter : IItemSink
    {
        public int Items { get; private set; }

        public void OnItem(Item item) => Items++;
    }
}
