using Wirehook.Packets;

namespace Wirehook.Dissection.Protocols.Postgres;

/// <summary>Gives the server's messages to the exchanges that they answer.</summary>
internal sealed class PostgresServer(PostgresSession session)
{
    private static readonly string[] Methods =
        ["trust", "", "Kerberos V5", "password", "crypt", "md5", "SCM credentials", "GSS", "GSS", "SSPI", "SASL", "SASL", "SASL"];

    private PostgresReply? _latest;

    /// <summary>Whether the next row's values are wanted.</summary>
    public bool KeepsRows => (session.Pairing.Next is { } group ? group.Current.Reply : session.Orphan) is not { KeepsRows: false };

    /// <summary>Counts the whole rows at the front of <paramref name="data"/> whose values nobody wants; how many bytes they have.</summary>
    public int PassRows(ReadOnlySpan<byte> data, Timestamp timestamp)
    {
        if (data[0] != (byte)'D' || (session.Pairing.Next is { } group ? group.HasFailed ? null : group.Current.Reply : session.Orphan) is not { PassesRows: true } reply) return 0;
        var (at, rows) = (0, 0);
        while (at < data.Length && data[at] == (byte)'D' && PostgresCheck.TryReadLength(data[at..], server: true, out var length) && length <= data.Length - at)
        {
            at += length;
            rows++;
        }

        if (rows > 0) reply.PassRows(rows, at, timestamp);
        return at;
    }

    /// <summary>The rest of a message that was passed on already has come further.</summary>
    public void OnSkipped(Timestamp timestamp)
    {
        if (_latest is not null) _latest.Ended = timestamp;
    }

    /// <summary>The one byte that answers a request for encryption.</summary>
    public void OnEncryptionAnswer(byte answer, Timestamp timestamp)
    {
        var group = session.Pairing.Next!;
        group.Current.Reply = new PostgresReply { Started = timestamp, Ended = timestamp, Size = 1, Encryption = answer };
        session.Finish(group);
    }

    /// <summary>A message came.</summary>
    public void OnMessage(in PostgresMessage message)
    {
        var type = (char)message.Type;
        var group = session.Pairing.Next;
        if (type == 'A' || (type is 'N' or 'S' && group is null && session.Orphan is null) || (session.IsReplicating && type is 'd'))
        {
            OnUnasked(message);
            return;
        }

        if (group is not null && group.IsExtended && type is not ('N' or 'S' or 'E' or 'Z') && !Reach(group, message.Type))
        {
            session.Separate(group);
            group = null;
        }

        if (group is null)
        {
            OnOrphan(message);
            return;
        }

        group.HasBegun = true;
        if (type == 'E') OnError(group, message);
        else if (type == 'Z') OnReady(group, message);
        else Read(ReplyOf(group.Current, message), group, message);
    }

    /// <summary>What a message of the extended protocol answers: ParseComplete a Parse, rows an Execute; 0 for what answers nothing in particular.</summary>
    private static byte AnsweredBy(byte type) => (byte)((char)type switch
    {
        '1' => 'P',
        '2' => 'B',
        '3' => 'C',
        't' or 'T' or 'n' => 'D',
        'D' or 'C' or 'I' or 's' or 'G' or 'H' or 'W' or 'd' or 'c' => 'E',
        _ => '\0',
    });

    /// <summary>Whether nothing of the answer follows the message.</summary>
    private static bool Settles(byte type) => (char)type is '1' or '2' or '3' or 'T' or 'n' or 'C' or 'I' or 's';

    /// <summary>Goes to the exchange that awaits the message: the current one, or the next where the current one has all its answers.</summary>
    private bool Reach(PostgresGroup group, byte type)
    {
        var answered = AnsweredBy(type);
        if (answered == 0) return true;
        var current = group.Current;
        if (!current.IsDue(answered))
        {
            if (!current.IsAnswered || current.Next is not { } next || !next.IsDue(answered)) return false;
            group.Current = next;
            if (current.Reply is { } reply) session.EmitPair(current, reply);
        }

        if (Settles(type)) group.Current.Settle(answered);
        return true;
    }

    private PostgresReply ReplyOf(PostgresExchange exchange, in PostgresMessage message) => Count(exchange.Reply ??= new PostgresReply { Started = message.Started }, message);

    private PostgresReply Count(PostgresReply reply, in PostgresMessage message)
    {
        _latest = reply;
        reply.Size += message.Size;
        reply.Messages++;
        reply.Ended = message.Ended;
        return reply;
    }

    private void OnError(PostgresGroup group, in PostgresMessage message)
    {
        // Behind an answered exchange the error concerns the next one, whose first message the server could not carry out.
        if (group.IsExtended && group.Current is { IsAnswered: true, Next: { } next, Reply: { } answered })
        {
            session.EmitPair(group.Current, answered);
            group.Current = next;
        }

        var reply = ReplyOf(group.Current, message);
        reply.Error = Keep(reply, group, message.Body);
        group.HasFailed = true;
        if (PostgresFault.IsFatal(message.Body) || group.First.Command is "Startup" or "SSLRequest" or "GSSENCRequest") session.Finish(group);
    }

