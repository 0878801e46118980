using System.Text.Json;
using Wirehook.Dissection.Items;
using Wirehook.Tests;

namespace Wirehook.Dissection.Tests.Protocols.Flows;

/// <summary>Records of connections and flows: every packet is counted, states follow what was heard, and flows join their connections.</summary>
public class FlowRecordTests
{
    private static readonly string Shop = Path.Combine(RepositoryFiles.Root, "samples", "captures", "shop.pcap");
    private static readonly string[] All = ["default", "tcp-conn", "udp-conn", "tcp-flow", "udp-flow", "http", "dns"];

    [Fact]
    public void Closing_records_count_every_packet_of_the_capture()
    {
        var replay = CaptureReplay.Read(Shop, All);
        var closed = Records(replay).Where(r => r.State == "closed").ToList();
        foreach (var transport in new[] { "tcp", "udp" })
        {
            var connections = closed.Where(r => r.Protocol == transport + "-conn").ToList();
            var flows = closed.Where(r => r.Protocol == transport + "-flow").ToList();
            Assert.NotEmpty(connections);
            Assert.Equal(connections.Sum(r => r.Packets), flows.Sum(r => r.Packets));
            Assert.Equal(connections.Sum(r => r.Bytes), flows.Sum(r => r.Bytes));
            Assert.Equal(flows.Select(f => f.Group).Order(), connections.Select(c => c.Group).Distinct().Order());
        }

        Assert.Contains(closed, r => r.Protocol == "tcp-conn" && r.Detected == "http");
        Assert.Contains(closed, r => r.Protocol == "udp-flow" && r.Detected == "dns");
    }

    [Fact]
    public void Each_connection_begins_goes_on_and_ends()
    {
        foreach (var records in Records(CaptureReplay.Read(Shop, All, recordInterval: 1_000_000_000)).GroupBy(r => (r.Protocol, r.Stream)))
        {
            var states = records.Select(r => r.State).ToList();
            Assert.Equal(("in_progress", "closed"), (states[0], states[^1]));
            Assert.DoesNotContain("closed", states[..^1]);
            Assert.Equal(records.Select(r => r.Packets).Order(), records.Select(r => r.Packets));
            Assert.Equal(0, records.First().Packets);
        }
    }

    [Fact]
    public void Only_what_is_enabled_is_recorded_and_nothing_by_default()
    {
        Assert.Equal(["udp-conn"], CaptureReplay.Read(Shop, ["udp-conn"]).Items.Select(i => i.Protocol.Name).Distinct());
        Assert.DoesNotContain(CaptureReplay.Read(Shop).Items, i => i.Protocol.Name.Contains('-', StringComparison.Ordinal));
    }

    [Fact]
    public void Without_an_interval_there_is_a_beginning_and_an_end() =>
        Assert.All(Records(CaptureReplay.Read(Shop, ["tcp-conn"], recordInterval: 0)).GroupBy(r => r.Stream), g => Assert.Equal(["in_progress", "closed"], g.Select(r => r.State)));

    [Fact]
    public void Rates_are_those_of_the_interval()
    {
        foreach (var records in Records(CaptureReplay.Read(Shop, ["udp-flow"], recordInterval: 1_000_000_000)).GroupBy(r => r.Group))
        {
            var before = records.First();
            foreach (var record in records.Skip(1))
            {
                var seconds = (record.End - before.End) / 1000.0;
                if (seconds is > 0.1 and < 1.5 && record.State == "open") Assert.InRange(record.Sent - before.Sent, (record.SentRate * seconds * 0.95) - 0.1, (record.SentRate * seconds * 1.05) + 0.1);
                before = record;
            }
        }
    }

    private static List<Row> Records(CaptureReplay replay) =>
        [.. replay.Items.Where(i => i.Protocol.Name.Contains('-', StringComparison.Ordinal)).Select(Read)];

    private static Row Read(Item item)
    {
        var data = JsonDocument.Parse(Conversation.ToJson(item)).RootElement.GetProperty("data");
        long Number(string name) => data.GetProperty(name).GetInt64();
        return new Row(item.Protocol.Name, item.Context.Stream, data.GetProperty("state").GetString()!, Number("packetsSent") + Number("packetsReceived"), Number("bytesSent") + Number("bytesReceived"),
            Number("groupId"), string.Join(' ', data.GetProperty("l7Detected").EnumerateArray().Select(p => p.GetString())), Number("timeEnd"), Number("packetsSent"), data.GetProperty("localPps").GetDouble());
    }

    private sealed record Row(string Protocol, string Stream, string State, long Packets, long Bytes, long Group, string Detected, long End, long Sent, double SentRate);
}
