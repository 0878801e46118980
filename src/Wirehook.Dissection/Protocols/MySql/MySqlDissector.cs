using Wirehook.Dissection.Compression;
using Wirehook.Dissection.Contract;
using Wirehook.Packets;
using Wirehook.Packets.Flows;

namespace Wirehook.Dissection.Protocols.MySql;

/// <summary>Dissects one MySQL connection: finds out who is the client, and reads both sides.</summary>
internal sealed class MySqlDissector : StreamDissector
{
    private const int LongDataHead = 7;
    private readonly FlowContext _context;
    private readonly MySqlSession _session;
    private readonly MySqlReader _clientReader;
    private readonly MySqlReader _serverReader;
    private readonly MySqlClient _client;
    private readonly MySqlServer _server;
    private bool _settled;

    public MySqlDissector(FlowContext context)
    {
        _context = context;
        _session = new MySqlSession(context);
        (_client, _server) = (new MySqlClient(_session), new MySqlServer(_session));
        (_clientReader, _serverReader) = (new MySqlReader(this, context, server: false), new MySqlReader(this, context, server: true));
        if (context.Upgrade is not { Inner: { } inner } upgrade || inner != MySqlModule.Protocol.Name) return;
        (_settled, _session.ClientDirection) = (true, upgrade.ClientDirection);
        if (upgrade.State is MySqlUpgradeState state) _session.Greeting = state.Greeting;
    }

    /// <summary>Whether the connection was seen to be MySQL's beyond doubt.</summary>
    public bool Accepted => _session.Accepted;

    /// <summary>How both sides compress by now; null where they do not.</summary>
    public CompressionAlgorithm? Compression => _session.Compression;

    /// <summary>When the bytes that are read now were captured.</summary>
    public Timestamp Now { get; private set; }

    /// <summary>The compression that both sides agreed on.</summary>
    public static CompressionAlgorithm? CompressionOf(MySqlCapabilities capabilities) => (capabilities & MySqlCapabilities.Compress) != 0 ? CompressionAlgorithm.Zlib
        : (capabilities & MySqlCapabilities.CompressZstd) != 0 ? CompressionAlgorithm.Zstandard : null;

    /// <inheritdoc/>
    public override StreamStep Dissect(Direction direction, ReadOnlySpan<byte> data, Timestamp timestamp)
    {
        if (!_settled) Settle(direction, data);
        Now = timestamp;
        return (direction == _session.ClientDirection ? _clientReader : _serverReader).Read(data, timestamp);
    }

    /// <inheritdoc/>
    public override void OnGap(Direction direction, ReadOnlySpan<byte> undigested, long length, Timestamp timestamp)
    {
        if (!_settled && !undigested.IsEmpty) Settle(direction, undigested);
        var server = direction != _session.ClientDirection;
        (server ? _serverReader : _clientReader).OnGap(undigested, length);
        OnLost(server);
    }

    /// <inheritdoc/>
    public override void OnEnd(FlowEnd? end, Timestamp timestamp)
    {
        _session.End(end);
        _clientReader.End();
        _serverReader.End();
    }

    /// <summary>The connection turns out to be compressed; by zlib, which all clients have.</summary>
    internal CompressionAlgorithm AssumeCompression()
    {
        _session.Compression = CompressionAlgorithm.Zlib;
        return CompressionAlgorithm.Zlib;
    }

    /// <summary>A side's bytes are missing, or no packets any more.</summary>
    internal void OnLost(bool server)
    {
        _session.OnLost();
        if (server) _server.OnLost();
    }

    /// <summary>The stream is another protocol's.</summary>
    internal void Discard() => _session.Discard();

    /// <summary>Whether a packet can follow what came so far.</summary>
    internal bool Accepts(ReadOnlySpan<byte> packet, bool server) =>
        server ? !_session.IsLoggingIn || _session.Greeting.Length > 0 || packet[3] > 0 || IsFirst(packet) : _client.Accepts(packet);

    /// <summary>How many bytes of a packet's payload are worth waiting for.</summary>
    internal int WantedOf(ReadOnlySpan<byte> packet, bool server)
    {
        var most = Math.Min(_context.Options.BodyLimit, _context.Options.BufferLimit / 2);
        if (server) return Math.Min(most, _server.WantedOf(packet));
        if (packet.Length <= MySqlCheck.HeaderLength) return 0;
        if (packet[3] > 0 && _session.Pairing.Next is { Reply.LocalFile.IsEmpty: false }) return 0;
        return packet[3] == 0 && packet[MySqlCheck.HeaderLength] == MySqlCommands.StmtSendLongData ? LongDataHead : most;
    }

    /// <summary>Counts the whole rows at the front whose values nobody wants; how many bytes they have.</summary>
    internal int PassRows(ReadOnlySpan<byte> data, Timestamp timestamp) => _server.PassRows(data, timestamp);

    /// <summary>A packet came. What follows it, where the stream goes over to another protocol.</summary>
    internal Upgrade? OnPacket(bool server, in MySqlPacket packet)
    {
        if (!server) return _client.OnPacket(packet);
        _server.OnPacket(packet);
        return null;
    }

    internal void OnContinuation(bool server, byte sequence, int size, Timestamp timestamp)
    {
        if (server) _server.OnContinuation(sequence, size, timestamp);
        else _client.OnContinuation(sequence, size);
    }

    internal void OnSkipped(bool server, Timestamp timestamp)
    {
        if (server) _server.OnSkipped(timestamp);
    }

    /// <summary>A greeting, or the error of a server that lets nobody in.</summary>
    private static bool IsFirst(ReadOnlySpan<byte> packet)
    {
        var length = MySqlCheck.PayloadLength(packet);
        var payload = packet[MySqlCheck.HeaderLength..Math.Min(packet.Length, MySqlCheck.HeaderLength + length)];
        return !payload.IsEmpty && (payload[0] == 0xff || MySqlCheck.IsGreeting(payload, length));
    }

    /// <summary>Decides who is the client: by the bytes, by the port.</summary>
    private void Settle(Direction direction, ReadOnlySpan<byte> data)
    {
        _settled = true;
        var other = direction ^ Direction.Reverse;
        if (MySqlCheck.WrapsPacket(data)) data = data[MySqlCheck.CompressedHeaderLength..];
        var (client, server) = (MySqlCheck.Weigh(data, server: false, out _), MySqlModule.WeighServer(data, out _));
        if (client != server) _session.ClientDirection = client > server ? direction : other;
        else _session.ClientDirection = MySqlModule.ClientByPort(_context.Flow);
    }
}
