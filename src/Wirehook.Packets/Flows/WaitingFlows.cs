namespace Wirehook.Packets.Flows;

/// <summary>The flows that wait for missing bytes. One is looked at per packet, in turn, so that quiet flows do not wait for packets of their own.</summary>
internal sealed class WaitingFlows
{
    private readonly List<FlowEntry> _entries = [];
    private int _turn;

    /// <summary>Flows that wait.</summary>
    public int Count => _entries.Count;

    /// <summary>Adds or removes <paramref name="entry"/> so that it is listed exactly while it waits.</summary>
    public void Update(FlowEntry entry, bool waits)
    {
        if (waits == entry.WaitingIndex >= 0) return;
        if (waits)
        {
            entry.WaitingIndex = _entries.Count;
            _entries.Add(entry);
            return;
        }

        var last = _entries[^1];
        _entries[entry.WaitingIndex] = last;
        last.WaitingIndex = entry.WaitingIndex;
        _entries.RemoveAt(_entries.Count - 1);
        entry.WaitingIndex = -1;
    }

    /// <summary>The flow whose turn it is; call only where <see cref="Count"/> is not 0.</summary>
    public FlowEntry Next()
    {
        if (++_turn >= _entries.Count) _turn = 0;
        return _entries[_turn];
    }
}
