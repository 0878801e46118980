using Wirehook.Dissection.Contract;
using Wirehook.Dissection.Items;
using Wirehook.Packets;
using Wirehook.Packets.Flows;

namespace Wirehook.Dissection.Protocols.Dns;

/// <summary>
/// The DNS messages of one flow, over UDP or TCP: responses meet their queries by asker, id and question. mDNS messages stand alone, because
/// its responses answer everyone and nobody in particular (RFC 6762 §6).
/// </summary>
internal sealed class DnsConversation
{
    private static readonly ItemError NoQuery = ItemError.PairNotFound("No query for this response was captured.");
    private static readonly ItemError NoResponse = ItemError.Timeout("No response came within 10 seconds.");
    private static readonly ItemError Ended = ItemError.PairNotFound("The capture or the connection ended before a response came.");
    private static readonly ItemError Broken = ItemError.Connection("The connection broke before a response came.");
    private static readonly ItemError Damaged = ItemError.Dissection("The question section does not parse.");
    private static readonly ItemError CutOff = ItemError.Gap("The capture kept only part of the question section.");
    private static readonly ItemError Crowded = ItemError.PairNotFound("Too many queries waited for their response.");

    private readonly FlowContext _context;
    private readonly DnsPendingTable _pending;
    private readonly Protocol _protocol;
    private int _transferId = -1;

    /// <summary>The conversation of <paramref name="context"/>'s flow.</summary>
    public DnsConversation(FlowContext context)
    {
        (_context, _pending, _protocol) = (context, context.Shared<DnsPendingTable>(), DnsProtocols.Of(context.Flow));
    }

    /// <summary>The flow.</summary>
    public Flow Flow => _context.Flow;

    /// <summary>Place of this conversation's oldest query in the table, -1 where none waits; kept by the table.</summary>
    internal int OldestPending { get; set; } = -1;

    /// <summary>Place of this conversation's newest query in the table, -1 where none waits; kept by the table.</summary>
    internal int NewestPending { get; set; } = -1;

    /// <summary>Digests one message; false where it is not DNS.</summary>
    /// <param name="direction">Who sent it.</param>
    /// <param name="message">The message as captured.</param>
    /// <param name="missing">Bytes of it that the capture lacks.</param>
    /// <param name="timestamp">When it was captured.</param>
    public bool Accept(Direction direction, ReadOnlySpan<byte> message, int missing, Timestamp timestamp)
    {
        if (!DnsMessageCheck.TryRead(message, out var header, out var questionsEnd)) return AcceptDamaged(direction, message, missing, header, timestamp);
        _pending.AdvanceTo(timestamp);
        var wireLength = message.Length + missing;
        if (_protocol == DnsProtocols.Multicast) EmitAlone(direction, message, wireLength, header.IsResponse, timestamp, null);
        else if (!header.IsResponse) _pending.Add(this, header.Id, message, questionsEnd, wireLength, direction, timestamp);
        else AcceptResponse(direction, message, wireLength, header, questionsEnd, timestamp);
        return true;
    }

    /// <summary>Whether a response that <paramref name="responder"/> carries to <paramref name="asker"/> may answer a query of this conversation.</summary>
    /// <param name="responder">The conversation that carries the response.</param>
    /// <param name="asker">Who gets the response.</param>
    /// <param name="direction">The query's direction.</param>
    public bool IsAnsweredBy(DnsConversation responder, Endpoint asker, Direction direction) =>
        Flow.SenderOf(direction) == asker && (ReferenceEquals(this, responder) || IsGroup(Flow.SenderOf(direction ^ Direction.Reverse).Address));

    /// <summary>Emits a query that has waited too long.</summary>
    public void EmitExpired(in DnsPendingQuery query) => EmitUnanswered(query, NoResponse);

    /// <summary>Emits a query for which there was no more room.</summary>
    public void EmitEvicted(in DnsPendingQuery query)
    {
        _context.Losses.PendingMessages.Add();
        EmitUnanswered(query, Crowded);
    }

