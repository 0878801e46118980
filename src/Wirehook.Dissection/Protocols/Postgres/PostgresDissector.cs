using Wirehook.Dissection.Contract;
using Wirehook.Packets;
using Wirehook.Packets.Flows;

namespace Wirehook.Dissection.Protocols.Postgres;

/// <summary>Dissects one PostgreSQL connection: finds out who is the client, and reads both sides.</summary>
internal sealed class PostgresDissector : StreamDissector
{
    private const int ReplicationHead = 64;
    private readonly FlowContext _context;
    private readonly PostgresSession _session;
    private readonly PostgresReader _clientReader;
    private readonly PostgresReader _serverReader;
    private readonly PostgresClient _client;
    private readonly PostgresServer _server;
    private bool _settled;

    public PostgresDissector(FlowContext context)
    {
        _context = context;
        _session = new PostgresSession(context);
        (_client, _server) = (new PostgresClient(_session), new PostgresServer(_session));
        (_clientReader, _serverReader) = (new PostgresReader(this, context, server: false), new PostgresReader(this, context, server: true));
    }

    /// <summary>Whether the connection was seen to be PostgreSQL's beyond doubt.</summary>
    public bool Accepted => _session.Accepted;

    /// <inheritdoc/>
    public override StreamStep Dissect(Direction direction, ReadOnlySpan<byte> data, Timestamp timestamp)
    {
        if (!_settled) Settle(direction, data);
        if (direction == _session.ClientDirection) return _clientReader.Read(data, timestamp);
        var awaitsEncryption = _session.Pairing.Next is { Current.Command: "SSLRequest" or "GSSENCRequest" };
        return awaitsEncryption && (char)data[0] is 'S' or 'G' or 'N' ? AnswerEncryption(data[0], timestamp) : _serverReader.Read(data, timestamp);
    }

    /// <inheritdoc/>
    public override void OnGap(Direction direction, ReadOnlySpan<byte> undigested, long length, Timestamp timestamp)
    {
        if (!_settled && !undigested.IsEmpty) Settle(direction, undigested);
        var server = direction != _session.ClientDirection;
        (server ? _serverReader : _clientReader).OnGap(undigested, length);
        _session.OnLost(server);
    }

    /// <inheritdoc/>
    public override void OnEnd(FlowEnd? end, Timestamp timestamp) => _session.End(end);

    /// <summary>A side's bytes are no messages any more.</summary>
    internal void OnLost(bool server) => _session.OnLost(server);

    /// <summary>The stream is another protocol's.</summary>
    internal void Discard() => _session.Discard();

    /// <summary>How many bytes of a message's contents are worth waiting for.</summary>
    internal int WantedOf(byte type, bool server) => (char)type switch
    {
        'd' => _session.IsReplicating ? ReplicationHead : 0,
        'D' when server => _server.KeepsRows ? PostgresReply.RowBytesLimit : 0,
        'p' when !server => 0,
        _ => Math.Min(_context.Options.BodyLimit, _context.Options.BufferLimit / 2),
    };

    /// <summary>Counts the whole rows at the front whose values nobody wants; how many bytes they have.</summary>
    internal int PassRows(ReadOnlySpan<byte> data, Timestamp timestamp) => _server.PassRows(data, timestamp);

    internal void OnStartup(PostgresStartupKind kind, Version protocol, in PostgresMessage message) => _client.OnStartup(kind, protocol, message);

    internal void OnMessage(bool server, in PostgresMessage message)
    {
        if (server) _server.OnMessage(message);
        else _client.OnMessage(message);
    }

    internal void OnSkipped(bool server, Timestamp timestamp)
    {
        if (server) _server.OnSkipped(timestamp);
    }

    private StreamStep AnswerEncryption(byte answer, Timestamp timestamp)
    {
        _server.OnEncryptionAnswer(answer, timestamp);
        if (answer == (byte)'N') return StreamStep.Consume(1);
        return StreamStep.HandOver(1, new Upgrade(answer == (byte)'S' ? "tls" : "gssapi") { Inner = PostgresModule.Protocol.Name, ClientDirection = _session.ClientDirection });
    }

    /// <summary>Decides who is the client: by what is known of the connection, by the bytes, by the port.</summary>
    private void Settle(Direction direction, ReadOnlySpan<byte> data)
    {
        _settled = true;
        var other = direction ^ Direction.Reverse;
        var (client, server) = (PostgresCheck.Weigh(data, server: false, out _), PostgresCheck.Weigh(data, server: true, out _));
        if (PostgresStartup.Detect(data) == Detection.Certain) _session.ClientDirection = direction;
        else if (_context.Upgrade is { } upgrade && upgrade.Inner == PostgresModule.Protocol.Name) _session.ClientDirection = upgrade.ClientDirection;
        else if (client != server) _session.ClientDirection = client > server ? direction : other;
        else _session.ClientDirection = PostgresModule.ClientByPort(_context.Flow);
    }
}
