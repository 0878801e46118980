using Wirehook.Packets.Flows;

namespace Wirehook.Packets.Tests.Reassembly;

/// <summary>Follows every flow and keeps what it was told, checking the rules that hold for every follower.</summary>
internal sealed class Recorder : IFlowObserver
{
    public Dictionary<int, Recording> ByConnection { get; } = [];

    public int Flows { get; private set; }

    public static Endpoint ClientOf(int connection) => new(IpAddress.FromIPv4([10, 1, (byte)(connection >> 8), (byte)connection]), (ushort)(33000 + connection));

    public static Endpoint Server { get; } = new(IpAddress.FromIPv4([10, 0, 0, 1]), 80);

    public IFlowHandler OnFlowStarted(Flow flow)
    {
        Flows++;
        Assert.Equal(Server, flow.Responder);
        return ByConnection[flow.Initiator.Port - 33000] = new Recording(flow);
    }

    /// <summary>Plays a capture of ten microseconds per packet.</summary>
    public static (Recorder Recorder, FlowTable Table, LossLedger Losses) Play(IEnumerable<Segment> capture, FlowOptions? options = null)
    {
        var (recorder, losses) = (new Recorder(), new LossLedger());
        var table = new FlowTable(options ?? new FlowOptions(), recorder, losses);
        var now = 1_700_000_000_000_000_000;
        foreach (var segment in capture)
        {
            var client = ClientOf(segment.Connection);
            var (from, to) = segment.Direction == Direction.Forward ? (client, Server) : (Server, client);
            var packet = new DecodedPacket
            {
                Transport = TransportProtocol.Tcp,
                Source = from.Address,
                SourcePort = from.Port,
                Destination = to.Address,
                DestinationPort = to.Port,
                Sequence = segment.Sequence,
                Acknowledgment = segment.Acknowledgment,
                Flags = segment.Flags,
                Payload = segment.Payload,
            };
            table.OnPacket(packet, new Timestamp(now += 10_000));
        }

        table.Finish();
        Assert.Equal(0, table.Statistics.BufferedBytes);
        Assert.Equal(0, table.Statistics.LiveFlows);
        return (recorder, table, losses);
    }
}

/// <summary>One flow as its follower saw it.</summary>
internal sealed class Recording(Flow flow) : IFlowHandler
{
    private readonly List<(long Position, byte[] Data)>[] _data = [[], []];
    private readonly long[] _position = [0, 0];

    public Flow Flow { get; } = flow;

    public List<(Direction Direction, long Position, long Length)> Gaps { get; } = [];

    public List<Direction> Ends { get; } = [];

    public FlowEnd? End { get; private set; }

    /// <summary>Positions of the other direction at which each position was first reached, to check the order across directions.</summary>
    public List<(Direction Direction, long From, long To, long OtherAt)> Steps { get; } = [];

    public long Length(Direction direction) => _position[(int)direction];

    public byte[] Bytes(Direction direction) => [.. _data[(int)direction].SelectMany(d => d.Data)];

    public IEnumerable<(long Position, byte[] Data)> Pieces(Direction direction) => _data[(int)direction];

    public void OnData(Direction direction, ReadOnlySpan<byte> data, Timestamp timestamp)
    {
        Assert.Null(End);
        Assert.DoesNotContain(direction, Ends);
        Assert.False(data.IsEmpty);
        _data[(int)direction].Add((_position[(int)direction], data.ToArray()));
        Step(direction, data.Length);
    }

    public void OnGap(Direction direction, long length, GapReason reason, Timestamp timestamp)
    {
        Assert.Null(End);
        Assert.True(length > 0);
        Gaps.Add((direction, _position[(int)direction], length));
        Step(direction, length);
    }

    public void OnDatagram(Direction direction, ReadOnlySpan<byte> data, int missing, Timestamp timestamp) => Assert.Fail("A TCP flow has no datagrams.");

    public void OnDirectionEnd(Direction direction, Timestamp timestamp)
    {
        Assert.Null(End);
        Ends.Add(direction);
    }

    public void OnEnd(FlowEnd end, Timestamp timestamp)
    {
        Assert.Null(End);
        End = end;
    }

    private void Step(Direction direction, long length)
    {
        var from = _position[(int)direction];
        _position[(int)direction] += length;
        Steps.Add((direction, from, from + length, _position[1 - (int)direction]));
    }
}
