using Wirehook.Dissection.Contract;
using Wirehook.Dissection.Items;
using Wirehook.Packets.Flows;

namespace Wirehook.Dissection.Pairing;

/// <summary>
/// Pairs requests with responses that carry no key: the n-th response answers the n-th request. Behind missing bytes the count is unknown; then whoever waits
/// leaves alone, and counting starts anew with the next request, provided that the connection was never seen to pipeline: a client that waits for each
/// response sends a request only when nothing is outstanding. On a pipelined connection nothing is paired behind a gap, so no response is given to another's request.
/// </summary>
/// <param name="context">The flow's context.</param>
/// <param name="leaves">Emits a request that leaves without its response, with the reason.</param>
internal sealed class OrderedPairing<TMessage>(FlowContext context, Action<TMessage, ItemError> leaves) : IPendingOwner
    where TMessage : PendingMessage
{
    private static readonly ItemError Unknown = ItemError.Gap("Which response belongs to the request is unknown, because part of the stream was not captured.");
    private static readonly ItemError UnknownRequest = ItemError.Gap("Which request the response belongs to is unknown, because part of the stream was not captured.");
    private static readonly ItemError NoRequest = ItemError.PairNotFound("The request was not found in the stream.");
    private static readonly ItemError TooMany = ItemError.PairNotFound("Too many requests of the stream waited for their response.");
    // After as many requests that were each sent only when the one before was answered, a later burst throws no doubt on the count.
    private const int SureAfter = 3;

    private readonly LeftQueue _left = new();
    private PendingList<TMessage>? _list;
    private bool _synchronised = context.AtStart;
    private bool _incomplete = !context.AtStart;
    private bool _pipelined;
    private int _alternations;

    /// <summary>How many requests wait, those that have left alone and whose response is still to come included.</summary>
    public int Count => List.Count + _left.Count;

    /// <summary>The request that the next response answers, while it waits; null where it is unknown or has left.</summary>
    public TMessage? Next => _left.Count > 0 && _left.First < (List.Oldest?.Order ?? long.MaxValue) ? null : List.Oldest;

    private PendingList<TMessage> List => _list ??= new PendingList<TMessage>(context, this);

    /// <summary>A whole request came.</summary>
    public void Add(TMessage request)
    {
        if (Count > 0) OnPipelined();
        else if (_synchronised && ++_alternations > SureAfter) _incomplete = false;
        if (!_synchronised && _pipelined)
        {
            leaves(request, request.Error ?? Unknown);
            return;
        }

        _synchronised = true;
        request.Order = _left.NextOrder();
        List.Add(request);
        if (!List.IsOverLimit && _left.Count <= context.Options.PendingLimit) return;
        context.Losses.PendingMessages.Add();
        (_incomplete, _pipelined) = (true, true);
        Lose(TooMany);
    }

    /// <summary>A response begins or is complete: takes the request that it answers out. Null where none is known, with the reason.</summary>
    public TMessage? Take(out ItemError? because)
    {
        because = null;
        if (_left.Count > 0 && _left.First < (List.Oldest?.Order ?? long.MaxValue))
        {
            because = _left.Take();
            return null;
        }

        if (List.Oldest is { } request)
        {
            List.Remove(request);
            return request;
        }

        because = _incomplete ? UnknownRequest : NoRequest;
        return null;
    }

    /// <summary>Bytes of either direction are missing, or a message could not be read: whoever waits leaves.</summary>
    public void OnGap()
    {
        _incomplete = true;
        Lose(Unknown);
    }

    /// <summary>Something shows that nothing is outstanding (the server says that it is ready): counting is sure again.</summary>
    public void OnIdle()
    {
        Lose(Unknown);
        (_synchronised, _pipelined, _incomplete) = (true, false, false);
    }

    /// <summary>The flow is over: whoever waits leaves, oldest first.</summary>
    /// <param name="end">Why; null for a hand-over.</param>
    public void Flush(FlowEnd? end) => Lose(_incomplete ? Unknown : PendingList<TMessage>.ErrorAt(end));

    /// <inheritdoc/>
    public void Leave(PendingMessage message, ItemError because)
    {
        var request = (TMessage)message;
        List.Remove(request);
        _left.Add(request.Order, because);
        request.LeftBecause = because;
        leaves(request, request.Error ?? because);
    }

    private void OnPipelined()
    {
        _pipelined = true;
        if (!_incomplete) return;
        Lose(Unknown);
    }

    private void Lose(ItemError because)
    {
        (_synchronised, _alternations) = (false, 0);
        _left.Clear();
        while (_list?.Oldest is { } oldest)
        {
            List.Remove(oldest);
            oldest.LeftBecause = because;
            leaves(oldest, oldest.Error ?? because);
        }
    }
}
