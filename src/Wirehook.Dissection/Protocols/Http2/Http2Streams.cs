using Wirehook.Dissection.Contract;
using Wirehook.Dissection.Engine;
using Wirehook.Dissection.Items;
using Wirehook.Dissection.Pairing;
using Wirehook.Dissection.Protocols.Http;
using Wirehook.Packets;
using Wirehook.Packets.Flows;

namespace Wirehook.Dissection.Protocols.Http2;

/// <summary>
/// The open streams of a connection, in the order of their opening, and the way of their messages into items. A stream's number pairs its messages, whatever
/// was lost; a number is never used twice (RFC 9113 §5.1.1).
/// </summary>
internal sealed class Http2Streams(FlowContext context)
{
    /// <summary>Streams that may be open for each message that other protocols let wait: their whole point is that many are.</summary>
    private const int StreamsPerPending = 16;

    private const int ClosedRemembered = 128;
    private static readonly ItemError NoMemory = ItemError.PairNotFound("The message left alone and as far as it came, because too many waited.");
    private static readonly ItemError TooMany = ItemError.PairNotFound("Too many streams of the connection were open.");
    private static readonly ItemError NoResponse = ItemError.Timeout("No response began within the time limit.");
    private static readonly ItemError RequestHadLeft = ItemError.Timeout("The request had left alone before its response began.");
    private static readonly ItemError NoRequest = ItemError.PairNotFound("The request was not found in the stream.");
    private static readonly ItemError RequestLost = ItemError.Gap("The request was not captured.");
    private static readonly ItemError ConnectionEnded = ItemError.Connection("The connection ended before the message was complete.");
    private readonly Dictionary<uint, Http2Stream> _open = [];
    private Http2Stream? _latest;
    private Http2Stream? _oldest;
    private Http2Stream? _newest;
    private uint[]? _closed;
    private int _closedAt;
    private uint _highestOdd;
    private uint _highestEven;
    private bool _mayHaveOrphans;
    private long _held;

    /// <summary>Who sends requests, as far as that is known.</summary>
    public Direction? Client { get; set; }

    /// <summary>Whether frames may have been missed: the capture began in the middle, or bytes are missing.</summary>
    public bool MayMiss { get; set; }

    /// <summary>The first in the order of opening, or null.</summary>
    public Http2Stream? Oldest => _oldest;

    /// <summary>The open stream <paramref name="id"/>, or null.</summary>
    public Http2Stream? Find(uint id)
    {
        if (_latest is not null && _latest.Id == id) return _latest;
        return _open.TryGetValue(id, out var stream) ? _latest = stream : null;
    }

    /// <summary>The stream <paramref name="id"/>, opened where it is not yet; null where it was open before and is closed.</summary>
    public Http2Stream? FindOrOpen(uint id)
    {
        if (Find(id) is { } known) return known;
        if (WasClosed(id)) return null;
        var stream = new Http2Stream(this, id) { Before = _newest };
        if (_newest is null) _oldest = stream;
        else _newest.After = stream;
        (_newest, _latest) = (stream, stream);
        _open.Add(id, stream);
        if (_open.Count > context.Options.PendingLimit * StreamsPerPending) GiveUpOldest();
        return stream;
    }

    /// <summary>Notes what <paramref name="stream"/> holds now.</summary>
    public void Hold(Http2Stream stream)
    {
        var held = stream.Held;
        _held += held - stream.Accounted;
        stream.Accounted = held;
        context.Memory.ReportMessage(stream, held);
        while (_held > context.Options.PendingBytesLimit && _open.Count > 1) GiveUpOldest();
    }

    /// <summary>
    /// The request of stream <paramref name="id"/> has begun. Each side opens its streams in ascending order (RFC 9113 §5.1.1), so the request of a lower one
    /// that was not seen never comes.
    /// </summary>
    public void OnRequest(uint id)
    {
        if ((id & 1) != 0) _highestOdd = Math.Max(_highestOdd, id);
        else _highestEven = Math.Max(_highestEven, id);
        if (!_mayHaveOrphans) return;
        _mayHaveOrphans = false;
        for (var stream = _oldest; stream is not null;)
        {
            var next = stream.After;
            OnComplete(stream);
            stream = next;
        }
    }

    /// <summary>A message is complete: the stream leaves when the other one is, too, or cannot come any more.</summary>
    public void OnComplete(Http2Stream stream)
    {
        var client = ClientOf(stream);
        var (request, response) = (stream[client], stream[client ^ Direction.Reverse]);
        if (response is not { Complete: true }) return;
        if (request is { Complete: true } || stream.RequestLeft || (request is null && stream.Id < HighestBeside(stream.Id))) Close(stream, null);
        else _mayHaveOrphans |= request is null;
    }

