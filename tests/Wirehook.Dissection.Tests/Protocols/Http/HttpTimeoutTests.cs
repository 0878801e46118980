using Wirehook.Dissection.Engine;
using Wirehook.Dissection.Tests.Protocols.Dns;
using Wirehook.Packets;
using Wirehook.Packets.Flows;

namespace Wirehook.Dissection.Tests.Protocols.Http;

/// <summary>Requests do not wait for ever: time gives them up, with or without packets, and nobody gets another's response for it.</summary>
public class HttpTimeoutTests
{
    private const string Ok = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
    private const string NotFound = "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n";

    [Fact]
    public void A_request_leaves_after_the_limit_without_any_packet()
    {
        var flows = new ManyFlows();
        flows.Open().Client(Get("/slow"));
        flows.Engine.AdvanceTo(ManyFlows.At(58));
        Assert.Empty(flows.Items);
        flows.Engine.AdvanceTo(ManyFlows.At(61));
        Assert.Equal("/slow>-:timeout", flows.Summary());
    }

    [Fact]
    public void Packets_of_other_connections_tell_the_time()
    {
        var flows = new ManyFlows();
        flows.Open().Client(Get("/slow"));
        var other = flows.Open();
        for (var second = 1; second <= 62; second++) other.Server("not http", second);
        Assert.Equal("/slow>-:timeout", flows.Summary());
    }

    [Fact]
    public void One_packet_with_a_wild_time_gives_nothing_up()
    {
        var flows = new ManyFlows();
        var flow = flows.Open();
        flow.Client(Get("/a"));
        flows.Open().Server("not http", 1e9);
        flow.Server(Ok, 1);
        Assert.Equal("/a>200", flows.Summary());
    }

    [Fact]
    public void A_late_response_leaves_alone_and_the_next_ones_find_their_requests()
    {
        var flows = new ManyFlows();
        var flow = flows.Open();
        flow.Client(Get("/1"));
        flows.Engine.AdvanceTo(ManyFlows.At(61));
        flow.Client(Get("/2"), 62);
        flow.Server(Ok, 63);
        flow.Server(NotFound, 64);
        flow.Client(Get("/3"), 65);
        flow.Server(Ok, 66);
        flow.OnEnd(FlowEnd.Finished, ManyFlows.At(67));
        Assert.Equal("/1>-:timeout ->200:timeout /2>404 /3>200", flows.Summary());
        Assert.Equal(0, flows.Engine.Memory.Bytes);
    }

    [Fact]
    public void The_late_response_to_HEAD_is_still_without_body()
    {
        var flows = new ManyFlows();
        var flow = flows.Open();
        flow.Client("HEAD /1 HTTP/1.1\r\n\r\n");
        flows.Engine.AdvanceTo(ManyFlows.At(61));
        flow.Server("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n", 62);
        flow.Client(Get("/2"), 63);
        flow.Server(NotFound, 64);
        Assert.Equal("/1>-:timeout ->200:timeout /2>404", flows.Summary());
    }

    [Fact]
    public void A_response_that_takes_long_is_not_given_up()
    {
        var flows = new ManyFlows();
        var flow = flows.Open();
        flow.Client(Get("/events"));
        flow.Server("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nok", 1);
        flows.Engine.AdvanceTo(ManyFlows.At(200));
        flow.Server("ok", 201);
        Assert.Equal("/events>200", flows.Summary());
    }

    [Fact]
    public void An_upload_that_takes_long_is_not_given_up()
    {
        var flows = new ManyFlows();
        var flow = flows.Open();
        flow.Client("PUT /file HTTP/1.1\r\nContent-Length: 4\r\n\r\nab");
        flows.Engine.AdvanceTo(ManyFlows.At(61));
        flow.Client("cd", 62);
        flow.Server(Ok, 63);
        Assert.Equal("/file>200", flows.Summary());
    }

    [Fact]
    public void The_limit_is_an_option()
    {
        var flows = new ManyFlows(new DissectionOptions { RequestTimeout = 5_000_000_000 });
        flows.Open().Client(Get("/slow"));
        flows.Engine.AdvanceTo(ManyFlows.At(6));
        Assert.Equal("/slow>-:timeout", flows.Summary());
    }

    [Fact]
    public void DNS_queries_leave_as_time_passes_too()
    {
        var flows = new ManyFlows();
        flows.Open(TransportProtocol.Udp, 53).OnDatagram(Direction.Forward, DnsMessageBuilder.Query(7, "slow.example"), 0, ManyFlows.At(0));
        flows.Engine.AdvanceTo(ManyFlows.At(9));
        Assert.Empty(flows.Items);
        flows.Engine.AdvanceTo(ManyFlows.At(11));
        Assert.Equal("timeout", Assert.Single(flows.Items).Error!.ErrorType);
    }

    private static string Get(string target) => $"GET {target} HTTP/1.1\r\nHost: example.org\r\n\r\n";
}
