using Wirehook.Packets;

namespace Wirehook.Dissection.Protocols.MySql;

/// <summary>
/// Follows the server's answers packet by packet. What the first packet of an answer means depends on the command; where that is unknown, it is guessed by
/// its form. An answer's packets are numbered on from the command's, so that the rest of an answer whose beginning is missing is noticed and passed over.
/// </summary>
internal sealed partial class MySqlServer(MySqlSession session)
{
    private const byte OkHeader = 0x00;
    private const byte EofHeader = 0xfe;
    private const byte ErrorHeader = 0xff;
    private const byte LocalFileHeader = 0xfb;
    private const int LongestEof = 9;
    private const int MostColumns = 4096;
    private const int MoreResults = 0x0008;
    private const int CursorExists = 0x0040;
    private const int Prefix = 64;
    private const int Everything = 256 << 10;

    private MySqlServerState _state;
    private int _left;
    private int _leftLater;
    private bool _isBinary;
    private bool? _deprecatesEof;
    private MySqlReply? _latest;
    private byte _expected;

    private MySqlCapabilities Capabilities => session.Capabilities;

    /// <summary>Whether EOF packets are left out; where the login was not seen, the first result tells.</summary>
    private bool DeprecatesEof => session.KnowsCapabilities ? (Capabilities & MySqlCapabilities.DeprecateEof) != 0 : _deprecatesEof ?? false;

    /// <summary>How many bytes of a packet's payload are wanted.</summary>
    public int WantedOf(ReadOnlySpan<byte> packet)
    {
        if (_state == MySqlServerState.Binlog) return Prefix;
        if (_state != MySqlServerState.Rows || packet.Length <= MySqlCheck.HeaderLength || IsRowsEnd(packet[MySqlCheck.HeaderLength], MySqlCheck.PayloadLength(packet))) return Everything;
        var reply = session.Pairing.Next?.Reply ?? session.Orphan;
        return reply is { KeepsRows: true } ? MySqlReply.RowBytesLimit : 1;
    }

    /// <summary>Counts the whole rows at the front of <paramref name="data"/> whose values nobody wants; how many bytes they have.</summary>
    public int PassRows(ReadOnlySpan<byte> data, Timestamp timestamp)
    {
        if (_state != MySqlServerState.Rows || (session.Pairing.Next?.Reply ?? session.Orphan) is not { KeepsRows: false } reply) return 0;
        var (at, rows) = (0, 0);
        while (data.Length - at > MySqlCheck.HeaderLength)
        {
            var length = MySqlCheck.PayloadLength(data[at..]);
            if (length is 0 or MySqlCheck.LongestPayload || data[at + 3] != _expected || IsRowsEnd(data[at + MySqlCheck.HeaderLength], length)) break;
            if (MySqlCheck.HeaderLength + length > data.Length - at) break;
            at += MySqlCheck.HeaderLength + length;
            rows++;
            _expected++;
        }

        if (rows > 0) reply.PassRows(rows, at, timestamp);
        return at;
    }

    /// <summary>The rest of a packet that was passed on already has come further.</summary>
    public void OnSkipped(Timestamp timestamp)
    {
        if (_latest is not null) _latest.Ended = timestamp;
    }

    /// <summary>The payload of the latest packet goes on.</summary>
    public void OnContinuation(byte sequence, int size, Timestamp timestamp)
    {
        _expected = (byte)(sequence + 1);
        if (_latest is null) return;
        _latest.Size += size;
        _latest.Packets++;
        _latest.Ended = timestamp;
    }

    /// <summary>Bytes are missing: the answer that was being read cannot be followed further.</summary>
    public void OnLost() => (_state, _latest) = (MySqlServerState.Start, null);

