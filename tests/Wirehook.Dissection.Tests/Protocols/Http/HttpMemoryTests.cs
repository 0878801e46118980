using Wirehook.Dissection.Engine;
using Wirehook.Packets.Flows;
using Xunit.Abstractions;

namespace Wirehook.Dissection.Tests.Protocols.Http;

/// <summary>What all connections together keep is bounded, whatever they do, and every message that leaves early is counted.</summary>
[Collection("memory")]
public class HttpMemoryTests(ITestOutputHelper output)
{
    private const string Request = "GET /some/resource?with=query HTTP/1.1\r\nHost: www.example.org\r\nUser-Agent: test/1.0\r\nAccept: */*\r\n\r\n";
    private const int Connections = 100_000;

    [Fact]
    public void Unanswered_requests_of_many_connections_fit()
    {
        var flows = new ManyFlows(keep: false);
        var open = new IFlowHandler[Connections];
        var before = GC.GetTotalMemory(forceFullCollection: true);
        for (var i = 0; i < open.Length; i++) (open[i] = flows.Open()).Client(Request);
        var each = (GC.GetTotalMemory(forceFullCollection: true) - before) / Connections;
        output.WriteLine($"{each} bytes per connection, {flows.Engine.Memory.Bytes / Connections} of them counted");
        Assert.InRange(each, 0, 1500);
        Assert.Equal(0, flows.Loss("memory-messages"));
        GC.KeepAlive(open);
    }

    [Fact]
    public void Bodies_of_many_uploads_are_held_to_the_limit()
    {
        var flows = new ManyFlows(new DissectionOptions { MemoryLimit = 4 << 20 }, keep: false);
        var open = Enumerable.Range(0, 1000).Select(_ => flows.Open()).ToArray();
        var chunk = new string('x', 1000);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        foreach (var flow in open) flow.Client("POST / HTTP/1.1\r\nContent-Length: 100000\r\n\r\n");
        for (var i = 0; i < 50; i++)
        {
            foreach (var flow in open) flow.Client(chunk);
            Assert.InRange(flows.Engine.Memory.Bytes, 0, 4 << 20);
        }

        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - before, 0, 16 << 20);
        foreach (var flow in open) flow.OnEnd(FlowEnd.CaptureEnded, ManyFlows.At(1));
        Assert.Equal(1000, flows.ItemCount);
        Assert.InRange(flows.Loss("memory-messages"), 900, 1000);
        Assert.Equal(0, flows.Engine.Memory.Bytes);
    }

    [Fact]
    public void Heads_that_never_end_are_held_to_the_limit()
    {
        var flows = new ManyFlows(new DissectionOptions { MemoryLimit = 1 << 20 }, keep: false);
        var open = Enumerable.Range(0, 2000).Select(_ => flows.Open()).ToArray();
        foreach (var flow in open) flow.Client("GET / HTTP/1.1\r\nX: " + new string('x', 2000));
        Assert.InRange(flows.Engine.Memory.Bytes, 1, 1 << 20);
        Assert.InRange(flows.Loss("memory-streams"), 1500, 2000);
        open[^1].Client("\r\n\r\n");
        open[^1].Server("HTTP/1.1 204 No Content\r\n\r\n");
        Assert.Equal(1, flows.Engine.Statistics.Single(s => s.Protocol == "http").Responses);
        foreach (var flow in open) flow.OnEnd(FlowEnd.CaptureEnded, ManyFlows.At(1));
        Assert.Equal(0, flows.Engine.Memory.Bytes);
    }

    [Fact]
    public void A_pair_whose_request_left_early_is_two_items_and_the_next_pair_is_right()
    {
        var flows = new ManyFlows(new DissectionOptions { MemoryLimit = 2000 });
        var (first, second) = (flows.Open(), flows.Open());
        first.Client("GET /1 HTTP/1.1\r\n\r\n");
        second.Client("POST /2 HTTP/1.1\r\nContent-Length: 5000\r\n\r\n" + new string('x', 1500));
        first.Client("GET /3 HTTP/1.1\r\n\r\n");
        first.Server("HTTP/1.1 201 A\r\nContent-Length: 0\r\n\r\nHTTP/1.1 203 B\r\nContent-Length: 0\r\n\r\n");
        Assert.Equal("/1>-:pair-not-found /2>-:pair-not-found ->201:pair-not-found /3>203", flows.Summary());
    }

    [Fact]
    public void A_body_that_trickles_in_beside_other_traffic_keeps_no_chunks()
    {
        var flows = new ManyFlows(keep: false);
        var (slow, busy) = (flows.Open(), flows.Open());
        slow.Client(Request);
        slow.Server("HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n");
        var before = GC.GetTotalMemory(forceFullCollection: true);
        for (var i = 0; i < 2000; i++)
        {
            slow.Server("data: tick\n");
            busy.Client(Request);
            busy.Server("HTTP/1.1 200 OK\r\nContent-Length: 40000\r\n\r\n" + new string('x', 40_000));
        }

        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - before, 0, 4 << 20);
        GC.KeepAlive(slow);
    }

    [Fact]
    public void Connections_that_wait_beside_other_traffic_keep_no_chunks()
    {
        var flows = new ManyFlows(keep: false);
        var busy = flows.Open();
        var waiting = Enumerable.Range(0, 1000).Select(_ => flows.Open()).ToArray();
        var before = GC.GetTotalMemory(forceFullCollection: true);
        foreach (var flow in waiting)
        {
            flow.Client(Request);
            busy.Client(Request);
            busy.Server("HTTP/1.1 200 OK\r\nContent-Length: 60000\r\n\r\n" + new string('x', 60_000));
        }

        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - before, 0, 6 << 20);
        GC.KeepAlive(waiting);
    }
}
