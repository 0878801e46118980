using Wirehook.Packets.Flows;

namespace Wirehook.Packets.Tests.Flows;

/// <summary>Conversations of ICMP and SCTP, and the counters of flows that somebody watches.</summary>
public sealed class MessageFlowTests : IFlowObserver, IFlowHandler
{
    private static readonly IpAddress Here = IpAddress.FromIPv4([10, 0, 0, 1]);
    private static readonly IpAddress There = IpAddress.FromIPv4([10, 0, 0, 2]);
    private readonly List<Flow> _flows = [];
    private readonly List<string> _heard = [];
    private readonly FlowTable _table;
    private bool _count;

    public MessageFlowTests() => _table = new FlowTable(new FlowOptions(), this, new LossLedger());

    [Fact]
    public void Both_directions_of_icmp_are_one_flow_and_each_transport_has_its_own()
    {
        Play(TransportProtocol.Icmp, Here, There, 0, 0, "a");
        Play(TransportProtocol.Icmp, There, Here, 0, 0, "b");
        Play(TransportProtocol.Icmpv6, Here, There, 0, 0, "c");
        Play(TransportProtocol.Sctp, There, Here, 2905, 40000, "d");
        Play(TransportProtocol.Sctp, Here, There, 40000, 2905, "e");
        Assert.Equal("Forward a|Reverse b|Forward c|Reverse d|Forward e", string.Join('|', _heard));
        Assert.Equal([TransportProtocol.Icmp, TransportProtocol.Icmpv6, TransportProtocol.Sctp], _flows.Select(f => f.Transport));
        Assert.Equal((3L, 0L, 0L, 0L), (_table.Statistics.OtherFlows, _table.Statistics.UdpFlows, _table.Statistics.TcpFlows, _table.Statistics.OtherPackets));
        _table.Finish();
        Assert.Equal(3, _heard.Count(h => h == "end"));
    }

    [Fact]
    public void Packets_without_a_transport_make_no_flow()
    {
        Play(TransportProtocol.None, Here, There, 0, 0, "a");
        Assert.Equal((0L, 1L), (_table.Statistics.LiveFlows, _table.Statistics.OtherPackets));
    }

    [Fact]
    public void Traffic_is_counted_by_direction_where_it_was_asked_for()
    {
        _count = true;
        Play(TransportProtocol.Udp, Here, There, 40000, 53, "abc");
        Play(TransportProtocol.Udp, There, Here, 53, 40000, "abcdef");
        Play(TransportProtocol.Udp, There, Here, 53, 40000, "");
        var traffic = Assert.Single(_flows).Traffic!;
        Assert.Equal((1L, 45L, 2L, 90L), (traffic.ForwardPackets, traffic.ForwardBytes, traffic.ReversePackets, traffic.ReverseBytes));
        Assert.Equal(3, traffic.Latest.UnixNanoseconds);
    }

    [Fact]
    public void Segments_without_payload_and_retransmissions_count_too()
    {
        _count = true;
        for (var i = 0; i < 3; i++) PlayTcp(TcpFlags.Ack, 100, i == 0 ? "" : "abc");
        var traffic = Assert.Single(_flows).Traffic!;
        Assert.Equal(3, traffic.ForwardPackets + traffic.ReversePackets);
    }

    IFlowHandler IFlowObserver.OnFlowStarted(Flow flow)
    {
        _flows.Add(flow);
        if (_count) flow.Traffic = new FlowTraffic();
        return this;
    }

    void IFlowHandler.OnDatagram(Direction direction, ReadOnlySpan<byte> data, int missing, Timestamp timestamp) =>
        _heard.Add($"{direction} {System.Text.Encoding.ASCII.GetString(data)}");

    void IFlowHandler.OnEnd(FlowEnd end, Timestamp timestamp) => _heard.Add("end");

    void IFlowHandler.OnData(Direction direction, ReadOnlySpan<byte> data, Timestamp timestamp)
    {
    }

    void IFlowHandler.OnGap(Direction direction, long length, GapReason reason, Timestamp timestamp)
    {
    }

    void IFlowHandler.OnDirectionEnd(Direction direction, Timestamp timestamp)
    {
    }

    private void PlayTcp(TcpFlags flags, uint sequence, string data)
    {
        var packet = new DecodedPacket
        {
            Transport = TransportProtocol.Tcp,
            Source = Here,
            Destination = There,
            SourcePort = 40000,
            DestinationPort = 80,
            Flags = flags,
            Sequence = sequence,
            Payload = System.Text.Encoding.ASCII.GetBytes(data),
            FrameLength = 60,
        };
        _table.OnPacket(packet, new Timestamp(1));
    }

    private void Play(TransportProtocol transport, IpAddress from, IpAddress to, ushort fromPort, ushort toPort, string data)
    {
        var payload = System.Text.Encoding.ASCII.GetBytes(data);
        var packet = new DecodedPacket
        {
            Transport = transport,
            Source = from,
            Destination = to,
            SourcePort = fromPort,
            DestinationPort = toPort,
            Payload = payload,
            FrameLength = payload.Length == 0 ? 39 : 45 + (payload.Length == 3 ? 0 : 6),
        };
        _table.OnPacket(packet, new Timestamp(_heard.Count + 1));
    }
}
