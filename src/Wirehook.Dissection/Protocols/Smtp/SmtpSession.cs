using System.Text;
using Wirehook.Dissection.Contract;
using Wirehook.Dissection.Items;
using Wirehook.Dissection.Pairing;
using Wirehook.Dissection.Records;
using Wirehook.Packets;
using Wirehook.Packets.Flows;

namespace Wirehook.Dissection.Protocols.Smtp;

/// <summary>Pairs commands with replies, in order, and puts mails together with their envelopes.</summary>
internal sealed class SmtpSession
{
    private const int MostRecipients = 100;
    private const int GoAhead = 354;
    private const int Closing = 421;
    private const int Ready = 220;
    private const int Goodbye = 221;
    private static readonly ItemError NotAnswered = ItemError.PairNotFound("The server answered the commands behind this one and not this one.");
    private readonly FlowContext _context;
    private readonly OrderedPairing<SmtpPending> _pairing;
    private string _from = "";
    private List<FieldValue> _to = [];
    private SmtpContent? _chunks;
    private bool _greeted;
    private bool _spoken;

    public SmtpSession(FlowContext context)
    {
        _context = context;
        _pairing = new OrderedPairing<SmtpPending>(context, EmitUnanswered);
        _greeted = !context.AtStart || SmtpModule.IsAgreed(context.Upgrade);
    }

    /// <summary>Who sends commands.</summary>
    public Direction Client { get; set; }

    /// <summary>The command whose content is on its way, or that asks whether it may come; null where none does.</summary>
    public SmtpPending? Receiving { get; private set; }

    /// <summary>Whether the server has agreed to turn to TLS.</summary>
    public bool TurnsToTls { get; private set; }

    /// <summary>Whether the server has asked for an answer within AUTH, or may have.</summary>
    public bool Authenticates { get; private set; }

    /// <summary>A whole command line has come.</summary>
    public SmtpPending OnCommand(ReadOnlySpan<byte> line, SmtpVerb verb, Timestamp started, Timestamp timestamp)
    {
        _spoken = true;
        NoteEnvelope(line, verb);
        var pending = new SmtpPending
        {
            Line = _context.Arena.Keep(line),
            Verb = verb,
            Started = started,
            Timestamp = timestamp,
            Size = line.Length,
            // The next mail's envelope may come before the reply to this mail.
            From = _from,
            To = _to,
        };
        Authenticates = verb is SmtpVerb.Auth or SmtpVerb.AuthAnswer;
        if (verb is SmtpVerb.Data or SmtpVerb.Chunk)
        {
            Receiving = pending;
            pending.IsReceiving = true;
            pending.Content = verb == SmtpVerb.Chunk ? _chunks ??= new SmtpContent(_context) : new SmtpContent(_context);
        }

        _pairing.Add(pending);
        return pending;
    }

    /// <summary>The content of <see cref="Receiving"/> is complete, or given up.</summary>
    /// <param name="isLast">Whether the mail ends with it.</param>
    public void OnContentEnd(bool isLast)
    {
        var pending = Receiving!;
        (Receiving, pending.IsReceiving) = (null, false);
        if (pending.Verb == SmtpVerb.Chunk)
        {
            if (isLast) _chunks = null;
            else pending.Content = null;
        }

        if (pending.DelayedError is { } error) EmitUnanswered(pending, error);
        // Where its item has left already, nobody else frees the content.
        else if (pending.IsEmitted) pending.Content?.Free();
    }

    /// <summary>A whole reply has come.</summary>
    public void OnReply(ReadOnlySpan<byte> reply, int code, Timestamp started, Timestamp timestamp)
    {
        ExpectGreeting(code);
        if (!_greeted || code == Closing)
        {
            // The server speaks first (RFC 5321 §3.1), and says 421 whenever it closes the connection.
            if (!_greeted || _pairing.Next is null) EmitAlone(reply, code, null, started);
            else EmitPair(_pairing.Take(out var because), because, reply, code, started, timestamp);
            _greeted = true;
            return;
        }

        // A mail that misses bytes may have ended in them; the server's word shows that it has.
        if (Receiving is { IsBroken: true, Verb: SmtpVerb.Data, InterimCode: > 0 }) OnContentEnd(isLast: true);
        if (code == GoAhead && (Receiving ?? _pairing.Next) is { Verb: SmtpVerb.Data, InterimCode: 0 } data)
        {
            // Nothing else has this reply, and DATA is the last command of any group (RFC 2920 §3.1).
            (data.InterimCode, data.InterimReply) = (code, _context.Arena.Keep(reply));
            return;
        }

        if (code == Goodbye) SkipToQuit();
        var request = _pairing.Take(out var reason);
        if (request is not null) Conclude(request, code);
        EmitPair(request, reason, reply, code, started, timestamp);
    }

    /// <summary>Commands or replies may be missing.</summary>
    public void OnGap()
    {
        _spoken = true;
        _pairing.OnGap();
        _greeted = true;
    }

    /// <summary>The connection is over.</summary>
    public void Flush(FlowEnd? end)
    {
        if (Receiving is { } receiving)
        {
            receiving.IsBroken = true;
            if (receiving.Content is { } content) content.IsCut = true;
            OnContentEnd(isLast: true);
        }

        _pairing.Flush(end);
        _chunks?.Free();
    }

