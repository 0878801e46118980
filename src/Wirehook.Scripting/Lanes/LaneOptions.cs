namespace Wirehook.Scripting;

/// <summary>What happens to a batch that comes when the lane's queue is full.</summary>
public enum LanePolicy : byte
{
    /// <summary>The submitter waits: nothing is missed. For files.</summary>
    Wait,

    /// <summary>The batch is dropped and every event in it counted as missed: capture never waits. For live traffic.</summary>
    Drop,
}

/// <summary>How a lane works.</summary>
/// <param name="Policy">What happens when the queue is full.</param>
/// <param name="QueueLength">Batches that may wait; 0 takes the policy's default, 4 for files and 64 for live traffic.</param>
/// <param name="Completed">Called on the lane's thread with each batch that the scripts have seen, before it is reused; not for dropped ones.</param>
public sealed record LaneOptions(LanePolicy Policy, int QueueLength = 0, Action<EventBatch>? Completed = null)
{
    /// <summary>Batches that may wait.</summary>
    public int Capacity => QueueLength > 0 ? QueueLength : Policy == LanePolicy.Wait ? 4 : 64;
}
