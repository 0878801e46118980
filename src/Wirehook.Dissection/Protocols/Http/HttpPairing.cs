using Wirehook.Dissection.Contract;
using Wirehook.Dissection.Items;
using Wirehook.Packets.Flows;

namespace Wirehook.Dissection.Protocols.Http;

/// <summary>
/// Pairs requests with responses. As long as nothing is missing, the n-th response answers the n-th request. Behind missing bytes the count is
/// unknown; then the order of delivery decides, on a connection that is not pipelined: a response answers the latest request whose head came before
/// the response began. Where that is not beyond doubt, both leave unpaired: no response is ever given to another request.
/// </summary>
internal sealed class HttpPairing
{
    private readonly FlowContext _context;

    /// <summary>The capture began in mid-stream: before the first response others may have been missed.</summary>
    private bool _responsesMayMiss;

    private readonly MessageQueue _requests = new();
    private readonly MessageQueue _responses = new();
    private RequestTraits? _latestRequest;
    private long _lastResponseEnd;
    private bool _synchronised;
    private bool _pipelined;
    private bool _requestsEnded;
    private bool _requestsLost;
    private bool _responsesLost;
    private bool _answeredLost;
    private bool _incomplete;
    private bool _lostSinceRequest;

    public HttpPairing(FlowContext context)
    {
        _context = context;
        _synchronised = context.AtStart;
        _responsesMayMiss = !context.AtStart;
    }

    public Direction ClientDirection { get; set; }

    /// <summary>A request's head was read.</summary>
    /// <param name="request">The request.</param>
    /// <param name="serverActive">When the server was last heard of, or bytes of it were found missing, in the order of delivery.</param>
    public void AddRequest(Http1Message request, long serverActive)
    {
        if (_latestRequest is { } previous && !_lostSinceRequest && serverActive <= previous.HeadEnded) _pipelined = true;
        _requests.Enqueue(request);
        (_latestRequest, _lostSinceRequest) = (RequestTraits.Of(request), false);
        Bound(_requests);
    }

    public void OnRequestComplete(Http1Message request)
    {
        _requests.OnCompleted(request);
        Bound(_requests);
        Advance();
    }

    public void AddResponse(Http1Message response)
    {
        _responses.Enqueue(response);
        Bound(_responses);
        Advance();
    }

    public void OnLost(bool server, bool hard)
    {
        var nothingSeen = server ? _lastResponseEnd == 0 && _responses.Count == 0 : _latestRequest is null;
        if (!hard && !_synchronised && nothingSeen) return;
        _incomplete = true;
        _lostSinceRequest |= !server;
        (server ? _responses : _requests).Mark(hard);
        Advance();
    }

    public void OnRequestsEnd()
    {
        _requestsEnded = true;
        Advance();
    }

    /// <summary>The request that the response now beginning answers, if that is certain; null otherwise.</summary>
    public Http1Message? FindRequest()
    {
        var at = _responses.Count;
        if (!_synchronised || at >= _requests.Count) return null;
        for (var i = 0; i <= at; i++)
        {
            if (_requests[i].IsMark) return null;
        }

        return _requests[at] is { HasLeft: false } request ? request : null;
    }

    public RequestTraits? FindRequestOf(long responseStarted)
    {
        if (!_synchronised) return _latestRequest is { } latest && latest.HeadEnded < responseStarted ? latest : null;
        var at = _responses.Count;
        for (var i = 0; i <= at && i < _requests.Count; i++)
        {
            if (_requests[i].IsMark) return null;
        }

        return at < _requests.Count ? RequestTraits.Of(_requests[at]) : null;
    }

    /// <summary>A message leaves before its partner came. A stub stays in its place, so that no other message is given to the partner.</summary>
    public void GiveUp(Http1Message message, Http1Message stub)
    {
        (message.IsRequest ? _requests : _responses).Replace(message, stub);
        Emit(message, stub.Error!);
        Advance();
    }

    public void Advance()
    {
        while (_synchronised ? PairNext() : _pipelined ? DropNext() : Resynchronise())
        {
        }
    }