    /// <summary>A packet came.</summary>
    public void OnPacket(in MySqlPacket packet)
    {
        if (packet.Sequence == 0 && session.Pairing.Next is null && (session.IsLoggingIn || MySqlCheck.IsGreeting(packet.Payload, packet.Length)))
        {
            session.IsLoggingIn = true;
            OnGreeting(packet);
            return;
        }

        var exchange = session.Pairing.Next;
        var begins = exchange is null ? session.Orphan is null : exchange.Reply is null;
        if (begins && (exchange is not null || _state != MySqlServerState.Binlog)) _state = MySqlServerState.Start;
        // Where the client sends packets within the exchange, they are numbered as well.
        var alternates = session.IsLoggingIn || exchange is { Code: MySqlCommands.ChangeUser } or { Reply.LocalFile.IsEmpty: false };
        var due = begins ? (byte)((exchange?.Sequence ?? 0) + 1) : alternates ? packet.Sequence : _expected;
        if (packet.Sequence != due && _state != MySqlServerState.Binlog)
        {
            OnStray(packet, exchange);
            return;
        }

        Follow(packet, exchange, ReplyFor(exchange, packet));
    }

    private void OnGreeting(in MySqlPacket packet)
    {
        var reply = Count(new MySqlReply { Started = packet.Started }, packet);
        if (packet.First == ErrorHeader)
        {
            reply.Error = session.Context.Arena.Keep(packet.Payload);
            session.EmitReply(reply, null);
            return;
        }

        session.Greeting = packet.Payload.ToArray();
        reply.Greeting = session.Greeting;
        session.GreetingReply = reply;
    }

    /// <summary>The packet is of an answer whose beginning is missing: nothing of that is known, and what waits is answered by none of it.</summary>
    private void OnStray(in MySqlPacket packet, MySqlExchange? exchange)
    {
        session.Context.Losses.ResyncBytes.Add(packet.Size);
        if (exchange is { Reply: not null } || session.Orphan is not null)
        {
            session.OnLost();
            OnLost();
        }
    }

    private MySqlReply ReplyFor(MySqlExchange? exchange, in MySqlPacket packet)
    {
        if (exchange is null) return Count(session.Orphan ??= new MySqlReply { Started = packet.Started, Capabilities = Capabilities }, packet);
        if (exchange.Reply is null)
        {
            exchange.Reply = new MySqlReply { Started = packet.Started, Capabilities = Capabilities };
            if (exchange.Command == MySqlCommands.Login) (exchange.Reply.Greeting, session.GreetingReply) = (session.Greeting, null);
        }

        return Count(exchange.Reply, packet);
    }

    private MySqlReply Count(MySqlReply reply, in MySqlPacket packet)
    {
        (_latest, _expected) = (reply, (byte)(packet.Sequence + 1));
        reply.Size += packet.Size;
        reply.Packets++;
        reply.Ended = packet.Ended;
        return reply;
    }

    private void Follow(in MySqlPacket packet, MySqlExchange? exchange, MySqlReply reply)
    {
        if (packet.First == ErrorHeader && packet.Length >= 3)
        {
            OnError(packet, exchange, reply);
            return;
        }

        switch (_state)
        {
            case MySqlServerState.Start:
                OnStart(packet, exchange, reply);
                break;
            case MySqlServerState.Columns:
                OnColumn(packet, exchange, reply);
                break;
            case MySqlServerState.ColumnsEnd:
                OnColumnsEnd(packet, exchange, reply);
                break;
            case MySqlServerState.Rows:
                OnRow(packet, exchange, reply);
                break;
            case MySqlServerState.Prepared:
                OnPreparedDefinition(packet, exchange, reply);
                break;
            case MySqlServerState.PreparedEnd:
                OnPreparedEnd(packet, exchange, reply);
                break;
            case MySqlServerState.Fields:
                if (packet.First == EofHeader && packet.Length < LongestEof) Finish(exchange, reply, packet);
                else reply.Result!.AddColumn(Keep(reply, exchange, packet.Raw));
                break;
            default:
                OnBinlogEvent(packet, reply);
                break;
        }
    }

    private void OnError(in MySqlPacket packet, MySqlExchange? exchange, MySqlReply reply)
    {
        // MariaDB reports progress in packets that look like an error with the number 65535.
        if (packet.Payload[1] == 0xff && packet.Payload[2] == 0xff) return;
        reply.Error = Keep(reply, exchange, packet.Payload);
        Finish(exchange, reply);
    }

