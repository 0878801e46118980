using System.Diagnostics;
using Wirehook.Packets.Flows;
using Wirehook.Packets.Tests.Reassembly;
using Xunit.Abstractions;

namespace Wirehook.Packets.Tests.Flows;

/// <summary>Prints what one in-order segment costs, and holds what must not depend on the machine: it allocates nothing.</summary>
public class HotPathMeasurement(ITestOutputHelper output)
{
    private const int Packets = 1_000_000;
    private const int Rounds = 10;
    private static readonly byte[] Payload = new byte[1448];
    private static readonly Endpoint[] Clients = [.. Enumerable.Range(0, 5000).Select(Recorder.ClientOf)];

    [Theory]
    [InlineData(1)]
    [InlineData(40)]
    [InlineData(5000)]
    public void In_order_segments_allocate_nothing(int flows)
    {
        var table = new FlowTable(new FlowOptions(), new Everyone(), new LossLedger());
        var sequences = new uint[flows * 2];
        var now = Play(table, sequences, flows * 4, 0);
        now = Play(table, sequences, 100_000, now);
        var (best, before) = (TimeSpan.MaxValue, GC.GetAllocatedBytesForCurrentThread());
        for (var round = 0; round < Rounds; round++)
        {
            var start = Stopwatch.GetTimestamp();
            now = Play(table, sequences, Packets / Rounds, now);
            best = TimeSpan.FromTicks(Math.Min(best.Ticks, Stopwatch.GetElapsedTime(start).Ticks));
        }

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1000);
        output.WriteLine($"{flows} flows: {best.TotalNanoseconds * Rounds / Packets:F1} ns per packet");
        Assert.Equal(flows, table.Statistics.LiveFlows);
    }

    /// <summary>Plays rounds of SYN, SYN-ACK and then data both ways over the flows in turn.</summary>
    private static long Play(FlowTable table, uint[] sequences, int packets, long now)
    {
        var flows = sequences.Length / 2;
        for (var i = 0; i < packets; i++)
        {
            var flow = i / 2 % flows;
            var (mine, other) = (flow * 2 + i % 2, flow * 2 + 1 - i % 2);
            var (from, to) = (Clients[flow], Recorder.Server);
            if (i % 2 == 1) (from, to) = (to, from);
            var opening = sequences[mine] == 0;
            var packet = new DecodedPacket
            {
                Transport = TransportProtocol.Tcp,
                Source = from.Address,
                SourcePort = from.Port,
                Destination = to.Address,
                DestinationPort = to.Port,
                Sequence = sequences[mine],
                Acknowledgment = sequences[other],
                Flags = opening ? i % 2 == 0 ? TcpFlags.Syn : TcpFlags.Syn | TcpFlags.Ack : TcpFlags.Ack,
                Payload = opening ? [] : Payload,
            };
            table.OnPacket(packet, new Timestamp(now += 1000));
            sequences[mine] += opening ? 1u : (uint)Payload.Length;
        }

        return now;
    }

    private sealed class Everyone : IFlowObserver, IFlowHandler
    {
        public IFlowHandler OnFlowStarted(Flow flow) => this;

        public void OnData(Direction direction, ReadOnlySpan<byte> data, Timestamp timestamp)
        {
        }

        public void OnGap(Direction direction, long length, GapReason reason, Timestamp timestamp) => Assert.Fail("Nothing is missing.");

        public void OnDatagram(Direction direction, ReadOnlySpan<byte> data, int missing, Timestamp timestamp)
        {
        }

        public void OnDirectionEnd(Direction direction, Timestamp timestamp)
        {
        }

        public void OnEnd(FlowEnd end, Timestamp timestamp)
        {
        }
    }
}
