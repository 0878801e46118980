using Wirehook.Dissection.Items;
using Wirehook.Packets;

namespace Wirehook.Dissection.Protocols.Postgres;

/// <summary>Makes exchanges of the client's messages.</summary>
internal sealed class PostgresClient(PostgresSession session)
{
    private const int KeptPortalBytes = 4096;
    private static readonly ItemError StartMissing = ItemError.Gap("The start of the session was not captured.");

    /// <summary>A packet without type came: the start of a session, a request for encryption, or one to cancel a query.</summary>
    public void OnStartup(PostgresStartupKind kind, Version protocol, in PostgresMessage message)
    {
        session.Accepted = true;
        if (kind == PostgresStartupKind.Session) session.Login = ReadLogin(message.Body);
        var exchange = Create(kind switch
        {
            PostgresStartupKind.Tls => "SSLRequest",
            PostgresStartupKind.Gss => "GSSENCRequest",
            PostgresStartupKind.Cancel => "CancelRequest",
            _ => "Startup",
        }, message);
        switch (kind)
        {
            case PostgresStartupKind.Session:
                exchange.Contents = session.Context.Arena.Keep(message.Body);
                exchange.Number = ((long)protocol.Major << 16) | (long)protocol.Minor;
                break;
            case PostgresStartupKind.Cancel:
                exchange.Number = (uint)new PostgresCursor(message.Body).ReadInt32();
                session.EmitRequest(exchange, null);
                return;
        }

        session.Begin(exchange, message, extended: false).Grow(session.Context.Memory, exchange.Contents.Length);
    }

    /// <summary>A message came.</summary>
    public void OnMessage(in PostgresMessage message)
    {
        switch ((char)message.Type)
        {
            case 'Q':
                OnQuery(message);
                break;
            case 'P' or 'B' or 'D' or 'E' or 'C':
                OnExtended(message);
                break;
            case 'S' or 'H':
                OnSync(message, closes: message.Type == (byte)'S');
                break;
            case 'd' or 'c' or 'f':
                OnCopy(message);
                break;
            case 'p':
                OnAuthentication(message);
                break;
            case 'F':
                var call = Create("FunctionCall", message);
                call.Number = (uint)new PostgresCursor(message.Body).ReadInt32();
                session.Begin(call, message, extended: false);
                break;
            default:
                session.CloseOpen();
                session.EmitRequest(Create(PostgresMessages.ClientName(message.Type), message), null);
                break;
        }
    }

    private static void Join(PostgresExchange exchange, in PostgresMessage message)
    {
        exchange.Size += message.Size;
        exchange.Messages++;
        exchange.Truncated |= message.IsCut && message.Type != (byte)'d' && message.Type != (byte)'p';
    }

    private static PostgresLogin ReadLogin(ReadOnlySpan<byte> parameters)
    {
        var (user, database) = ("", "");
        var cursor = new PostgresCursor(parameters);
        while (true)
        {
            var name = cursor.ReadText();
            if (name.IsEmpty || cursor.Failed) break;
            var value = cursor.ReadText();
            if (name.SequenceEqual("user"u8)) user = PostgresText.Read(value);
            else if (name.SequenceEqual("database"u8)) database = PostgresText.Read(value);
        }

        return new PostgresLogin(user, database.Length > 0 ? database : user);
    }

    private PostgresExchange Create(string command, in PostgresMessage message)
    {
        var exchange = new PostgresExchange { Command = command, Started = message.Started, Login = session.Login };
        Join(exchange, message);
        return exchange;
    }

    private void OnQuery(in PostgresMessage message)
    {
        var exchange = Create("Query", message);
        var text = message.Body;
        if (!text.IsEmpty && text[^1] == 0) text = text[..^1];
        exchange.Query = session.Context.Arena.Keep(text);
        session.Begin(exchange, message, extended: false).Grow(session.Context.Memory, text.Length);
    }

    private void OnExtended(in PostgresMessage message)
    {
        var exchange = ExchangeFor(message, out var group);
        exchange.Await(message.Type);
        var kept = exchange.Contents.Length + exchange.Query.Length;
        var cursor = new PostgresCursor(message.Body);
        switch ((char)message.Type)
        {
            case 'P':
                OnParse(exchange, ref cursor);
                break;
            case 'B':
                OnBind(exchange, message);
                break;
            case 'E':
                OnExecute(exchange, ref cursor);
                break;
            default:
                OnNamed(exchange, message.Type, ref cursor);
                break;
        }

        group.Grow(session.Context.Memory, exchange.Contents.Length + exchange.Query.Length - kept);
        if (group.Kept > session.Context.Options.PendingBytesLimit) session.Overflow(group);
    }

