using System.Buffers.Text;
using Wirehook.Dissection.Contract;
using Wirehook.Packets;
using Wirehook.Packets.Flows;

namespace Wirehook.Dissection.Protocols.Smtp;

/// <summary>Dissects one connection: the client's lines and mails, the server's replies.</summary>
internal sealed class SmtpDissector(FlowContext context) : StreamDissector
{
    /// <summary>How many bytes of the client wait at most for the reply that says whether they are a mail.</summary>
    private const int AwaitLimit = 64 << 10;

    private const int LongestLine = 16 << 10;
    private const int TlsHandshake = 22;
    private readonly SmtpSession _session = new(context);
    private Direction? _client = context.Upgrade is { Protocol.Length: > 0 } upgrade ? upgrade.ClientDirection : null;
    private Timestamp? _commandStarted;
    private Timestamp? _replyStarted;
    private int _replyRead;
    private int _replyCode;
    private bool _serverSpeaks;
    private bool _clientLost;
    private bool _serverLost;
    private bool _emitted;
    private bool _midLine;
    private bool _asksTls;
    private long _chunkLeft;
    private bool _chunkIsLast;

    /// <inheritdoc/>
    public override StreamStep Dissect(Direction direction, ReadOnlySpan<byte> data, Timestamp timestamp)
    {
        if (_client is null && !TrySettle(direction, data)) return StreamStep.Resync(data.Length);
        _session.Client = _client!.Value;
        return direction == _client ? ReadClient(data, timestamp) : ReadServer(data, timestamp);
    }

    /// <inheritdoc/>
    public override void OnGap(Direction direction, ReadOnlySpan<byte> undigested, long length, Timestamp timestamp)
    {
        if (direction == _client)
        {
            OnClientGap(undigested.Length, length);
            _commandStarted = null;
        }
        else
        {
            (_serverLost, _serverSpeaks) = (true, false);
            ForgetReply();
        }

        _session.OnGap();
    }

    /// <inheritdoc/>
    public override void OnDirectionEnd(Direction direction, ReadOnlySpan<byte> undigested, Timestamp timestamp)
    {
        if (direction == _client && _session.Receiving is { } receiving)
        {
            receiving.IsBroken = true;
            if (receiving.Content is { } content) content.IsCut = true;
            _session.OnContentEnd(isLast: true);
        }

        if (direction != _client) _serverSpeaks = false;
    }

    /// <inheritdoc/>
    public override void OnEnd(FlowEnd? end, Timestamp timestamp) => _session.Flush(end);

    /// <summary>Finds out who is the client by the first line; false where it does not tell.</summary>
    private bool TrySettle(Direction direction, ReadOnlySpan<byte> data)
    {
        var isReply = SmtpReplyLines.CodeOf(data[..Math.Min(4, data.Length)]) > 0;
        if (!isReply && !context.AtStart && SmtpCommandLine.VerbOf(data[..(data.IndexOf((byte)'\n') + 1)]) == SmtpVerb.Unknown) return false;
        _client = isReply ? direction ^ Direction.Reverse : direction;
        return true;
    }

    private StreamStep ReadClient(ReadOnlySpan<byte> data, Timestamp timestamp)
    {
        _commandStarted ??= timestamp;
        if (_chunkLeft > 0) return ReadChunk(data);
        if (_session.Receiving is { Verb: SmtpVerb.Data } mail)
        {
            // What follows DATA is the mail only if the server lets it come.
            if (mail.InterimCode == 0 && mail.ContentLength == 0 && _serverSpeaks && data.Length <= AwaitLimit) return StreamStep.AwaitOther();
            return ReadContent(mail, data);
        }

        if (_asksTls && data is [TlsHandshake, 3, ..])
        {
            if (_serverSpeaks && data.Length <= AwaitLimit) return StreamStep.AwaitOther();
            return StreamStep.HandOver(0, NewUpgrade());
        }

        return ReadCommand(data, timestamp);
    }

    private StreamStep ReadCommand(ReadOnlySpan<byte> data, Timestamp timestamp)
    {
        var end = data.IndexOf((byte)'\n');
        if (end < 0) return data.Length <= LongestLine ? StreamStep.NeedMore() : LoseClient(data.Length);
        var line = data[..(end + 1)];
        var verb = SmtpCommandLine.VerbOf(line);
        if (verb == SmtpVerb.Unknown && _session.Authenticates && IsAuthAnswer(line)) verb = SmtpVerb.AuthAnswer;
        if (verb == SmtpVerb.Unknown && (_clientLost || !SmtpCommandLine.IsPlausible(line))) return LoseClient(line.Length);
        var started = _commandStarted ?? timestamp;
        (_commandStarted, _clientLost, _midLine, _emitted) = (null, false, false, true);
        _asksTls = verb == SmtpVerb.StartTls;
        var pending = _session.OnCommand(line, verb, started, timestamp);
        if (verb == SmtpVerb.Chunk) BeginChunk(pending);
        return StreamStep.Consume(line.Length);
    }

