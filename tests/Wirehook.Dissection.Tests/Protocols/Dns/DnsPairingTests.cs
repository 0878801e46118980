using Wirehook.Dissection.Items;
using Wirehook.Packets.Flows;
using static Wirehook.Dissection.Tests.Protocols.Dns.DnsMessageBuilder;

namespace Wirehook.Dissection.Tests.Protocols.Dns;

/// <summary>How queries meet their responses, and what becomes of those that do not.</summary>
public class DnsPairingTests
{
    private readonly DnsHarness _harness = new();

    [Fact]
    public void Pair_has_the_elapsed_time_and_sizes_of_the_wire()
    {
        var flow = _harness.Udp();
        flow.Ask(Query(1, "a.example"), at: 100, missing: 4);
        Assert.Empty(_harness.Items);
        flow.Answer(AddressResponse(1, "a.example", 1, 2, 3, 4), at: 123);
        var item = Assert.Single(_harness.Items);
        Assert.Equal((23, 31, 43), (item.ElapsedMilliseconds, item.RequestSize, item.ResponseSize));
        Assert.Equal(DnsHarness.Start.UnixMilliseconds + 100, item.Timestamp.UnixMilliseconds);
        Assert.Null(item.Error);
        flow.End();
        Assert.Single(_harness.Items);
    }

    [Fact]
    public void Responses_out_of_order_find_their_own_query()
    {
        var flow = _harness.Udp();
        for (ushort id = 1; id <= 500; id++) flow.Ask(Query(id, $"host{id}.example"), at: id);
        for (ushort id = 500; id >= 1; id--) flow.Answer(AddressResponse(id, $"host{id}.example", 10, 0, (byte)(id >> 8), (byte)id), at: 1000);
        Assert.Equal(500, _harness.Items.Count);
        for (var i = 0; i < 500; i++)
        {
            var (id, item) = (500 - i, _harness.Json(i));
            Assert.Equal($"host{id}.example", item.GetProperty("request").GetProperty("questions")[0].GetProperty("name").GetString());
            Assert.Equal($"10.0.{id >> 8}.{id & 255}", item.GetProperty("response").GetProperty("answers")[0].GetProperty("ip").GetString());
            Assert.Equal(1000 - id, item.GetProperty("elapsedTime").GetInt32());
        }
    }

    [Fact]
    public void Id_alone_does_not_pair()
    {
        var flow = _harness.Udp();
        flow.Ask(Query(1, "a.example"));
        flow.Answer(AddressResponse(1, "b.example", 1, 2, 3, 4));
        Assert.Equal("pair-not-found", Assert.Single(_harness.Items).Error?.ErrorType);
        Assert.False(_harness.Items[0].HasRequest);
        flow.Answer(AddressResponse(1, "A.Example", 1, 2, 3, 4));
        Assert.True(_harness.Items[1] is { HasRequest: true, HasResponse: true, Error: null });
        Assert.Equal("a.example", _harness.Json(1).GetProperty("request").GetProperty("questions")[0].GetProperty("name").GetString());
    }

    [Fact]
    public void Response_without_questions_pairs_by_id()
    {
        var flow = _harness.Udp();
        flow.Ask(Query(9, "a.example"));
        flow.Answer(new DnsMessageBuilder(9, 0x8181, questions: 0).ToArray());
        var item = Assert.Single(_harness.Items);
        Assert.True(item is { HasRequest: true, HasResponse: true });
        Assert.Equal("Format Error", _harness.Json(0).GetProperty("response").GetProperty("code").GetString());
        Assert.Equal("a.example", _harness.Json(0).GetProperty("request").GetProperty("questions")[0].GetProperty("name").GetString());
    }

    [Fact]
    public void Other_flows_do_not_answer()
    {
        _harness.Udp(server: "10.0.0.1").Ask(Query(1, "a.example"));
        _harness.Udp(server: "10.0.0.2").Answer(AddressResponse(1, "a.example", 6, 6, 6, 6));
        Assert.Equal("pair-not-found", Assert.Single(_harness.Items).Error?.ErrorType);
    }

    [Fact]
    public void Retransmitted_query_pairs_its_first_copy_first()
    {
        var flow = _harness.Udp();
        flow.Ask(Query(1, "a.example"), at: 0);
        flow.Ask(Query(1, "a.example"), at: 5000);
        flow.Answer(AddressResponse(1, "a.example", 1, 2, 3, 4), at: 5010);
        flow.Answer(AddressResponse(1, "a.example", 1, 2, 3, 4), at: 5020);
        Assert.Equal([5010, 20], _harness.Items.Select(i => i.ElapsedMilliseconds));
    }

    [Fact]
    public void Query_times_out_by_the_packet_time_of_any_flow()
    {
        _harness.Udp().Ask(Query(1, "a.example"), at: 0);
        var other = _harness.Udp(clientPort: 5);
        other.Ask(Query(2, "b.example"), at: 9_999);
        Assert.Empty(_harness.Items);
        other.Answer(AddressResponse(2, "b.example", 1, 1, 1, 1), at: 10_000);
        Assert.Equal(2, _harness.Items.Count);
        Assert.Equal("timeout", _harness.Items[0].Error?.ErrorType);
        Assert.Equal("000000000001_udp.pcap", _harness.Json(0).GetProperty("stream").GetString());
        Assert.Equal("{}", _harness.Json(0).GetProperty("response").GetRawText());
    }

