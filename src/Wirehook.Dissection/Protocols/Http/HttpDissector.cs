using Wirehook.Dissection.Contract;
using Wirehook.Dissection.Engine;
using Wirehook.Dissection.Items;
using Wirehook.Packets;
using Wirehook.Packets.Flows;

namespace Wirehook.Dissection.Protocols.Http;

/// <summary>Dissects one HTTP/1 connection: finds out who is the client, reads both directions, and pairs requests with responses.</summary>
internal sealed class HttpDissector : StreamDissector
{
    /// <summary>How many bytes of the client wait at most for the answer that explains them.</summary>
    private const int AwaitLimit = 64 << 10;

    private static readonly ItemError NoMemory = ItemError.PairNotFound("The message left alone and as far as it came, because too many waited.");
    private static readonly ItemError NoResponse = ItemError.Timeout("No response began within the time limit.");
    private readonly FlowContext _context;
    private readonly HttpReader _client;
    private readonly HttpReader _server;
    private readonly HttpPairing _pairing;
    private Direction? _clientDirection;
    private bool _tunnelAsked;
    private bool _tunnelIsConnect;
    private ReadOnlyMemory<byte> _tunnelRequest;
    private Timestamp _tunnelStarted;
    private long _order;
    private long _serverActive;
    private bool _clientWaits;
    private bool _simpleWaits;
    private bool _serverWaits;
    private bool _isSimple;

    public HttpDissector(FlowContext context)
    {
        _context = context;
        _client = new HttpReader(this, context, isServer: false);
        _server = new HttpReader(this, context, isServer: true);
        _pairing = new HttpPairing(context);
    }

    public override StreamStep Dissect(Direction direction, ReadOnlySpan<byte> data, Timestamp timestamp)
    {
        if (_clientDirection is null)
        {
            // What another protocol left in this direction says nothing; the start line by which the stream was recognised is in the other one.
            if (!Tells(data) && !AllowsSimple && data.Length <= AwaitLimit) return StreamStep.AwaitOther();
            Settle(direction, data);
        }

        _order++;
        if (direction != _clientDirection) _serverActive = _order;
        return ReaderOf(direction).Read(data, new Arrival(timestamp, _order));
    }

    public override void OnGap(Direction direction, ReadOnlySpan<byte> undigested, long length, Timestamp timestamp)
    {
        if (_clientDirection is null && !undigested.IsEmpty) Settle(direction, undigested);
        if (_clientDirection is null)
        {
            _pairing.OnLost(server: false, hard: true);
            _pairing.OnLost(server: true, hard: true);
            return;
        }

        _order++;
        if (direction != _clientDirection) _serverActive = _order;
        ReaderOf(direction).OnGap(length);
    }

    public override void OnDirectionEnd(Direction direction, ReadOnlySpan<byte> undigested, Timestamp timestamp)
    {
        if (_clientDirection is null) Settle(direction, undigested);
        var reader = ReaderOf(direction);
        reader.OnEnd(undigested, new Arrival(timestamp, ++_order), closed: true);
        if (ReferenceEquals(reader, _client)) _pairing.OnRequestsEnd();
        _tunnelAsked = false;
        if (ReferenceEquals(reader, _client)) _clientWaits = false;
    }

    public override void OnEnd(FlowEnd? end, Timestamp timestamp)
    {
        if (!_client.Ended) _client.OnEnd(default, new Arrival(timestamp, _order), closed: end is FlowEnd.Finished or FlowEnd.Reset);
        if (!_server.Ended) _server.OnEnd(default, new Arrival(timestamp, _order), closed: end is FlowEnd.Finished or FlowEnd.Reset);
        _pairing.Flush(end);
    }

    /// <summary>Memory has run out: <paramref name="message"/> leaves as far as it came.</summary>
    internal void Release(Http1Message message)
    {
        if (!message.Complete) message.Truncated = message.Broken = true;
        Leave(message, NoMemory);
    }

    /// <summary>A whole request that no response has begun to answer leaves alone after the time limit, to the second; everything else goes on waiting.</summary>
    internal void Expire(Http1Message message, Timestamp now)
    {
        var waits = message.IsRequest && message.Complete && !_server.IsWithinMessage;
        if (waits && now.Since(message.Ended.Time) > _context.Options.RequestTimeout - DissectionEngine.TimeStep) Leave(message, NoResponse);
    }

    private void Leave(Http1Message message, ItemError error)
    {
        var stub = message.ToStub(error);
        (message.IsRequest ? _client : _server).Replace(message, stub);
        _pairing.GiveUp(message, stub);
    }

    internal void OnRequestHead(Http1Message request)
    {
        if (request.IsConnect || request.AsksUpgrade) (_tunnelAsked, _tunnelIsConnect, _tunnelRequest, _tunnelStarted) = (true, request.IsConnect, request.Head, request.Started.Time);
        _pairing.AddRequest(request, _serverActive);
    }

