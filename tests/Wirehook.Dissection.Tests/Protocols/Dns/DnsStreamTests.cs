using Wirehook.Packets.Flows;
using static Wirehook.Dissection.Tests.Protocols.Dns.DnsMessageBuilder;

namespace Wirehook.Dissection.Tests.Protocols.Dns;

/// <summary>DNS over TCP: framing, splits, gaps.</summary>
public class DnsStreamTests
{
    private readonly DnsHarness _harness = new();

    [Theory]
    [InlineData(53)]
    [InlineData(8053)]
    public void Pipelined_messages_pair_however_segments_split_them(int port)
    {
        var queries = DnsFlow.Framed([.. Enumerable.Range(0, 20).Select(i => Query((ushort)i, $"h{i}.example"))]);
        var responses = DnsFlow.Framed([.. Enumerable.Range(0, 20).Reverse().Select(i => AddressResponse((ushort)i, $"h{i}.example", 1, 1, 1, (byte)i))]);
        var random = new Random(5);
        for (var round = 0; round < 200; round++)
        {
            var harness = new DnsHarness();
            var flow = harness.Tcp((ushort)port);
            SendSplit(flow, Direction.Forward, queries, random);
            SendSplit(flow, Direction.Reverse, responses, random);
            flow.End(FlowEnd.Finished);
            Assert.Equal(20, harness.Items.Count);
            Assert.All(harness.Items, i => Assert.True(i is { HasRequest: true, HasResponse: true, Error: null, Protocol.Layer4: "tcp" }));
        }
    }

    [Fact]
    public void Gap_inside_a_message_loses_only_that_message()
    {
        var queries = Enumerable.Range(0, 5).Select(i => Query((ushort)i, $"host{i}.example")).ToArray();
        var bytes = DnsFlow.Framed(queries);
        var flow = _harness.Tcp();
        flow.Send(Direction.Forward, bytes.AsSpan(0, queries[0].Length + 2 + 4));
        flow.Gap(Direction.Forward, 10);
        flow.Send(Direction.Forward, bytes.AsSpan(queries[0].Length + 2 + 14));
        flow.End();
        Assert.Equal(["host0.example", "host2.example", "host3.example", "host4.example"], Names());
    }

    [Fact]
    public void Gap_of_unknown_alignment_resynchronises_at_the_next_message()
    {
        var queries = Enumerable.Range(0, 6).Select(i => Query((ushort)i, $"host{i}.example")).ToArray();
        var bytes = DnsFlow.Framed(queries);
        var each = queries[0].Length + 2;
        var flow = _harness.Tcp();
        flow.Send(Direction.Forward, bytes.AsSpan(0, each));
        flow.Gap(Direction.Forward, each + 7);
        flow.Send(Direction.Forward, bytes.AsSpan((2 * each) + 7, 30));
        flow.Send(Direction.Forward, bytes.AsSpan((2 * each) + 37));
        flow.End();
        Assert.Equal(["host0.example", "host3.example", "host4.example", "host5.example"], Names());
        Assert.Equal(each - 7, _harness.Lost("resync"));
    }

    [Fact]
    public void Stream_that_starts_in_the_middle_is_picked_up()
    {
        var bytes = DnsFlow.Framed(Query(1, "a.example"), Query(2, "b.example"));
        var flow = _harness.Tcp(handshake: false);
        flow.Send(Direction.Forward, bytes.AsSpan(5));
        flow.End();
        Assert.Equal(["b.example"], Names());
    }

    [Fact]
    public void Other_protocols_are_refused()
    {
        foreach (ushort port in new ushort[] { 53, 8080 })
        {
            var flow = _harness.Tcp(port);
            flow.Send(Direction.Forward, "\0\u0012SSH-2.0-OpenSSH_9.7\r\n"u8);
            flow.Send(Direction.Reverse, "SSH-2.0-OpenSSH_9.7\r\n"u8);
            flow.End();
        }

        Assert.DoesNotContain(_harness.Items, i => i.Protocol.Name == "dns");
    }

    [Fact]
    public void Zone_transfer_pairs_its_first_message_and_lists_the_others_without_error()
    {
        var flow = _harness.Tcp();
        flow.Send(Direction.Forward, DnsFlow.Framed(Query(4, "zone.example", type: 252)));
        var part = new DnsMessageBuilder(4, 0x8400, answers: 1).Question("zone.example", 252).Record([0xC0, 12], 1, [1, 2, 3, 4]).ToArray();
        flow.Send(Direction.Reverse, DnsFlow.Framed(part, part, part));
        Assert.Equal([true, false, false], _harness.Items.Select(i => i.HasRequest));
        Assert.All(_harness.Items, i => Assert.Null(i.Error));
    }

    private static void SendSplit(DnsFlow flow, Direction direction, ReadOnlySpan<byte> bytes, Random random)
    {
        while (!bytes.IsEmpty)
        {
            var count = Math.Min(bytes.Length, random.Next(1, 60));
            flow.Send(direction, bytes[..count]);
            bytes = bytes[count..];
        }
    }

    private IEnumerable<string?> Names() => Enumerable.Range(0, _harness.Items.Count)
        .Select(i => _harness.Json(i).GetProperty("request").GetProperty("questions")[0].GetProperty("name").GetString());
}
