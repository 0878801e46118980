using Wirehook.Packets.Flows;

namespace Wirehook.Packets.Tests.Reassembly;

/// <summary>Whatever peers send, memory stays within its limits and every follower is told a consistent story.</summary>
public class HostileTests
{
    private const int Peers = 50;

    [Theory]
    [InlineData(31, 4)]
    [InlineData(32, 20)]
    [InlineData(33, 32)]
    public void Random_flags_and_numbers_stay_within_the_limits(int seed, int bits)
    {
        var options = new FlowOptions { MaximumFlows = 40, BufferPerDirection = 64 << 10, BufferTotal = 512 << 10 };
        var (random, story, losses) = (new Random(seed), new ConsistentStories(), new LossLedger());
        var table = new FlowTable(options, story, losses);
        var payload = new byte[1500];
        var now = 0L;
        for (var i = 0; i < 100_000; i++)
        {
            var (a, b) = (Recorder.ClientOf(random.Next(Peers)), Recorder.Server);
            if (random.Next(2) == 0) (a, b) = (b, a);
            var packet = new DecodedPacket
            {
                Transport = TransportProtocol.Tcp,
                Source = a.Address,
                SourcePort = a.Port,
                Destination = b.Address,
                DestinationPort = b.Port,
                Sequence = (uint)random.NextInt64(1L << bits) - 8,
                Acknowledgment = (uint)random.NextInt64(1L << bits) - 8,
                Flags = random.Next(12) == 0 ? (TcpFlags)random.Next(32) : TcpFlags.Ack,
                Payload = payload.AsSpan(0, random.Next(3) == 0 ? random.Next(1500) : random.Next(3)),
                MissingPayload = random.Next(20) == 0 ? random.Next(100_000) : 0,
            };
            now += random.Next(1000) == 0 ? random.NextInt64(-20_000_000_000, 50_000_000_000) : random.Next(200_000);
            table.OnPacket(packet, new Timestamp(now));
            Assert.InRange(table.Statistics.BufferedBytes, 0, options.BufferTotal);
            Assert.InRange(table.Statistics.LiveFlows, 0, options.MaximumFlows);
        }

        table.Finish();
        Assert.Equal(0, table.Statistics.BufferedBytes);
        Assert.Equal(story.Started, story.Ended);
        Assert.Equal(table.Statistics.StreamBytes, story.Bytes);
    }

    [Theory]
    [InlineData(41)]
    [InlineData(42)]
    public void Numbers_half_the_space_apart_are_neither_before_nor_after_and_harm_nothing(int seed)
    {
        uint[] corners = [0, 1, 292, int.MaxValue, 0x8000_0000, 0x8000_0001, 0x8000_0124, 0xC000_0000, uint.MaxValue];
        var (random, story) = (new Random(seed), new ConsistentStories());
        var table = new FlowTable(new FlowOptions(), story, new LossLedger());
        for (var i = 0; i < 100_000; i++)
        {
            var (a, b) = (Recorder.ClientOf(random.Next(Peers)), Recorder.Server);
            if (random.Next(2) == 0) (a, b) = (b, a);
            var packet = new DecodedPacket
            {
                Transport = TransportProtocol.Tcp,
                Source = a.Address,
                SourcePort = a.Port,
                Destination = b.Address,
                DestinationPort = b.Port,
                Sequence = corners[random.Next(corners.Length)],
                Acknowledgment = corners[random.Next(corners.Length)],
                Flags = random.Next(6) == 0 ? TcpFlags.Syn | TcpFlags.Ack : random.Next(20) == 0 ? (TcpFlags)random.Next(32) : TcpFlags.Ack,
                Payload = new byte[random.Next(3) == 0 ? 0 : 292],
            };
            table.OnPacket(packet, new Timestamp(i * 100_000L));
        }

        table.Finish();
        Assert.Equal(0, table.Statistics.BufferedBytes);
        Assert.Equal(story.Started, story.Ended);
        Assert.Equal(table.Statistics.StreamBytes, story.Bytes);
    }

