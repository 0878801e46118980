namespace Wirehook.Netlink.Monitor;

/// <summary>What went wrong without ending the monitor, for people: the last few different sentences. Any thread.</summary>
internal sealed class MonitorNotes
{
    private const int Most = 16;
    private readonly Lock _gate = new();
    private readonly List<string> _notes = [];

    /// <summary>The sentences, oldest first.</summary>
    public IReadOnlyList<string> All
    {
        get
        {
            lock (_gate) return [.. _notes];
        }
    }

    /// <summary>Adds a sentence; one that is there already moves to the end.</summary>
    public void Add(string note)
    {
        lock (_gate)
        {
            _notes.Remove(note);
            if (_notes.Count == Most) _notes.RemoveAt(0);
            _notes.Add(note);
        }
    }
}