    /// <summary>The exchange that the message joins: the last of the open group, or a new one.</summary>
    private PostgresExchange ExchangeFor(in PostgresMessage message, out PostgresGroup group)
    {
        var type = message.Type;
        var portal = !message.Body.IsEmpty && message.Body[0] == (byte)'P';
        var name = PostgresMessages.ClientName(type);
        if (session.Open is not { } open)
        {
            var first = Create(name, message);
            group = session.Begin(first, message, extended: true);
            return first;
        }

        group = open;
        if (open.Last.Precludes(type, portal))
        {
            var next = Create(name, message);
            var last = open.Last;
            open.Add(next);
            if (open.Left is { } because) session.EmitRequest(last, because);
            else if (open.Count > session.Context.Options.PendingLimit) session.Overflow(open);
            return next;
        }

        if (type == (byte)'E') open.Last.Command = name;
        Join(open.Last, message);
        return open.Last;
    }

    private void OnParse(PostgresExchange exchange, ref PostgresCursor cursor)
    {
        var name = PostgresText.Read(cursor.ReadText());
        var query = cursor.ReadText().ToArray();
        var types = cursor.ReadBytes(4 * cursor.ReadInt16());
        var statement = new PostgresStatement { Query = query, ParameterTypes = types.ToArray(), Truncated = cursor.Failed };
        (exchange.StatementName, exchange.Statement, exchange.Query) = (name, statement, query);
        session.Statements.Set(name, statement, query.Length + types.Length);
    }

    private void OnBind(PostgresExchange exchange, in PostgresMessage message)
    {
        var cursor = new PostgresCursor(message.Body);
        var portal = PostgresText.Read(cursor.ReadText());
        var name = PostgresText.Read(cursor.ReadText());
        if (exchange.Statement is null || exchange.StatementName != name) exchange.Statement = session.Statements.Find(name);
        (exchange.PortalName, exchange.StatementName) = (portal, name);
        exchange.Contents = session.Context.Arena.Keep(message.Body);
        exchange.Truncated |= exchange.Statement is { Truncated: true };
        var remembered = portal.Length > 0 && message.Body.Length <= KeptPortalBytes ? message.Body.ToArray() : [];
        session.Portals.Set(portal, new PostgresPortal(exchange.Statement, remembered), remembered.Length);
    }

    private void OnExecute(PostgresExchange exchange, ref PostgresCursor cursor)
    {
        var portal = PostgresText.Read(cursor.ReadText());
        exchange.RowLimit = Math.Max(0, cursor.ReadInt32());
        if (exchange.PortalName == portal && !exchange.Contents.IsEmpty) return;
        exchange.PortalName = portal;
        if (session.Portals.Find(portal) is not { } known) return;
        (exchange.Statement, exchange.Contents) = (known.Statement, known.Bind);
    }

    /// <summary>Describe or Close of a statement or portal.</summary>
    private void OnNamed(PostgresExchange exchange, byte type, ref PostgresCursor cursor)
    {
        var portal = cursor.ReadByte() == (byte)'P';
        var name = PostgresText.Read(cursor.ReadText());
        if (portal) exchange.PortalName ??= name;
        else exchange.StatementName ??= name;
        exchange.Statement ??= portal ? session.Portals.Find(name)?.Statement : session.Statements.Find(name);
        if (type != (byte)'C') return;
        if (portal) session.Portals.Forget(name);
        else session.Statements.Forget(name);
    }

    private void OnSync(in PostgresMessage message, bool closes)
    {
        if (session.Open is { } open) Join(open.Last, message);
        else session.Begin(Create(PostgresMessages.ClientName(message.Type), message), message, extended: true);
        if (closes) session.CloseOpen();
    }

    private void OnCopy(in PostgresMessage message)
    {
        if (session.IsReplicating)
        {
            var update = Create("CopyData", message);
            if (message.Type == (byte)'d') update.Contents = session.Context.Arena.Keep(message.Body);
            else update.Command = PostgresMessages.ClientName(message.Type);
            session.EmitRequest(update, null);
            return;
        }

        var group = session.Pairing.Next;
        var exchange = group?.Current ?? session.OrphanCopy(message);
        Join(exchange, message);
        exchange.Copied ??= new PostgresCopy("in", exchange.Reply?.Copied?.IsBinary ?? false, exchange.Reply?.Copied?.Columns ?? 0);
        if (message.Type == (byte)'d') exchange.Copied.Add(message.Size - PostgresCheck.HeaderLength);
        if (message.Type == (byte)'f') exchange.Copied.Failure = PostgresText.Read(message.Body);
        if (message.Type == (byte)'d') return;
        if (group is not null) session.Reopen(group);
        else session.EndCopy();
    }

    private void OnAuthentication(in PostgresMessage message)
    {
        if (session.Pairing.Next is { IsExtended: false } group) Join(group.Current, message);
        else session.EmitRequest(Create("Authentication", message), StartMissing);
    }
}