    /// <summary>The flow is over: everything that waits leaves unpaired, in order of time.</summary>
    public void Flush(FlowEnd? end)
    {
        Advance();
        while (_requests.Count + _responses.Count > 0)
        {
            if (TakeMark(_requests) || TakeMark(_responses)) continue;
            var fromRequests = _responses.Count == 0 || (_requests.Count > 0 && _requests[0].Started.Order <= _responses[0].Started.Order);
            var message = (fromRequests ? _requests : _responses).Dequeue();
            Emit(message, _incomplete ? LostPartner(message.IsRequest) : ErrorOf(end, message.IsRequest));
        }
    }

    private static bool TakeMark(MessageQueue queue)
    {
        if (queue.Count == 0 || !queue[0].IsMark) return false;
        queue.Dequeue();
        return true;
    }

    private static ItemError LostPartner(bool isRequest) =>
        ItemError.Gap(isRequest ? "Which response belongs to the request is unknown, because part of the stream was not captured."
            : "Which request the response belongs to is unknown, because part of the stream was not captured.");

    private static ItemError ErrorOf(FlowEnd? end, bool isRequest)
    {
        var missing = isRequest ? "response" : "request";
        return end switch
        {
            FlowEnd.Reset => ItemError.Connection($"The connection was reset before the {missing} was seen."),
            FlowEnd.Expired => ItemError.Timeout($"No {missing} was seen before the stream became idle."),
            _ => ItemError.PairNotFound($"The {missing} was not found in the stream."),
        };
    }

    private bool PairNext()
    {
        if ((_requests.Count > 0 && _requests[0].IsMark) || (_responses.Count > 0 && _responses[0].IsMark))
        {
            _synchronised = false;
            return true;
        }

        if (_responses.Count == 0) return false;
        if (_requests.Count == 0 || _responses[0].Started.Order < _requests[0].Started.Order)
        {
            Emit(_responses.Dequeue(), ErrorOf(null, isRequest: false));
            return true;
        }

        if (!_requests[0].Complete) return false;
        Pair(_requests.Dequeue(), _responses.Dequeue());
        return true;
    }

    /// <summary>On a pipelined connection nothing tells which messages were lost: the rest of it leaves unpaired.</summary>
    private bool DropNext()
    {
        if (TakeMark(_requests) || TakeMark(_responses)) return true;
        if (_responses.Count > 0)
        {
            DropResponse();
            return true;
        }

        if (_requests.Count == 0 || !_requests[0].Complete) return false;
        DropRequest();
        return true;
    }

    private bool Resynchronise()
    {
        if (TakeLostRequests()) return true;
        if (TakeMark(_responses))
        {
            _responsesLost = true;
            return true;
        }

        if (_responses.Count == 0) return false;
        var response = _responses[0];
        var candidate = FindCandidate(response, out var requestsBefore);
        if (candidate < 0)
        {
            DropResponse();
            return true;
        }

        if (_responsesLost || (_responsesMayMiss && requestsBefore > 0)) return ResolveBehindLostResponses(response, candidate);
        var request = _requests[candidate];
        var isUnclear = requestsBefore > 0 || _lastResponseEnd > request.Started.Order || (_requestsLost && !_answeredLost);
        if (isUnclear) return _pipelined = true;
        return Settle(candidate);
    }

    /// <summary>Notes that requests are missing. A lost request was answered before the next one was sent, unless the connection is pipelined.</summary>
    private bool TakeLostRequests()
    {
        if (_requests.Count == 0 || !_requests[0].IsMark) return false;
        if (ReferenceEquals(_requests.Dequeue(), Http1Message.Lost)) (_requestsLost, _answeredLost) = (true, false);
        return true;
    }

    /// <summary>The latest request whose head was captured before the response began.</summary>
    private int FindCandidate(Http1Message response, out int requestsBefore)
    {
        var candidate = -1;
        requestsBefore = -1;
        for (var i = 0; i < _requests.Count; i++)
        {
            if (_requests[i].IsMark) continue;
            if (_requests[i].HeadEnded.Order > response.Started.Order) break;
            candidate = i;
            requestsBefore++;
        }

        return candidate;
    }