    /// <summary>Before a greeting nothing is outstanding, whether the connection's beginning was captured or not.</summary>
    private void ExpectGreeting(int code)
    {
        if (!_context.AtStart && code == Ready && !_spoken)
        {
            _greeted = false;
            _pairing.OnIdle();
        }

        _spoken = true;
    }

    /// <summary>What follows from the reply to <paramref name="request"/>.</summary>
    private void Conclude(SmtpPending request, int code)
    {
        if (request.Verb == SmtpVerb.StartTls && code / 100 == 2) TurnsToTls = true;
        if (request == Receiving && request is { Verb: SmtpVerb.Data, InterimCode: 0 }) EndRefused();
        if (request.Verb is SmtpVerb.Auth or SmtpVerb.AuthAnswer && code / 100 != 3) Authenticates = false;
    }

    /// <summary>Only QUIT is answered by 221: commands before it were never answered.</summary>
    private void SkipToQuit()
    {
        while (_pairing is { Count: > 1, Next.Verb: not SmtpVerb.Quit } && _pairing.Take(out _) is { } unanswered) EmitUnanswered(unanswered, NotAnswered);
    }

    /// <summary>The server did not let the mail come, or did not let it come as long as it is.</summary>
    private void EndRefused()
    {
        var refused = Receiving!;
        if (refused.ContentLength == 0) refused.Content = null;
        (Receiving, refused.IsReceiving) = (null, false);
    }

    private void NoteEnvelope(ReadOnlySpan<byte> line, SmtpVerb verb)
    {
        switch (verb)
        {
            case SmtpVerb.Hello or SmtpVerb.Reset or SmtpVerb.Mail:
                (_from, _to) = (verb == SmtpVerb.Mail ? AddressOf(line) : "", []);
                _chunks?.Free();
                _chunks = null;
                break;
            case SmtpVerb.Recipient when _to.Count < MostRecipients:
                _to.Add(FieldValue.From(AddressOf(line)));
                break;
            default:
                break;
        }
    }

    /// <summary>The address between angle brackets, or behind the colon where a client leaves them out.</summary>
    private static string AddressOf(ReadOnlySpan<byte> line)
    {
        var argument = SmtpCommandLine.ArgumentOf(line);
        argument = argument[(argument.IndexOf((byte)':') + 1)..].TrimStart((byte)' ');
        var (start, end) = (argument.IndexOf((byte)'<'), argument.IndexOf((byte)'>'));
        if (start >= 0 && end > start) return Encoding.UTF8.GetString(argument[(start + 1)..end]);
        var space = argument.IndexOf((byte)' ');
        return Encoding.UTF8.GetString(space < 0 ? argument : argument[..space]);
    }

    private void EmitPair(SmtpPending? request, ItemError? because, ReadOnlySpan<byte> reply, int code, Timestamp started, Timestamp timestamp)
    {
        if (request is null)
        {
            EmitAlone(reply, code, because, started);
            return;
        }

        if (request.InterimCode > 0) _context.CountInterimResponse(SmtpModule.Smtp);
        _context.Emit(new SmtpItem(_context, Client, request.Started, CommandOf(request), new SmtpReply(_context.Arena.Keep(reply), code, request.InterimCode))
        {
            RequestSize = request.Size + request.ContentLength,
            ResponseSize = reply.Length,
            ElapsedMilliseconds = timestamp.Since(request.Started) / 1_000_000,
            IsBroken = request.IsBroken,
        });
    }

    private void EmitAlone(ReadOnlySpan<byte> reply, int code, ItemError? error, Timestamp started) =>
        _context.Emit(new SmtpItem(_context, Client, started, null, new SmtpReply(_context.Arena.Keep(reply), code, 0)) { ResponseSize = reply.Length, Error = error });

    private void EmitUnanswered(SmtpPending request, ItemError error)
    {
        if (request is { IsReceiving: true, Verb: SmtpVerb.Data })
        {
            // The mail is still on its way, and is the better part of the item.
            request.DelayedError = error;
            return;
        }

        var interim = request.InterimCode > 0 ? new SmtpReply(request.InterimReply, request.InterimCode, request.InterimCode) : null;
        if (interim is not null) _context.CountInterimResponse(SmtpModule.Smtp);
        _context.Emit(new SmtpItem(_context, Client, request.Started, CommandOf(request), interim)
        {
            ResponseSize = request.InterimReply.Length,
            IsInterim = true,
            RequestSize = request.Size + request.ContentLength,
            IsBroken = request.IsBroken,
            Error = error,
        });
    }

    private static SmtpCommand CommandOf(SmtpPending request)
    {
        request.IsEmitted = true;
        if (request is { Verb: SmtpVerb.Chunk, IsReceiving: true }) return new SmtpCommand(request.Line, isAnswer: false, null);
        var mail = request.Content is { } content
            ? new SmtpMail(request.From, request.To, content.Kept, content.Length, request.Verb == SmtpVerb.Data, content.IsCut || request.IsReceiving)
            : null;
        request.Content?.Free();
        request.Content = null;
        return new SmtpCommand(request.Line, request.Verb == SmtpVerb.AuthAnswer, mail);
    }
}
