using Wirehook.Packets;

namespace Wirehook.Netlink.State;

/// <summary>What the engine keeps and tells.</summary>
public sealed record NetlinkEngineOptions
{
    /// <summary>Whether what exists when monitoring begins comes as events (<c>link.added</c> with <c>initial</c>). Otherwise it is only known.</summary>
    public bool EmitInitial { get; init; }

    /// <summary>Objects kept per namespace, all families together. Beyond, events have no old values; each such loss is counted.</summary>
    public int MaxObjects { get; init; } = 2_000_000;

    /// <summary>Where losses are counted.</summary>
    public LossLedger Ledger { get; init; } = new();
}