    private void OnStart(in MySqlPacket packet, MySqlExchange? exchange, MySqlReply reply)
    {
        if (exchange is { Command: MySqlCommands.Login or MySqlCommands.SslRequest } or { Code: MySqlCommands.ChangeUser })
        {
            OnAuthentication(packet, exchange, reply);
            return;
        }

        switch (exchange?.Code)
        {
            case MySqlCommands.Statistics:
                reply.Statistics = Keep(reply, exchange, packet.Payload);
                Finish(exchange, reply);
                break;
            case MySqlCommands.StmtPrepare when packet.First == OkHeader && packet.Length >= 12:
                OnPrepared(packet, exchange, reply);
                break;
            case MySqlCommands.StmtFetch:
                reply.BeginResult(0, isBinary: true);
                _state = MySqlServerState.Rows;
                OnRow(packet, exchange, reply);
                break;
            case MySqlCommands.FieldList when packet.First != EofHeader:
                reply.BeginResult(0, isBinary: false);
                _state = MySqlServerState.Fields;
                reply.Result!.AddColumn(Keep(reply, exchange, packet.Raw));
                break;
            case MySqlCommands.BinlogDump or MySqlCommands.BinlogDumpGtid:
                reply.BinlogEvent = Keep(reply, exchange, packet.Payload);
                Finish(exchange, reply);
                _state = MySqlServerState.Binlog;
                break;
            default:
                OnResult(packet, exchange, reply);
                break;
        }
    }

    private void OnResult(in MySqlPacket packet, MySqlExchange? exchange, MySqlReply reply)
    {
        switch (packet.First)
        {
            case OkHeader or EofHeader:
                FinishResult(packet, exchange, reply);
                break;
            case LocalFileHeader:
                reply.LocalFile = Keep(reply, exchange, packet.Payload);
                break;
            default:
                BeginResult(packet, exchange, reply);
                break;
        }
    }

    private void BeginResult(in MySqlPacket packet, MySqlExchange? exchange, MySqlReply reply)
    {
        var cursor = new MySqlCursor(packet.Payload);
        var columns = cursor.ReadLength();
        if (cursor.Failed || columns > MostColumns || cursor.Rest.Length > 1)
        {
            OnStray(packet, exchange);
            return;
        }

        _isBinary = exchange?.Code is MySqlCommands.StmtExecute or MySqlCommands.StmtBulkExecute;
        reply.BeginResult((int)columns, _isBinary);
        _left = (int)columns;
        // Whoever agreed on it may leave out the definitions, which are those of the preparation then.
        _state = cursor.Rest.Length == 1 && cursor.Rest[0] == 0 ? MySqlServerState.ColumnsEnd : MySqlServerState.Columns;
        if (_state == MySqlServerState.ColumnsEnd && exchange?.Statement is { Columns.Length: > 0 } statement) reply.Result!.AddColumn(statement.Columns);
        if (_state == MySqlServerState.ColumnsEnd && DeprecatesEof) _state = MySqlServerState.Rows;
    }

    private void OnColumn(in MySqlPacket packet, MySqlExchange? exchange, MySqlReply reply)
    {
        reply.Result!.AddColumn(Keep(reply, exchange, packet.Raw));
        if (--_left > 0) return;
        _state = session.KnowsCapabilities && DeprecatesEof ? MySqlServerState.Rows : MySqlServerState.ColumnsEnd;
    }

    private void OnColumnsEnd(in MySqlPacket packet, MySqlExchange? exchange, MySqlReply reply)
    {
        var isEof = packet.First == EofHeader && packet.Length < LongestEof;
        if (!session.KnowsCapabilities) _deprecatesEof = !isEof || packet.Length > 5;
        _state = MySqlServerState.Rows;
        if (!isEof || (_deprecatesEof ?? false)) OnRow(packet, exchange, reply);
        else if ((MySqlStatus.Read(packet.Payload, isEof: true).Flags & CursorExists) != 0 && exchange?.Code == MySqlCommands.StmtExecute) Finish(exchange, reply, packet);
    }

