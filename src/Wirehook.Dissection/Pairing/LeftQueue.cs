using Wirehook.Dissection.Items;

namespace Wirehook.Dissection.Pairing;

/// <summary>The places of requests that left alone and whose responses may still come, so that those are given to no other request.</summary>
internal sealed class LeftQueue
{
    private readonly SortedDictionary<long, ItemError> _places = [];
    private long _order;

    /// <summary>How many places there are.</summary>
    public int Count => _places.Count;

    /// <summary>The order of the first place; only where there is one.</summary>
    public long First
    {
        get
        {
            foreach (var place in _places.Keys) return place;
            return long.MaxValue;
        }
    }

    /// <summary>The order of the request that comes now.</summary>
    public long NextOrder() => _order++;

    /// <summary>Keeps the place of a request that leaves.</summary>
    public void Add(long order, ItemError because) => _places[order] = because;

    /// <summary>Takes the first place: its response has come.</summary>
    public ItemError Take()
    {
        var first = First;
        _places.Remove(first, out var because);
        return because!;
    }

    /// <summary>Forgets every place.</summary>
    public void Clear() => _places.Clear();
}