    [Fact]
    public void Extreme_timestamps_are_only_numbers()
    {
        var table = new FlowTable(new FlowOptions(), new ConsistentStories(), new LossLedger());
        long[] times = [0, long.MaxValue, long.MinValue, -1, 1, long.MaxValue, 0];
        foreach (var time in times)
        {
            var packet = new DecodedPacket { Transport = TransportProtocol.Udp, SourcePort = 1, DestinationPort = 2 };
            table.OnPacket(packet, new Timestamp(time));
        }

        table.Finish();
        Assert.Equal(0, table.Statistics.LiveFlows);
    }

    [Fact]
    public void Countless_unanswered_syns_keep_established_flows_alive()
    {
        var story = new ConsistentStories();
        var table = new FlowTable(new FlowOptions { MaximumFlows = 5000 }, story, new LossLedger());
        var established = new DecodedPacket { Transport = TransportProtocol.Tcp, Source = new(1, 1), SourcePort = 40000, DestinationPort = 80, Flags = TcpFlags.Ack };
        table.OnPacket(established, new Timestamp(1));
        for (var i = 0; i < 200_000; i++)
        {
            var syn = new DecodedPacket { Transport = TransportProtocol.Tcp, Source = new(2, (ulong)i), SourcePort = (ushort)i, DestinationPort = 80, Flags = TcpFlags.Syn };
            table.OnPacket(syn, new Timestamp(i));
        }

        Assert.Equal(5000, table.Statistics.LiveFlows);
        Assert.Equal(200_001, table.Statistics.TcpFlows);
        table.OnPacket(established, new Timestamp(200_000));
        Assert.Equal(200_001, table.Statistics.TcpFlows);
    }

    [Fact]
    public void The_overall_limit_holds_over_many_flows()
    {
        var options = new FlowOptions { BufferTotal = 1 << 20 };
        var table = new FlowTable(options, new ConsistentStories(), new LossLedger());
        var payload = new byte[1448];
        for (var i = 0; i < 200_000; i++)
        {
            var client = Recorder.ClientOf(i % 1000);
            var packet = new DecodedPacket
            {
                Transport = TransportProtocol.Tcp,
                Source = client.Address,
                SourcePort = client.Port,
                DestinationPort = 80,
                Flags = i < 1000 ? TcpFlags.Syn : TcpFlags.Ack,
                Sequence = (uint)(i / 1000 * 2000),
                Payload = i < 1000 ? [] : payload,
            };
            table.OnPacket(packet, new Timestamp(i));
        }

        Assert.InRange(table.Statistics.BufferedBytesPeak, (1 << 20) - 5000, options.BufferTotal + 4096);
    }

    /// <summary>Checks that nothing follows an end, and that every flow ends.</summary>
    private sealed class ConsistentStories : IFlowObserver
    {
        public long Started { get; private set; }

        public long Ended { get; private set; }

        public long Bytes { get; private set; }

        public IFlowHandler OnFlowStarted(Flow flow)
        {
            Started++;
            return new Story(this);
        }

        private sealed class Story(ConsistentStories all) : IFlowHandler
        {
            private readonly bool[] _ended = [false, false];
            private bool _over;

            public void OnData(Direction direction, ReadOnlySpan<byte> data, Timestamp timestamp)
            {
                Check(direction, !data.IsEmpty);
                all.Bytes += data.Length;
            }

            public void OnGap(Direction direction, long length, GapReason reason, Timestamp timestamp) => Check(direction, length > 0);

            public void OnDatagram(Direction direction, ReadOnlySpan<byte> data, int missing, Timestamp timestamp) => Check(direction, true);

            public void OnDirectionEnd(Direction direction, Timestamp timestamp)
            {
                Check(direction, true);
                _ended[(int)direction] = true;
            }

            public void OnEnd(FlowEnd end, Timestamp timestamp)
            {
                Check(Direction.Forward, !_over, ended: true);
                _over = true;
                all.Ended++;
            }

            private void Check(Direction direction, bool right, bool ended = false) => Assert.True(right && !_over && (ended || !_ended[(int)direction]));
        }
    }
}
