using System.Runtime.InteropServices;
using Wirehook.Netlink.Codec;

namespace Wirehook.Netlink.Families.TrafficControl;

/// <summary>Counters of a queueing discipline or class (linux/gen_stats.h).</summary>
/// <param name="Bytes">Bytes sent.</param>
/// <param name="Packets">Packets sent.</param>
/// <param name="Backlog">Bytes waiting.</param>
/// <param name="Drops">Packets dropped.</param>
/// <param name="Overlimits">Packets over the limit.</param>
internal sealed record TrafficStatistics(ulong Bytes, uint Packets, uint Backlog, uint Drops, uint Overlimits)
{
    private const int BasicLength = 12;
    private const int QueueLength = 20;

    /// <summary>Reads what TCA_STATS2 holds.</summary>
    public static TrafficStatistics Decode(NetlinkAttributes attributes)
    {
        var statistics = new TrafficStatistics(0, 0, 0, 0, 0);
        foreach (var attribute in attributes)
        {
            var value = attribute.Value;
            statistics = (StatisticsAttribute)attribute.Type switch
            {
                StatisticsAttribute.Basic when value.Length >= BasicLength =>
                    statistics with { Bytes = MemoryMarshal.Read<ulong>(value), Packets = MemoryMarshal.Read<uint>(value[8..]) },
                StatisticsAttribute.Queue when value.Length >= QueueLength => statistics with
                {
                    Backlog = MemoryMarshal.Read<uint>(value[4..]),
                    Drops = MemoryMarshal.Read<uint>(value[8..]),
                    Overlimits = MemoryMarshal.Read<uint>(value[16..]),
                },
                _ => statistics,
            };
        }

        return statistics;
    }
}