    private bool IsRowsEnd(byte first, int length) =>
        first == ErrorHeader || (first == EofHeader && (length < LongestEof || (DeprecatesEof && length < MySqlCheck.LongestPayload)));

    private void OnRow(in MySqlPacket packet, MySqlExchange? exchange, MySqlReply reply)
    {
        if (IsRowsEnd(packet.First, packet.Length)) FinishResult(packet, exchange, reply);
        else reply.AddRow(packet.IsCut || !reply.KeepsRows ? default : Keep(reply, exchange, packet.Raw));
    }

    private void FinishResult(in MySqlPacket packet, MySqlExchange? exchange, MySqlReply reply)
    {
        var isEof = packet.First == EofHeader && packet.Length < LongestEof && !(DeprecatesEof && packet.Length > 5);
        var status = MySqlStatus.Read(packet.Payload, isEof);
        reply.Ok = Keep(reply, exchange, packet.Payload);
        _state = MySqlServerState.Start;
        if (exchange?.Code == MySqlCommands.StmtFetch || (status.Flags & MoreResults) == 0) Finish(exchange, reply);
    }

    private void OnAuthentication(in MySqlPacket packet, MySqlExchange exchange, MySqlReply reply)
    {
        if (packet.First == EofHeader) reply.AuthSwitch = Keep(reply, exchange, packet.Payload);
        if (packet.First != OkHeader) return;
        session.IsLoggingIn = false;
        reply.Ok = Keep(reply, exchange, packet.Payload);
        if (exchange.Command == MySqlCommands.Login) session.Compression = MySqlDissector.CompressionOf(Capabilities);
        Finish(exchange, reply);
    }

    private void OnBinlogEvent(in MySqlPacket packet, MySqlReply reply)
    {
        session.Orphan = null;
        if (packet.First == EofHeader) _state = MySqlServerState.Start;
        else reply.BinlogEvent = Keep(reply, null, packet.Payload);
        session.EmitReply(reply, null);
    }

    private void Finish(MySqlExchange? exchange, MySqlReply reply, in MySqlPacket last)
    {
        reply.Ok = Keep(reply, exchange, last.Payload);
        Finish(exchange, reply);
    }

    private void Finish(MySqlExchange? exchange, MySqlReply reply)
    {
        _state = MySqlServerState.Start;
        if (exchange is null)
        {
            session.FinishOrphan();
            return;
        }

        if (reply.Error.IsEmpty) OnSuccess(exchange, reply);
        else if (exchange.Command == MySqlCommands.Login) session.IsLoggingIn = false;
        session.Finish(exchange);
    }

    private void OnSuccess(MySqlExchange exchange, MySqlReply reply)
    {
        if (exchange.Code == MySqlCommands.StmtPrepare && exchange.Statement is { } statement && reply.Result is { } result) statement.Columns = result.CopyColumns();
        if (exchange.Code == MySqlCommands.InitDb && exchange.Payload.Length > 1) session.Database = MySqlText.Read(exchange.Payload.Span[1..]);
        if (exchange.Code is MySqlCommands.ChangeUser or MySqlCommands.ResetConnection) session.Statements.Clear();
        if (exchange.Code == MySqlCommands.ChangeUser) (session.User, session.Database) = (MySqlText.Read(exchange.Payload.Span[1..].TrimEnd((byte)0)), null);
        if (!reply.Ok.IsEmpty && MySqlStatus.ReadSchema(reply.Ok.Span, Capabilities) is { } schema) session.Database = schema;
    }

    private ReadOnlyMemory<byte> Keep(MySqlReply reply, MySqlExchange? exchange, ReadOnlySpan<byte> bytes)
    {
        var kept = reply.Keep(session.Context.Arena, bytes, session.Context.Options.BodyLimit);
        if (kept.Length < bytes.Length) session.Context.Losses.BodyBytes.Add(bytes.Length);
        exchange?.ReportReply(session.Context.Memory);
        return kept;
    }
}
