using Wirehook.Dissection.Contract;
using Wirehook.Dissection.Items;
using Wirehook.Dissection.Pairing;
using Wirehook.Packets;
using Wirehook.Packets.Flows;

namespace Wirehook.Dissection.Protocols.Sip;

/// <summary>Pairs the requests of one flow with their final responses, by transaction. Provisional responses and retransmissions are items of their own.</summary>
internal sealed class SipTransactions
{
    private const int FirstFinal = 200;
    private const int Remembered = 16;
    private static readonly ItemError NoRequest = ItemError.PairNotFound("The request was not found in the stream.");
    private readonly FlowContext _context;
    private readonly KeyedPairing<SipPending> _pairing;
    private readonly long[] _answered = new long[Remembered];
    private int _next;

    public SipTransactions(FlowContext context)
    {
        _context = context;
        _pairing = new KeyedPairing<SipPending>(context, EmitUnanswered);
    }

    /// <summary>A message has come.</summary>
    /// <param name="direction">Who sent it.</param>
    /// <param name="message">The message.</param>
    /// <param name="started">When its first byte was captured.</param>
    /// <param name="timestamp">When its last byte was captured.</param>
    /// <param name="error">What is wrong with it, or null.</param>
    public void Accept(Direction direction, SipMessage message, Timestamp started, Timestamp timestamp, ItemError? error)
    {
        if (message.IsResponse) AcceptResponse(direction ^ Direction.Reverse, message, started, timestamp, error);
        else AcceptRequest(direction, message, started, timestamp, error);
    }

    /// <summary>The flow is over.</summary>
    public void Flush(FlowEnd? end) => _pairing.Flush(end);

    private void AcceptRequest(Direction requester, SipMessage message, Timestamp started, Timestamp timestamp, ItemError? error)
    {
        var key = message.TransactionKey() ^ (long)requester;
        var known = message.IsAck || message.IsBroken ? null : _pairing.Find(key);
        if (message.IsAck || message.IsBroken || known is not null || IsAnswered(key))
        {
            message.IsRetransmission = !message.IsAck && !message.IsBroken;
            _context.Emit(new SipItem(_context, requester, started, message, null) { RequestSize = message.Size, Error = error });
            return;
        }

        _pairing.Add(key, new SipPending { Message = message, Direction = requester, Started = started, Timestamp = timestamp, Size = message.Size });
    }

    private void AcceptResponse(Direction requester, SipMessage message, Timestamp started, Timestamp timestamp, ItemError? error)
    {
        var key = message.TransactionKey() ^ (long)requester;
        var request = message.IsBroken ? null : _pairing.Find(key);
        if (request is not null && !request.Message.IsOfTransactionOf(message)) request = null;
        var isFinal = message.Status >= FirstFinal;
        if (request is not null && isFinal)
        {
            _pairing.Take(key);
            (_answered[_next], _next) = (key, (_next + 1) % Remembered);
        }
        else if (request is not null)
        {
            request.IsProceeding = true;
            request = null;
        }
        else
        {
            message.IsRetransmission = !message.IsBroken && IsAnswered(key);
            if (!message.IsRetransmission) error ??= NoRequest;
        }

        _context.Emit(new SipItem(_context, requester, request?.Started ?? started, request?.Message, message)
        {
            RequestSize = request?.Size ?? 0,
            ResponseSize = message.Size,
            ElapsedMilliseconds = request is null ? 0 : timestamp.Since(request.Started) / 1_000_000,
            Error = error,
        });
    }

    private bool IsAnswered(long key) => Array.IndexOf(_answered, key) >= 0;

    private void EmitUnanswered(SipPending request, ItemError error) =>
        _context.Emit(new SipItem(_context, request.Direction, request.Started, request.Message, null) { RequestSize = request.Size, Error = error });
}
