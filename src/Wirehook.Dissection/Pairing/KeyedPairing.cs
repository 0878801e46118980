using Wirehook.Dissection.Contract;
using Wirehook.Dissection.Items;
using Wirehook.Packets.Flows;

namespace Wirehook.Dissection.Pairing;

/// <summary>
/// Pairs the requests of one flow with responses that carry the same key (a correlation id, a stream number). A gap does no harm here: a response whose key
/// waits answers that request. Bounded by the flow's limits; who leaves does so through <paramref name="leaves"/>.
/// </summary>
/// <param name="context">The flow's context.</param>
/// <param name="leaves">Emits a request that leaves without its response, with the reason.</param>
internal sealed class KeyedPairing<TMessage>(FlowContext context, Action<TMessage, ItemError> leaves) : IPendingOwner
    where TMessage : PendingMessage
{
    private static readonly ItemError KeyReused = ItemError.PairNotFound("No response came before the request's id was used again.");
    private static readonly ItemError TooMany = ItemError.PairNotFound("Too many requests of the stream waited for their response.");
    private Dictionary<long, TMessage>? _byKey;
    private PendingList<TMessage>? _list;

    /// <summary>How many requests wait.</summary>
    public int Count => _byKey?.Count ?? 0;

    private PendingList<TMessage> List => _list ??= new PendingList<TMessage>(context, this);

    /// <summary>A whole request came. One that still waits under the same key leaves; so does the oldest beyond the limits.</summary>
    public void Add(long key, TMessage request)
    {
        if (Take(key) is { } earlier) leaves(earlier, KeyReused);
        request.PairingKey = key;
        (_byKey ??= []).Add(key, request);
        List.Add(request);
        while (List.IsOverLimit)
        {
            context.Losses.PendingMessages.Add();
            Leave(List.Oldest!, TooMany);
        }
    }

    /// <summary>The request that waits under <paramref name="key"/>, which goes on waiting; or null.</summary>
    public TMessage? Find(long key) => _byKey?.GetValueOrDefault(key);

    /// <summary>The request that waits under <paramref name="key"/>, which waits no longer; or null.</summary>
    public TMessage? Take(long key)
    {
        if (_byKey is null || !_byKey.Remove(key, out var request)) return null;
        List.Remove(request);
        return request;
    }

    /// <summary>The flow is over: whoever waits leaves, oldest first.</summary>
    /// <param name="end">Why; null for a hand-over.</param>
    public void Flush(FlowEnd? end) => LeaveAll(PendingList<TMessage>.ErrorAt(end));

    /// <summary>Whoever waits leaves, oldest first.</summary>
    public void LeaveAll(ItemError because)
    {
        while (_list?.Oldest is { } oldest) Leave(oldest, because);
    }

    /// <inheritdoc/>
    public void Leave(PendingMessage message, ItemError because)
    {
        var request = (TMessage)message;
        if (Find(request.PairingKey) != request) return;
        Take(request.PairingKey);
        request.LeftBecause = because;
        leaves(request, request.Error ?? because);
    }
}