    /// <summary>
    /// Responses are missing before this one. It answers the candidate only if no request is missing behind the candidate, which is sure when
    /// the next one, or the end, follows without a gap.
    /// </summary>
    private bool ResolveBehindLostResponses(Http1Message response, int candidate)
    {
        if (candidate + 1 == _requests.Count) return _requestsEnded && Settle(candidate);
        var next = _requests[candidate + 1];
        if (!next.IsMark) return next.Started.Order < response.Ended.Order ? _pipelined = true : Settle(candidate);
        DropRequestsUpTo(candidate + 1);
        DropResponse();
        return true;
    }

    /// <summary>The oldest response answers the request at <paramref name="candidate"/>: counting starts anew behind both.</summary>
    private bool Settle(int candidate)
    {
        if (!_requests[candidate].Complete) return false;
        DropRequestsUpTo(candidate);
        (_synchronised, _requestsLost, _responsesLost, _responsesMayMiss, _answeredLost) = (true, false, false, false, false);
        Pair(_requests.Dequeue(), _responses.Dequeue());
        return true;
    }

    private void DropRequestsUpTo(int count)
    {
        for (var i = 0; i < count; i++)
        {
            if (!TakeMark(_requests)) DropRequest();
        }
    }

    private void DropRequest()
    {
        Emit(_requests.Dequeue(), _incomplete ? LostPartner(isRequest: true) : ErrorOf(null, isRequest: true));
    }

    private void DropResponse()
    {
        var response = _responses.Dequeue();
        _lastResponseEnd = response.Ended.Order;
        (_answeredLost, _responsesLost, _responsesMayMiss) = (true, false, false);
        Emit(response, _incomplete ? LostPartner(isRequest: false) : ErrorOf(null, isRequest: false));
    }

    private void Pair(Http1Message request, Http1Message response)
    {
        _lastResponseEnd = response.Ended.Order;
        if (_requests.Count > 0 && !_requests[0].IsMark && _requests[0].Started.Order < response.Ended.Order) _pipelined = true;
        if (request.HasLeft || response.HasLeft)
        {
            if (!request.HasLeft) Emit(request, LeftPartner(response));
            if (!response.HasLeft) Emit(response, LeftPartner(request));
            return;
        }

        request.Leave(_context.Memory);
        response.Leave(_context.Memory);
        var elapsed = Math.Max(0, response.Ended.Time.Since(request.Started.Time) / 1_000_000);
        _context.Emit(HttpPayload.CreateItem(new HttpExchange(_context, ClientDirection, request, response, request.Error ?? response.Error, elapsed)));
    }

    private static ItemError LeftPartner(Http1Message partner) => partner.Error!.ErrorType == "timeout"
        ? ItemError.Timeout("The request had left alone before its response began.")
        : ItemError.PairNotFound($"The {(partner.IsRequest ? "request" : "response")} had left alone to save memory.");

    private void Emit(Http1Message message, ItemError error)
    {
        if (message.HasLeft) return;
        message.Leave(_context.Memory);
        var (request, response) = message.IsRequest ? (message, (Http1Message?)null) : (null, message);
        _context.Emit(HttpPayload.CreateItem(new HttpExchange(_context, ClientDirection, request, response, message.Error ?? error, 0)));
    }

    /// <summary>Keeps what waits within its limits: the oldest leave, and which response belongs to whom is unknown from there on.</summary>
    private void Bound(MessageQueue queue)
    {
        while (queue.Count > _context.Options.PendingLimit || (queue.Count > 1 && queue.Held > _context.Options.PendingBytesLimit))
        {
            (_synchronised, _pipelined) = (false, true);
            if (TakeMark(queue)) continue;
            if (!queue[0].HasLeft) _context.Losses.PendingMessages.Add();
            Emit(queue.Dequeue(), ItemError.PairNotFound("Too many messages of the stream waited for their partner."));
        }
    }
}
