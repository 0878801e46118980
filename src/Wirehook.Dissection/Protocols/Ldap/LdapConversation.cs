using Wirehook.Dissection.Contract;
using Wirehook.Dissection.Framing;
using Wirehook.Dissection.Items;
using Wirehook.Dissection.Pairing;
using Wirehook.Packets;
using Wirehook.Packets.Flows;

namespace Wirehook.Dissection.Protocols.Ldap;

/// <summary>The messages of one flow, over TCP or UDP: responses repeat the number of their request, and a search has many.</summary>
internal sealed class LdapConversation
{
    private const int MostParts = 256 << 10;
    private static readonly ItemError Incomplete = ItemError.Gap("Part of the message was not captured.");
    private static readonly ItemError NoRequest = ItemError.PairNotFound("The request was not found in the stream.");
    private static readonly ItemError PartsMissing = ItemError.Gap("Entries may be missing, because part of the stream was not captured.");
    private readonly FlowContext _context;
    private readonly KeyedPairing<LdapPending> _pairing;
    private int _losses;

    public LdapConversation(FlowContext context)
    {
        _context = context;
        _pairing = new KeyedPairing<LdapPending>(context, (request, error) => Emit(request, default, default, error));
    }

    /// <summary>The direction of the requests.</summary>
    public Direction? Client { get; private set; }

    /// <summary>Whether anything was seen.</summary>
    public bool HasBegun { get; private set; }

    /// <summary>How many requests wait.</summary>
    public int Waiting => _pairing.Count;

    /// <summary>The mechanism of the last SASL bind; empty where there was none.</summary>
    public string Mechanism { get; private set; } = "";

    /// <summary>Digests a message. False where it is none, or one that its sender does not send.</summary>
    public bool Accept(Direction direction, in FramedMessage message, Timestamp timestamp, out bool startsTls)
    {
        startsTls = false;
        if (!LdapMessage.TryRead(message.Bytes.Span, out var read)) return false;
        Client ??= LdapDetection.FindClient(direction, message.Bytes.Span);
        if (read.IsRequest != (direction == Client)) return false;
        HasBegun = true;
        if (read.IsRequest) OnRequest(read, message, timestamp);
        else startsTls = OnResponse(read, message, timestamp);
        return true;
    }

    /// <summary>Bytes are missing, or were passed over: entries of searches that wait may be among them.</summary>
    public void OnLoss() => _losses++;

    /// <summary>A layer that cannot be looked into has begun: one item says so.</summary>
    public void EmitOpaque(Direction direction, in FramedMessage buffer) =>
        _context.Emit(new LdapItem(_context, Client ?? direction, buffer with { Bytes = default, Size = 0 }, default, null) { OpaqueMechanism = Mechanism });

    /// <summary>The flow is over: whoever waits leaves.</summary>
    public void End(FlowEnd? end) => _pairing.Flush(end);

    private void OnRequest(in LdapMessage read, in FramedMessage message, Timestamp timestamp)
    {
        var request = new LdapPending { Timestamp = timestamp, Size = message.Size, Message = message, Operation = read.Operation, Losses = _losses, Error = message.Broken ? Incomplete : null };
        if (read.Operation == LdapOperation.BindRequest) Mechanism = LdapRequest.ReadMechanism(read.Content);
        if (read.Operation is LdapOperation.UnbindRequest or LdapOperation.AbandonRequest) Emit(request, default, default, request.Error);
        else _pairing.Add(read.Id, request);
    }

    private bool OnResponse(in LdapMessage read, in FramedMessage message, Timestamp timestamp)
    {
        var request = _pairing.Take(read.Id);
        if (request is not null && !Answers(request.Operation, read.Operation))
        {
            _pairing.Add(read.Id, request);
            request = null;
        }

        if (request is null)
        {
            // Number 0 is the server's own: it announces that it closes the connection (RFC 4511 §4.4.1).
            Emit(null, message, timestamp, message.Broken ? Incomplete : read.Id == 0 ? null : NoRequest);
            return false;
        }

        if (read.IsPart)
        {
            (request.Parts ??= new LdapParts(MostParts)).Add(message, read.Operation, timestamp);
            _pairing.Add(read.Id, request);
            return false;
        }

        Emit(request, message, timestamp, request.Error ?? (message.Broken ? Incomplete : HasGaps(request) ? PartsMissing : null));
        return LdapRequest.IsStartTls(request.Message.Bytes.Span) && LdapResponse.ReadResultCode(read) == 0;
    }

    private bool HasGaps(LdapPending request) => request.Operation == LdapOperation.SearchRequest && (request.Losses != _losses || request.Parts is { Broken: true });

    private static bool Answers(LdapOperation request, LdapOperation response) => response switch
    {
        LdapOperation.SearchResultEntry or LdapOperation.SearchResultReference or LdapOperation.SearchResultDone => request == LdapOperation.SearchRequest,
        LdapOperation.IntermediateResponse => true,
        LdapOperation.ExtendedResponse => request == LdapOperation.ExtendedRequest,
        _ => (int)response == (int)request + 1,
    };

    private void Emit(LdapPending? request, in FramedMessage response, Timestamp answered, ItemError? error)
    {
        var parts = request?.Parts;
        var end = response.IsEmpty && parts is not null ? parts.Latest : answered;
        var started = request is null ? response.Started : request.Message.Started;
        _context.Emit(new LdapItem(_context, Client ?? Direction.Forward, request?.Message ?? default, response, parts)
        {
            ElapsedMilliseconds = request is null || (response.IsEmpty && parts is null) ? 0 : Math.Max(0, end.Since(started) / 1_000_000),
            LacksParts = request is not null && HasGaps(request),
            Error = error,
        });
    }
}