    /// <summary>Client data that is no command: not SMTP at all, or damaged.</summary>
    private StreamStep LoseClient(int length)
    {
        if (!_emitted) return StreamStep.Reject("not-smtp");
        (_clientLost, _commandStarted) = (true, null);
        return StreamStep.Resync(length);
    }

    /// <summary>The lines of a mail up to the lone dot (RFC 5321 §4.1.1.4).</summary>
    private StreamStep ReadContent(SmtpPending mail, ReadOnlySpan<byte> data)
    {
        if (!_midLine && data.StartsWith(".\r\n"u8)) return EndContent(mail, default, 3);
        var end = data.IndexOf("\r\n.\r\n"u8);
        if (end >= 0) return EndContent(mail, data[..(end + 2)], 3);
        // The rest may be the beginning of the end.
        var whole = data.LastIndexOf((byte)'\n') + 1;
        if (whole == 0)
        {
            if (data.Length <= LongestLine) return StreamStep.NeedMore();
            whole = data.Length;
            _midLine = true;
        }
        else
        {
            // Only CR LF ends a line: a dot behind a bare LF is content.
            _midLine = !data[..whole].EndsWith("\r\n"u8);
        }

        AddContent(mail, data[..whole]);
        return StreamStep.Consume(whole);
    }

    private StreamStep EndContent(SmtpPending mail, ReadOnlySpan<byte> content, int terminator)
    {
        AddContent(mail, content);
        mail.ContentLength += terminator;
        (_midLine, _commandStarted) = (false, null);
        _session.OnContentEnd(isLast: true);
        return StreamStep.Consume(content.Length + terminator);
    }

    private static void AddContent(SmtpPending pending, ReadOnlySpan<byte> content)
    {
        pending.ContentLength += content.Length;
        pending.Content?.Add(content);
    }

    /// <summary>BDAT says how many bytes follow, and whether they are the last (RFC 3030 §2).</summary>
    private void BeginChunk(SmtpPending pending)
    {
        var argument = SmtpCommandLine.ArgumentOf(pending.Line.Span);
        if (!Utf8Parser.TryParse(argument, out long length, out var read) || length < 0) (length, read) = (0, 0);
        (_chunkLeft, _chunkIsLast) = (length, argument[read..].Trim((byte)' ').Length == 4);
        if (length == 0) _session.OnContentEnd(_chunkIsLast);
    }

    private StreamStep ReadChunk(ReadOnlySpan<byte> data)
    {
        var count = (int)Math.Min(_chunkLeft, data.Length);
        _chunkLeft -= count;
        if (_session.Receiving is { } pending)
        {
            AddContent(pending, data[..count]);
            if (_chunkLeft == 0) _session.OnContentEnd(_chunkIsLast);
        }

        if (_chunkLeft == 0) _commandStarted = null;
        return StreamStep.Consume(count);
    }

    private void OnClientGap(int undigested, long length)
    {
        if (_session.Receiving is not { } receiving)
        {
            (_clientLost, _chunkLeft) = (true, 0);
            return;
        }

        receiving.IsBroken = true;
        receiving.ContentLength += undigested + length;
        if (receiving.Content is { } content) content.IsCut = true;
        if (receiving.Verb == SmtpVerb.Data)
        {
            _midLine = true;
            return;
        }

        _chunkLeft -= undigested + length;
        if (_chunkLeft > 0) return;
        _clientLost = _chunkLeft < 0;
        _chunkLeft = 0;
        _session.OnContentEnd(_chunkIsLast);
    }

    private StreamStep ReadServer(ReadOnlySpan<byte> data, Timestamp timestamp)
    {
        _replyStarted ??= timestamp;
        var length = SmtpReplyLines.Measure(data, ref _replyRead, ref _replyCode);
        if (length == 0) return data.Length <= context.Options.HeadLimit ? StreamStep.NeedMore() : LoseServer(data.Length);
        if (length < 0)
        {
            if (!_emitted) return StreamStep.Reject("not-smtp");
            var end = data.IndexOf((byte)'\n');
            return LoseServer(end < 0 ? data.Length : end + 1);
        }

        var started = _replyStarted.Value;
        (_serverLost, _serverSpeaks, _emitted) = (false, true, true);
        var code = _replyCode;
        ForgetReply();
        _session.OnReply(data[..length], code, started, timestamp);
        return _session.TurnsToTls ? StreamStep.HandOver(length, NewUpgrade()) : StreamStep.Consume(length);
    }

    private StreamStep LoseServer(int length)
    {
        if (!_serverLost) _session.OnGap();
        _serverLost = true;
        ForgetReply();
        return StreamStep.Resync(length);
    }

    /// <summary>The next reply begins with the next byte.</summary>
    private void ForgetReply() => (_replyStarted, _replyRead, _replyCode) = (null, 0, 0);

    private Upgrade NewUpgrade() => new("tls") { Inner = SmtpModule.Smtp.Name, ClientDirection = _client!.Value };

    private static bool IsAuthAnswer(ReadOnlySpan<byte> line)
    {
        var text = line.TrimEnd("\r\n"u8);
        return text.SequenceEqual("*"u8) || Base64.IsValid(text);
    }
}