    /// <summary>Emits what still waits.</summary>
    /// <param name="end">Why the flow ended; null for a hand-over to another protocol.</param>
    public void End(FlowEnd? end)
    {
        var error = end switch
        {
            FlowEnd.Expired => NoResponse,
            FlowEnd.Reset => Broken,
            _ => Ended,
        };
        while (_pending.TryTakeOf(this, out var query)) EmitUnanswered(query, error);
    }

    private static bool IsGroup(IpAddress address) => address.IsIPv4 ? (address.Low & 0xF000_0000) == 0xE000_0000 : address.High >> 56 == 0xFF;

    /// <summary>A zone transfer answers one query with many messages (RFC 5936 §2.2); the first one pairs, the others stand alone.</summary>
    private static bool IsTransfer(in DnsPendingQuery query) =>
        query.QuestionsEnd >= DnsMessageCheck.ShortestWithQuestion
        && query.Message[query.QuestionsEnd - 4] == 0 && query.Message[query.QuestionsEnd - 3] is 251 or 252;

    private bool AcceptDamaged(Direction direction, ReadOnlySpan<byte> message, int missing, in DnsHeader header, Timestamp timestamp)
    {
        if (!DnsProtocols.HasKnownPort(Flow) || !DnsMessageCheck.IsDamaged(header)) return false;
        EmitAlone(direction, message, message.Length + missing, header.IsResponse, timestamp, missing > 0 ? CutOff : Damaged);
        return true;
    }

    private void AcceptResponse(Direction direction, ReadOnlySpan<byte> message, int wireLength, in DnsHeader header, int questionsEnd, Timestamp timestamp)
    {
        var asker = Flow.SenderOf(direction ^ Direction.Reverse);
        if (_pending.TryTake(this, asker, header.Id, message[DnsHeader.Length..questionsEnd], out var query))
        {
            _transferId = Flow.Transport == TransportProtocol.Tcp && IsTransfer(query) ? header.Id : -1;
            query.Owner.EmitPair(query, message, wireLength, questionsEnd, timestamp);
        }
        else
        {
            EmitAlone(direction, message, wireLength, isResponse: true, timestamp, header.Id == _transferId ? null : NoQuery);
        }
    }

    /// <summary>A response that repeats operation and questions serves as the request's message too, so that only one of them is kept.</summary>
    private void EmitPair(in DnsPendingQuery query, ReadOnlySpan<byte> response, int responseLength, int questionsEnd, Timestamp timestamp)
    {
        const int opCodeBits = 0x78;
        var kept = _context.Arena.Keep(response);
        var repeats = query.QuestionsEnd == questionsEnd && ((query.Message[2] ^ response[2]) & opCodeBits) == 0
            && query.Message[DnsHeader.Length..questionsEnd].SequenceEqual(response[DnsHeader.Length..questionsEnd]);
        var request = repeats ? kept : _context.Arena.Keep(query.Message);
        _context.Emit(new DnsItem(_context, _protocol, query.Direction, query.Timestamp, request, kept)
        {
            RequestSize = query.WireLength,
            ResponseSize = responseLength,
            ElapsedMilliseconds = Math.Max(0, timestamp.Since(query.Timestamp) / 1_000_000),
        });
    }

    private void EmitUnanswered(in DnsPendingQuery query, ItemError error) =>
        EmitAlone(query.Direction, query.Message, query.WireLength, isResponse: false, query.Timestamp, error);

    private void EmitAlone(Direction direction, ReadOnlySpan<byte> message, int wireLength, bool isResponse, Timestamp timestamp, ItemError? error)
    {
        var kept = _context.Arena.Keep(message);
        var asked = isResponse && _protocol != DnsProtocols.Multicast ? direction ^ Direction.Reverse : direction;
        var item = isResponse
            ? new DnsItem(_context, _protocol, asked, timestamp, default, kept) { ResponseSize = wireLength, Error = error }
            : new DnsItem(_context, _protocol, asked, timestamp, kept, default) { RequestSize = wireLength, Error = error };
        _context.Emit(item);
    }
}
