namespace Wirehook.Dissection.Engine;

/// <summary>How much of one protocol was dissected. One thread counts; any thread may read.</summary>
public sealed class ProtocolStatistics
{
    private long _items;
    private long _requests;
    private long _responses;

    internal ProtocolStatistics(string protocol) => Protocol = protocol;

    /// <summary>The protocol's name, such as <c>http</c>.</summary>
    public string Protocol { get; }

    /// <summary>Items; a pair counts once.</summary>
    public long Items => Volatile.Read(ref _items);

    /// <summary>Requests among them, paired or not.</summary>
    public long Requests => Volatile.Read(ref _requests);

    /// <summary>Responses among them, paired or not.</summary>
    public long Responses => Volatile.Read(ref _responses);

    internal void Count(bool request, bool response)
    {
        Volatile.Write(ref _items, _items + 1);
        if (request) Volatile.Write(ref _requests, _requests + 1);
        if (response) Volatile.Write(ref _responses, _responses + 1);
    }
}
