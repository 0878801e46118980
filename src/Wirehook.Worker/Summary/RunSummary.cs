using Wirehook.Packets;
using Wirehook.Scripting;

namespace Wirehook.Worker.Summary;

/// <summary>Counts of one protocol.</summary>
/// <param name="Count">Items: a pair is one, an unpaired message is one.</param>
/// <param name="Requests">Requests, paired or not.</param>
/// <param name="Responses">Responses, paired or not.</param>
public sealed record ProtocolCount(long Count, long Requests, long Responses);

/// <summary>What one run saw, made, lost and spent.</summary>
public sealed record RunSummary
{
    /// <summary>Packets read.</summary>
    public required long Packets { get; init; }

    /// <summary>Bytes of those packets on the wire.</summary>
    public required long Bytes { get; init; }

    /// <summary>Network events that scripts could see; 0 where none has a hook for them.</summary>
    public long NetworkEvents { get; init; }

    /// <summary>TCP and UDP flows seen.</summary>
    public required long Streams { get; init; }

    /// <summary>Whether streams were rebuilt and dissected at all; without, <see cref="Streams"/> and <see cref="Items"/> stay empty.</summary>
    public required bool Dissected { get; init; }

    /// <summary>Items by protocol name; protocols without items are left out.</summary>
    public required IReadOnlyDictionary<string, ProtocolCount> Items { get; init; }

    /// <summary>Every loss counter that is not zero.</summary>
    public required IReadOnlyList<LossCounter> Losses { get; init; }

    /// <summary>What scripts did and cost.</summary>
    public required IReadOnlyList<ScriptReport> Scripts { get; init; }

    /// <summary>Wall-clock milliseconds of the run.</summary>
    public required long ElapsedMilliseconds { get; init; }
}