    internal void OnResponseHead(Http1Message response)
    {
        if (response.Framing != BodyFraming.None) HttpPayload.FollowBody(_context, _clientDirection!.Value, _pairing.FindRequest(), response);
    }

    /// <summary>
    /// Whether a line without version, the first of the connection, is a request of HTTP/0.9, and is all of it. Some clients send headers behind it, so
    /// it waits for an empty line, for the server's answer, or for the end.
    /// </summary>
    internal bool MustAwaitSimple(bool ended) => _simpleWaits = !ended && !_serverWaits;

    /// <summary>A request of HTTP/0.9 is complete: what the server sends is its response.</summary>
    internal void OnSimpleRequest() => (_isSimple, _simpleWaits) = (true, false);

    /// <summary>Whether requests of HTTP/0.9 are expected.</summary>
    internal bool AllowsSimple => _context.AtStart && !_isSimple && HttpModule.IsExpectedIn(_context.Flow);

    /// <summary>Whether the server answers a request of HTTP/0.9.</summary>
    internal bool IsSimple => _isSimple;

    /// <summary>Whether a request of HTTP/0.9 comes before the response; once the server has spoken, it waits no longer.</summary>
    internal bool MustYieldToSimple => _serverWaits = _simpleWaits;

    internal void OnRequestComplete(Http1Message request) => _pairing.OnRequestComplete(request);

    internal void OnResponse(Http1Message response)
    {
        if (response.Status is >= 100 and < 200 and not 101)
        {
            response.Leave(_context.Memory);
            if (!response.HasLeft) _context.CountInterimResponse(HttpModule.Http11);
            return;
        }

        _tunnelAsked = false;
        _pairing.AddResponse(response);
    }

    internal void OnLost(bool server, bool hard)
    {
        if (server) _tunnelAsked = false;
        _pairing.OnLost(server, hard);
    }

    /// <summary>The request that the response now beginning answers, as far as that is known.</summary>
    internal RequestTraits? FindRequestOf(long responseStarted) => _pairing.FindRequestOf(responseStarted);

    /// <summary>Whether another protocol follows the response: 101 Switching Protocols, or success of CONNECT (RFC 9110 §7.8, §9.3.6).</summary>
    internal bool HandsOver(Http1Message response) =>
        response.Status == 101 || (response.Status is >= 200 and < 300 && _tunnelAsked && _tunnelIsConnect);

    /// <summary>What is known of the protocol behind <paramref name="response"/>.</summary>
    internal Upgrade UpgradeBehind(Http1Message response)
    {
        var isConnect = response.Status != 101;
        return new Upgrade(isConnect ? "connect" : FirstToken(HeaderLines.Find(response.Head.Span, "upgrade"u8)))
        {
            RequestHead = _tunnelRequest,
            RequestStarted = _tunnelStarted,
            ResponseHead = response.Head,
            ClientDirection = _clientDirection!.Value,
        };
    }

    /// <summary>Whether what the client sends now can only be the content of a tunnel whose response was never seen.</summary>
    internal bool IsTunnel(bool isServer) => !isServer && _tunnelAsked && _tunnelIsConnect;

    /// <summary>Whether what the client sends now waits for the answer to an upgrade or CONNECT, which says what it is.</summary>
    internal bool MustAwaitAnswer(int waiting) => _clientWaits = _tunnelAsked && waiting <= AwaitLimit && !_server.Ended;

    /// <summary>Whether requests that waited for the answer just seen come before the next response.</summary>
    internal bool MustYield => _clientWaits && !_tunnelAsked;

    private static string FirstToken(string upgrade) => upgrade.Split(',', 2)[0].Trim().ToLowerInvariant();

    private HttpReader ReaderOf(Direction direction) => direction == _clientDirection ? _client : _server;

    /// <summary>Whether <paramref name="data"/> begins with what only a client or only a server sends, or may yet turn out to.</summary>
    private static bool Tells(ReadOnlySpan<byte> data)
    {
        data = data[HttpStartLine.CountLeadingLineEnds(data)..];
        return HttpStartLine.CheckRequest(data) != StartLineCheck.Invalid || HttpStartLine.CheckResponse(data) != StartLineCheck.Invalid;
    }

    /// <summary>Decides who is the client, by the first start line; the initiator where the bytes do not tell.</summary>
    private void Settle(Direction direction, ReadOnlySpan<byte> data)
    {
        data = data[HttpStartLine.CountLeadingLineEnds(data)..];
        var other = direction ^ Direction.Reverse;
        if (HttpStartLine.CheckResponse(data) == StartLineCheck.Valid) _clientDirection = other;
        else if (HttpStartLine.CheckRequest(data) == StartLineCheck.Valid) _clientDirection = direction;
        else _clientDirection = Direction.Forward;
        _pairing.ClientDirection = _clientDirection.Value;
    }
}
