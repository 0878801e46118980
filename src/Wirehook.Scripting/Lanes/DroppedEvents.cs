namespace Wirehook.Scripting;

/// <summary>How many events of each kind no script got because the queue was full.</summary>
/// <param name="Packets">Packets.</param>
/// <param name="Items">Items.</param>
/// <param name="NetworkEvents">Network events.</param>
internal readonly record struct DroppedEvents(long Packets, long Items, long NetworkEvents)
{
    /// <summary>These and everything that <paramref name="batch"/> holds.</summary>
    internal DroppedEvents And(EventBatch batch) =>
        new(Packets + batch.PacketCount, Items + batch.ItemCount, NetworkEvents + batch.NetworkEventCount);
}