    /// <summary>The exchange leaves as far as it came, and the stream is closed.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="error">Why, where something is missing.</param>
    public void Close(Http2Stream stream, ItemError? error)
    {
        Remove(stream);
        EmitOf(stream, error);
    }

    /// <summary>The exchange of a CONNECT that succeeded leaves; the stream goes on as <paramref name="tunnel"/>.</summary>
    public void Open(Http2Stream stream, CarriedStream tunnel)
    {
        if (!_open.ContainsKey(stream.Id)) return;
        EmitOf(stream, null);
        (stream.Tunnel, stream[Direction.Forward], stream[Direction.Reverse]) = (tunnel, null, null);
        Hold(stream);
    }

    /// <summary>The connection is over: whoever is there leaves, in the order of opening.</summary>
    public void CloseAll(FlowEnd? end, Timestamp timestamp)
    {
        var error = MayMiss ? ItemError.Gap("The rest of the exchange was not captured.") : PendingList<PendingMessage>.ErrorAt(end);
        while (_oldest is { } stream)
        {
            stream.Tunnel?.OnEnd(end ?? FlowEnd.Finished, timestamp);
            Close(stream, error);
        }

        (_latest, _closed) = (null, null);
    }

    internal void Release(Http2Stream stream) => GiveUp(stream, NoMemory);

    /// <summary>A whole request that no response has begun to answer leaves after the time limit; everything else goes on waiting.</summary>
    internal void Expire(Http2Stream stream, Timestamp now)
    {
        var client = ClientOf(stream);
        if (stream[client] is not { Complete: true } request || stream[client ^ Direction.Reverse] is not null) return;
        if (now.Since(request.EndedAt) <= context.Options.RequestTimeout - DissectionEngine.TimeStep) return;
        Emit(client, request, null, request.Error ?? NoResponse);
        (stream[client], stream.RequestLeft) = (null, true);
        Hold(stream);
    }

    private Direction ClientOf(Http2Stream stream)
    {
        if (Client is { } known) return known;
        return stream[Direction.Reverse] is { IsRequest: true } || stream[Direction.Forward] is { IsRequest: false, Status: > 0 } ? Direction.Reverse : Direction.Forward;
    }

    private uint HighestBeside(uint id) => (id & 1) != 0 ? _highestOdd : _highestEven;

    private bool WasClosed(uint id)
    {
        if (id > HighestBeside(id)) return false;
        if (!MayMiss) return true;
        return _closed is not null && Array.IndexOf(_closed, id) >= 0;
    }

    private void GiveUpOldest()
    {
        context.Losses.PendingMessages.Add();
        GiveUp(_oldest!, TooMany);
    }

    private void GiveUp(Http2Stream stream, ItemError because)
    {
        stream.Tunnel?.OnEnd(FlowEnd.Evicted, context.Memory.Now);
        Close(stream, because);
    }

    private void Remove(Http2Stream stream)
    {
        if (!_open.Remove(stream.Id)) return;
        if (stream.Before is null) _oldest = stream.After;
        else stream.Before.After = stream.After;
        if (stream.After is null) _newest = stream.Before;
        else stream.After.Before = stream.Before;
        if (ReferenceEquals(_latest, stream)) _latest = null;
        _held -= stream.Accounted;
        context.Memory.ReportMessage(stream, 0);
        _closed ??= new uint[ClosedRemembered];
        _closed[_closedAt++ % ClosedRemembered] = stream.Id;
    }

    private void EmitOf(Http2Stream stream, ItemError? error)
    {
        var client = ClientOf(stream);
        var (request, response) = (stream[client], stream[client ^ Direction.Reverse]);
        if (request is null && response is null) return;
        if (request is { Complete: false }) Break(request, error);
        if (response is { Complete: false }) Break(response, error);
        if (request is null) error = stream.RequestLeft ? RequestHadLeft : error ?? (MayMiss ? RequestLost : NoRequest);
        else if (response is not null && request.IsWhole && response.IsWhole) error = null;
        Emit(client, request, response, request?.Error ?? response?.Error ?? error);
    }

    private void Emit(Direction client, Http2Message? request, Http2Message? response, ItemError? error)
    {
        var elapsed = request is null || response is null ? 0 : Math.Max(0, response.EndedAt.Since(request.StartedAt) / 1_000_000);
        context.Emit(HttpPayload.CreateItem(new HttpExchange(context, client, request, response, error, elapsed)));
    }

    private static void Break(Http2Message message, ItemError? error)
    {
        message.Truncated = message.Broken = true;
        message.Error ??= error is { ErrorType: "gap" or "connection" } ? error : ConnectionEnded;
    }
}
