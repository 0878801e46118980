using System.Buffers.Binary;
using Wirehook.Dissection.Contract;

namespace Wirehook.Dissection.Protocols.MySql;

/// <summary>Makes exchanges of the client's packets.</summary>
internal sealed class MySqlClient(MySqlSession session)
{
    private const int StatementBytesKept = 64 << 10;

    /// <summary>Whether a packet can follow what came so far.</summary>
    public bool Accepts(ReadOnlySpan<byte> packet)
    {
        var next = session.Pairing.Next;
        if (packet.Length <= MySqlCheck.HeaderLength) return next is { Reply: not null };
        var sequence = packet[3];
        if (sequence == 0 && !session.IsLoggingIn) return MySqlCommands.IsKnown(packet[MySqlCheck.HeaderLength]);
        if (next is { Reply: not null }) return true;
        return session.IsLoggingIn ? sequence is > 0 and < 8 : sequence == 1;
    }

    /// <summary>A packet came. What follows it, where it asks for TLS.</summary>
    public Upgrade? OnPacket(in MySqlPacket packet)
    {
        if (packet.Sequence == 0 && !session.IsLoggingIn)
        {
            OnCommand(packet);
            return null;
        }

        if (session.Pairing.Next is not { } next) return OnLogin(packet);
        next.Join(packet.Size, packet.Sequence);
        if (next.Reply is { LocalFile.IsEmpty: false }) next.AddFile(packet.Length);
        return null;
    }

    /// <summary>The payload of the latest command goes on.</summary>
    public void OnContinuation(byte sequence, int size) => session.Pairing.Next?.Join(size, sequence);

    private Upgrade? OnLogin(in MySqlPacket packet)
    {
        if (packet.Payload.Length < 4) return null;
        var login = new MySqlLogin(packet.Payload);
        if (MySqlCheck.IsLogin(packet.Payload, packet.Length) && packet.Length == 32) return AskTls(packet, login);
        if (!session.IsLoggingIn && !MySqlCheck.IsLogin(packet.Payload, packet.Length)) return null;
        session.IsLoggingIn = true;
        session.Capabilities = Agree(login.Capabilities);
        (session.KnowsCapabilities, session.User) = (true, login.User);
        if (login.Database.Length > 0) session.Database = login.Database;
        var exchange = Create(MySqlCommands.Login, packet, default, login);
        session.Pairing.Add(exchange);
        return null;
    }

    /// <summary>What the server cannot either is not agreed on.</summary>
    private MySqlCapabilities Agree(MySqlCapabilities client) => session.Greeting.Length == 0 ? client : client & new MySqlGreeting(session.Greeting).Capabilities;

    private Upgrade AskTls(in MySqlPacket packet, MySqlLogin login)
    {
        session.Capabilities = login.Capabilities;
        var exchange = Create(MySqlCommands.SslRequest, packet, default, login);
        var greeting = session.Greeting;
        if (session.GreetingReply is { } reply)
        {
            (exchange.Reply, session.GreetingReply) = (reply, null);
            session.Pairing.Add(exchange);
            session.Finish(exchange);
        }
        else
        {
            session.EmitRequest(exchange, null);
        }

        return new Upgrade("tls") { Inner = MySqlModule.Protocol.Name, State = new MySqlUpgradeState(greeting), ClientDirection = session.ClientDirection };
    }

    private void OnCommand(in MySqlPacket packet)
    {
        if (packet.Payload.IsEmpty) return;
        var code = packet.First;
        if (code == MySqlCommands.ChangeUser) session.LatestStatement = null;
        var exchange = Create(MySqlCommands.NameOf(code), packet, session.Context.Arena.Keep(KeptPayload(code, packet.Payload)));
        Remember(exchange, packet);
        if (MySqlCommands.IsAnswered(code)) session.Pairing.Add(exchange);
        else session.EmitRequest(exchange, null);
    }

    /// <summary>Secrets of COM_CHANGE_USER and the data of COM_STMT_SEND_LONG_DATA are not kept.</summary>
    private static ReadOnlySpan<byte> KeptPayload(byte code, ReadOnlySpan<byte> payload)
    {
        if (code == MySqlCommands.StmtSendLongData) return payload[..Math.Min(7, payload.Length)];
        if (code != MySqlCommands.ChangeUser) return payload;
        var end = payload.IndexOf((byte)0);
        return end < 0 ? payload[..1] : payload[..(end + 1)];
    }

    private MySqlExchange Create(string command, in MySqlPacket packet, ReadOnlyMemory<byte> payload, MySqlLogin? login = null)
    {
        var statement = login is not null ? null : StatementOf(packet);
        return new MySqlExchange(packet, payload)
        {
            Timestamp = packet.Ended,
            Size = packet.Size,
            Command = command,
            Code = login is null ? packet.First : (byte)0,
            Login = login,
            Capabilities = session.Capabilities,
            User = session.User,
            Database = session.Database,
            Statement = statement,
            EarlierTypes = statement?.Types ?? default(ReadOnlyMemory<byte>),
            LongData = login is null && packet.First == MySqlCommands.StmtExecute ? statement?.LongData ?? 0 : 0,
        };
    }

    private MySqlStatement? StatementOf(in MySqlPacket packet)
    {
        var payload = packet.Payload;
        if (packet.First == MySqlCommands.StmtPrepare)
        {
            var query = payload[1..Math.Min(payload.Length, StatementBytesKept)].ToArray();
            return session.LatestStatement = new MySqlStatement { Query = query };
        }

        var refers = packet.First is MySqlCommands.StmtExecute or MySqlCommands.StmtSendLongData or MySqlCommands.StmtClose or MySqlCommands.StmtReset or MySqlCommands.StmtFetch
            or MySqlCommands.StmtBulkExecute;
        if (!refers || payload.Length < 5) return null;
        var number = BinaryPrimitives.ReadUInt32LittleEndian(payload[1..]);
        return number == uint.MaxValue ? session.LatestStatement : session.Statements.Find(number);
    }

    private void Remember(MySqlExchange exchange, in MySqlPacket packet)
    {
        if (exchange.Statement is not { } statement) return;
        var payload = packet.Payload;
        switch (packet.First)
        {
            case MySqlCommands.StmtExecute:
                var types = MySqlParameters.FindTypes(payload, statement.Parameters, exchange.Capabilities);
                if (types.Length > 0) statement.Types = types;
                statement.LongData = 0;
                break;
            case MySqlCommands.StmtReset:
                statement.LongData = 0;
                break;
            case MySqlCommands.StmtSendLongData when payload.Length >= 7:
                var parameter = BinaryPrimitives.ReadUInt16LittleEndian(payload[5..]);
                if (parameter < 64) statement.LongData |= 1UL << parameter;
                break;
            case MySqlCommands.StmtClose:
                session.Statements.Forget(BinaryPrimitives.ReadUInt32LittleEndian(payload[1..]));
                break;
        }
    }
}
