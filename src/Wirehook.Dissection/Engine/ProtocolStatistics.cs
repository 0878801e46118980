namespace Wirehook.Dissection.Engine;

/// <summary>How much of one protocol was dissected. One thread counts; any thread may read.</summary>
public sealed class ProtocolStatistics
{
    private long _items;
    private long _requests;
    private long _responses;

    internal ProtocolStatistics(string protocol, bool enabled = true) => (Protocol, Enabled) = (protocol, enabled);

    /// <summary>The protocol's name, such as <c>http</c>.</summary>
    public string Protocol { get; }

    /// <summary>Whether its items are wanted; a module may recognise protocols of which only some are.</summary>
    internal bool Enabled { get; }

    /// <summary>Items; a pair counts once.</summary>
    public long Items => Volatile.Read(ref _items);

    /// <summary>Whole requests, paired or not; one of which a part is missing is in an item and not counted here.</summary>
    public long Requests => Volatile.Read(ref _requests);

    /// <summary>Whole responses, paired or not, interim ones (which are in no item) included.</summary>
    public long Responses => Volatile.Read(ref _responses);

    internal void CountInterimResponse() => Volatile.Write(ref _responses, _responses + 1);

    internal void Count(bool request, bool response)
    {
        Volatile.Write(ref _items, _items + 1);
        if (request) Volatile.Write(ref _requests, _requests + 1);
        if (response) Volatile.Write(ref _responses, _responses + 1);
    }
}