    private void OnReady(PostgresGroup group, in PostgresMessage message)
    {
        while (group.Current is { IsAnswered: true, Next: { IsAnswered: true } next } current)
        {
            if (current.Reply is { } done) session.EmitPair(current, done);
            group.Current = next;
        }

        if (group is { IsExtended: true, HasFailed: false } && (!group.Current.IsAnswered || group.Current.Next is not null)) session.Separate(group);
        if (group.Left is not null)
        {
            OnOrphan(message);
            return;
        }

        ReadStatus(ReplyOf(group.Current, message), message);
        session.Finish(group);
    }

    /// <summary>What answers no known request; ReadyForQuery ends it.</summary>
    private void OnOrphan(in PostgresMessage message)
    {
        var reply = Count(session.Orphan ??= new PostgresReply { Started = message.Started }, message);
        if (message.Type == (byte)'E') reply.Error = Keep(reply, null, message.Body);
        else if (message.Type != (byte)'Z') Read(reply, null, message);
        var isFatal = message.Type == (byte)'E' && PostgresFault.IsFatal(message.Body);
        if (message.Type != (byte)'Z' && !isFatal) return;
        if (message.Type == (byte)'Z') ReadStatus(reply, message);
        session.Pairing.Take(out var because);
        session.EndOrphan(because);
    }

    /// <summary>Notifications, notices and parameters that no request caused, and the log that replication sends.</summary>
    private void OnUnasked(in PostgresMessage message)
    {
        var reply = Count(new PostgresReply { Started = message.Started }, message);
        if (message.Type == (byte)'A') reply.Notification = Keep(reply, null, message.Body);
        else if (message.Type == (byte)'d') reply.Replication = Keep(reply, null, message.Body);
        else Read(reply, null, message);
        session.EmitReply(reply, null);
    }

    private void Read(PostgresReply reply, PostgresGroup? group, in PostgresMessage message)
    {
        switch ((char)message.Type)
        {
            case 'D':
                reply.AddRow(message.IsCut ? default : Keep(reply, group, message.Raw));
                break;
            case 'T':
                OnColumns(reply, group, message);
                break;
            case 'C' or 'I' or 's':
                var executed = group is { IsExtended: true } ? group.Current : null;
                reply.CompleteResult(message.Type == (byte)'C' ? Keep(reply, group, message.Body) : default, executed?.Statement, executed is { PortalName: not null } ? executed.Contents : default);
                break;
            case 't':
                if (group?.Current.Statement is { } described && message.Body.Length > 2) described.DescribedTypes = message.Body[2..].ToArray();
                break;
            case 'N':
                reply.AddNotice(Keep(reply, group, message.Body));
                break;
            case 'S':
                reply.AddParameter(Keep(reply, group, message.Body));
                break;
            case 'G' or 'H' or 'W' or 'd':
                OnCopy(reply, group, message);
                break;
            case 'R':
                OnAuthentication(reply, message.Body);
                break;
            case 'K':
                reply.Process = (uint)new PostgresCursor(message.Body).ReadInt32();
                break;
            case 'V':
                reply.FunctionResult = Keep(reply, group, message.Body);
                break;
        }
    }

    private void OnColumns(PostgresReply reply, PostgresGroup? group, in PostgresMessage message)
    {
        // An unnamed portal is described for this one execution; whatever has a name is executed again without being described.
        if (group is { IsExtended: true, Current: { Executes: false } or not { PortalName: "", StatementName: "" } } && group.Current.Statement is { Columns.Length: 0 } statement)
        {
            statement.Columns = message.Body.ToArray();
        }

        reply.BeginResult(Keep(reply, group, message.Body));
    }

    private void OnCopy(PostgresReply reply, PostgresGroup? group, in PostgresMessage message)
    {
        if (message.Type == (byte)'d')
        {
            reply.Copied ??= new PostgresCopy("out", isBinary: false, 0);
            reply.Copied.Add(message.Size - PostgresCheck.HeaderLength);
            return;
        }

        var cursor = new PostgresCursor(message.Body);
        reply.Copied = new PostgresCopy((char)message.Type switch { 'G' => "in", 'H' => "out", _ => "both" }, cursor.ReadByte() == 1, cursor.ReadInt16());
        if (message.Type != (byte)'W') return;
        session.IsReplicating = true;
        if (group is not null) session.Finish(group);
    }

    private static void OnAuthentication(PostgresReply reply, ReadOnlySpan<byte> body)
    {
        var cursor = new PostgresCursor(body);
        var method = cursor.ReadInt32();
        if (method < 0 || method >= Methods.Length) return;
        if (method == 10 && PostgresText.Read(cursor.ReadText()) is { Length: > 0 } mechanism) reply.Authentication = mechanism;
        else reply.Authentication ??= Methods[method];
    }

    private static void ReadStatus(PostgresReply reply, in PostgresMessage message) => reply.Status = message.Body.IsEmpty ? (byte)0 : message.Body[0];

    /// <summary>Keeps bytes of a message, as long as the reply's share lasts.</summary>
    private ReadOnlyMemory<byte> Keep(PostgresReply reply, PostgresGroup? group, ReadOnlySpan<byte> bytes)
    {
        if (reply.Kept + bytes.Length > session.Context.Options.BodyLimit)
        {
            session.Context.Losses.BodyBytes.Add(bytes.Length);
            return default;
        }

        reply.Kept += bytes.Length;
        group?.Grow(session.Context.Memory, bytes.Length);
        return session.Context.Arena.Keep(bytes);
    }
}
