namespace Wirehook.Scripting;

/// <summary>How far the scripts are behind capture: written by the lane's both ends, read before costly calls.</summary>
/// <param name="capacity">Batches that may wait.</param>
internal sealed class LaneBacklog(int capacity)
{
    private volatile int _queued;

    /// <summary>Batches that wait.</summary>
    internal int Queued { get => _queued; set => _queued = value; }

    /// <summary>0 while the queue is less than a quarter full, then 1 to 4 per further quarter.</summary>
    internal int Level => _queued * 4 / capacity;
}
