namespace Wirehook.Dissection.Protocols.MySql;

/// <content>The answer to COM_STMT_PREPARE: numbers, then definitions of parameters and of columns, each with an EOF packet behind it where those are sent.</content>
internal sealed partial class MySqlServer
{
    private void OnPrepared(in MySqlPacket packet, MySqlExchange exchange, MySqlReply reply)
    {
        reply.Prepared = Keep(reply, exchange, packet.Payload);
        var cursor = new MySqlCursor(packet.Payload[1..]);
        var number = cursor.ReadInt32();
        var (columns, parameters) = (cursor.ReadInt16(), cursor.ReadInt16());
        cursor.ReadBytes(3);
        var withMetadata = (Capabilities & MySqlCapabilities.OptionalMetadata) == 0 || cursor.Rest.IsEmpty || cursor.ReadByte() == 1;
        if (exchange.Statement is { } statement)
        {
            statement.Parameters = parameters;
            session.Statements.Set(number, statement, statement.Query.Length);
        }

        (_left, _leftLater) = withMetadata ? (parameters, columns) : (0, 0);
        if (columns > 0) reply.BeginResult(columns, isBinary: true);
        GoOnPrepared(exchange, reply);
    }

    private void GoOnPrepared(MySqlExchange? exchange, MySqlReply reply)
    {
        if (_left == 0) (_left, _leftLater) = (_leftLater, 0);
        _state = MySqlServerState.Prepared;
        if (_left == 0) Finish(exchange, reply);
    }

    private void OnPreparedDefinition(in MySqlPacket packet, MySqlExchange? exchange, MySqlReply reply)
    {
        // Definitions of parameters tell nothing and are passed over; those of columns come last.
        if (_leftLater == 0 && reply.Result is { } result && result.ColumnCount >= _left) result.AddColumn(Keep(reply, exchange, packet.Raw));
        if (--_left > 0) return;
        if (DeprecatesEof) GoOnPrepared(exchange, reply);
        else _state = MySqlServerState.PreparedEnd;
    }

    private void OnPreparedEnd(in MySqlPacket packet, MySqlExchange? exchange, MySqlReply reply)
    {
        var isEof = packet.First == EofHeader && packet.Length < LongestEof;
        if (!session.KnowsCapabilities) _deprecatesEof = !isEof;
        GoOnPrepared(exchange, reply);
        if (!isEof && _state == MySqlServerState.Prepared && _left > 0) OnPreparedDefinition(packet, exchange, reply);
    }
}