    [Theory]
    [InlineData(FlowEnd.CaptureEnded, "pair-not-found")]
    [InlineData(FlowEnd.Expired, "timeout")]
    [InlineData(FlowEnd.Reset, "connection")]
    public void Unanswered_queries_leave_with_their_flow(FlowEnd end, string error)
    {
        var (one, other) = (_harness.Udp(clientPort: 1), _harness.Udp(clientPort: 2));
        for (ushort id = 0; id < 3; id++)
        {
            one.Ask(Query(id, "a.example"));
            other.Ask(Query(id, "b.example"));
        }

        one.End(end);
        Assert.Equal([0L, 1, 2], _harness.Items.Select(i => i.Index));
        Assert.All(_harness.Items, i => Assert.Equal(error, i.Error?.ErrorType));
        other.Answer(AddressResponse(1, "b.example", 1, 1, 1, 1));
        Assert.Null(_harness.Items[3].Error);
    }

    [Fact]
    public void Waiting_queries_are_bounded_and_the_oldest_leaves_counted()
    {
        var flow = _harness.Udp();
        for (var i = 0; i < 65_536 + 10; i++) flow.Ask(Query((ushort)i, "a.example"));
        Assert.Equal(10, _harness.Items.Count);
        Assert.Equal(10, _harness.Lost("pending-limit"));
        Assert.All(_harness.Items, i => Assert.Equal("pair-not-found", i.Error?.ErrorType));
        flow.Answer(AddressResponse(65_535, "a.example", 1, 1, 1, 1));
        Assert.Null(_harness.Items[10].Error);
        flow.End();
        Assert.Equal(65_536 + 10, _harness.Items.Count(i => i.HasRequest));
    }

    [Fact]
    public void Long_queries_are_bounded_by_their_bytes()
    {
        var flow = _harness.Udp();
        var query = new DnsMessageBuilder(1, additionals: 1).Question("a.example").Record([0], 41, new byte[60_000], @class: 1232).ToArray();
        for (var i = 0; i < 200; i++) flow.Ask(query);
        Assert.Equal(_harness.Lost("pending-limit"), _harness.Items.Count);
        Assert.InRange(_harness.Items.Count, 200 - 140, 200 - 138);
        flow.End();
        Assert.Equal(200, _harness.Items.Count);
        Assert.All(_harness.Items, i => Assert.Equal(query.Length, i.RequestSize));
    }

    [Fact]
    public void Multicast_query_is_answered_from_another_flow()
    {
        _harness.Udp(serverPort: 5355, clientPort: 50_000, client: "10.0.0.5", server: "224.0.0.252").Ask(Query(3, "printer"), at: 0);
        _harness.Udp(serverPort: 50_000, clientPort: 5355, client: "10.0.0.9", server: "10.0.0.5").Ask(AddressResponse(3, "printer", 10, 0, 0, 9), at: 7);
        var item = Assert.Single(_harness.Items);
        Assert.Equal(("llmnr", 7L, true, true), (item.Protocol.Name, item.ElapsedMilliseconds, item.HasRequest, item.HasResponse));
        Assert.Equal(("10.0.0.5", "224.0.0.252"), (item.Source.Ip, item.Destination.Ip));
    }

    [Fact]
    public void Mdns_messages_stand_alone_without_error()
    {
        var flow = _harness.Udp(serverPort: 5353, clientPort: 5353, client: "10.0.0.5", server: "224.0.0.251");
        flow.Ask(new DnsMessageBuilder(0, 0).Question("_ipp._tcp.local", 12, 0x8001).ToArray());
        flow.Ask(new DnsMessageBuilder(0, 0x8400, questions: 0, answers: 1).Record(NameBytes("_ipp._tcp.local"), 12, NameBytes("p._ipp._tcp.local"), @class: 0x8001).ToArray());
        Assert.Equal([(true, false), (false, true)], _harness.Items.Select(i => (i.HasRequest, i.HasResponse)));
        Assert.All(_harness.Items, i => Assert.True(i is { Error: null, Protocol.Name: "mdns" } && i.Source.Ip == "10.0.0.5"));
        Assert.Equal("IN", _harness.Json(0).GetProperty("request").GetProperty("questions")[0].GetProperty("class").GetString());
        Assert.Equal("p._ipp._tcp.local", _harness.Json(1).GetProperty("response").GetProperty("answers")[0].GetProperty("ptr").GetString());
    }

    [Fact]
    public void Statistics_count_pairs_once_per_side()
    {
        var flow = _harness.Udp();
        flow.Ask(Query(1, "a.example"));
        flow.Answer(AddressResponse(1, "a.example", 1, 1, 1, 1));
        flow.Answer(AddressResponse(1, "a.example", 1, 1, 1, 1));
        flow.Ask(Query(2, "a.example"));
        flow.End();
        var counts = _harness.Engine.Statistics.Single(s => s.Protocol == "dns");
        Assert.Equal((3L, 2L, 2L), (counts.Items, counts.Requests, counts.Responses));
    }
}
