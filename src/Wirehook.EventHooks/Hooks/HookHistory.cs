namespace Wirehook.EventHooks.Hooks;

/// <summary>The last finished runs of all hooks: bounded in number and in the bytes of their output.</summary>
internal sealed class HookHistory(int capacity)
{
    /// <summary>Characters of output that all remembered runs hold together.</summary>
    public const long OutputLimit = 16L << 20;

    private readonly Lock _gate = new();
    private readonly Queue<HookRun> _runs = new();
    private long _output;
    private int _capacity = capacity;

    public int Capacity
    {
        set
        {
            lock (_gate)
            {
                _capacity = value;
                Trim();
            }
        }
    }

    public void Add(HookRun run)
    {
        lock (_gate)
        {
            _runs.Enqueue(run);
            _output += run.Result.Output.Length;
            Trim();
        }
    }

    /// <summary>The last <paramref name="last"/> runs, oldest first; of one hook where <paramref name="name"/> is given.</summary>
    public IReadOnlyList<HookRun> Last(string? name, int last)
    {
        HookRun[] runs;
        lock (_gate) runs = [.. _runs];
        return [.. runs.Where(r => name is null || r.HookName == name).TakeLast(Math.Max(0, last))];
    }

    public HookRun? Find(string executionId)
    {
        lock (_gate) return _runs.FirstOrDefault(r => r.ExecutionId == executionId);
    }

    private void Trim()
    {
        while (_runs.Count > _capacity || _output > OutputLimit) _output -= _runs.Dequeue().Result.Output.Length;
    }
}
