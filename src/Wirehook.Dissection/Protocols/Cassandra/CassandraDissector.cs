using Wirehook.Dissection.Compression;
using Wirehook.Dissection.Contract;
using Wirehook.Dissection.Items;
using Wirehook.Dissection.Pairing;
using Wirehook.Packets;
using Wirehook.Packets.Flows;

namespace Wirehook.Dissection.Protocols.Cassandra;

/// <summary>
/// Dissects one CQL connection. Responses carry their request's number; numbers are used again as soon as they are free, so behind a gap, where a response and
/// a request of the same number may be missing, nothing that waited is paired.
/// </summary>
internal sealed class CassandraDissector : StreamDissector
{
    private static readonly ItemError Lost = ItemError.Gap("Which response belongs to the request is unknown, because part of the stream was not captured.");
    private static readonly ItemError LostRequest = ItemError.Gap("The request was not found, because part of the stream was not captured.");
    private static readonly ItemError NoRequest = ItemError.PairNotFound("The request was not found in the stream.");
    private readonly FlowContext _context;
    private readonly KeyedPairing<CassandraMessage> _pairing;
    private readonly CassandraStatements _statements;
    private readonly CassandraReader _clientReader;
    private readonly CassandraReader _serverReader;
    private Direction? _clientDirection;
    private CompressionAlgorithm? _compression;
    private bool _incomplete;
    private bool _discarded;

    public CassandraDissector(FlowContext context)
    {
        _context = context;
        _incomplete = !context.AtStart;
        _pairing = new KeyedPairing<CassandraMessage>(context, (request, because) => Emit(request, null, because));
        _statements = context.Shared<CassandraStatements>();
        (_clientReader, _serverReader) = (new CassandraReader(this, context, server: false), new CassandraReader(this, context, server: true));
    }

    /// <summary>Whether the connection was seen to be Cassandra's beyond doubt.</summary>
    public bool Accepted { get; private set; }

    /// <summary>Whether messages come in segments, as version 5 has it behind the answer to STARTUP.</summary>
    public bool UsesSegments { get; private set; }

    /// <summary>Whether segments are compressed.</summary>
    public bool CompressesSegments { get; private set; }

    /// <inheritdoc/>
    public override StreamStep Dissect(Direction direction, ReadOnlySpan<byte> data, Timestamp timestamp)
    {
        _clientDirection ??= CassandraModule.IsServer(data) ? direction ^ Direction.Reverse : direction;
        return (direction == _clientDirection ? _clientReader : _serverReader).Read(data, timestamp);
    }

    /// <inheritdoc/>
    public override void OnGap(Direction direction, ReadOnlySpan<byte> undigested, long length, Timestamp timestamp)
    {
        if (!undigested.IsEmpty) _clientDirection ??= CassandraModule.IsServer(undigested) ? direction ^ Direction.Reverse : direction;
        (direction == (_clientDirection ?? Direction.Forward) ? _clientReader : _serverReader).OnGap(undigested, length);
        OnLost();
    }

    /// <inheritdoc/>
    public override void OnEnd(FlowEnd? end, Timestamp timestamp)
    {
        _pairing.Flush(end);
        _clientReader.End();
        _serverReader.End();
    }

    /// <summary>Bytes of a side are missing, or no messages any more.</summary>
    internal void OnLost()
    {
        _incomplete = true;
        _pairing.LeaveAll(Lost);
    }

    /// <summary>The stream is another protocol's: what was made of it is forgotten.</summary>
    internal void Discard()
    {
        _discarded = true;
        OnEnd(null, default);
    }

    /// <summary>The middle of a connection shows that messages come in segments.</summary>
    internal void AssumeSegments(bool compressed) => (UsesSegments, CompressesSegments) = (true, compressed);

    /// <summary>A message came.</summary>
    internal void OnMessage(in CassandraFrame frame, ReadOnlySpan<byte> body, Timestamp started, Timestamp ended)
    {
        var message = new CassandraMessage(frame, _context.Arena.Keep(body))
        {
            Timestamp = ended,
            Started = started,
            Size = frame.Size,
            Compression = _compression ?? CompressionAlgorithm.Lz4Block,
            DecodedLimit = _context.Options.DecodedBodyLimit,
            Statements = _statements,
        };
        if (frame.IsResponse) OnResponse(message);
        else OnRequest(message);
    }

    private static string IdAt(CassandraMessage message, int skip)
    {
        var cursor = message.Open(out _);
        cursor.ReadRaw(skip);
        return Convert.ToHexStringLower(cursor.ReadShortBytes());
    }

    private void OnRequest(CassandraMessage request)
    {
        if (request.Frame.Opcode == CassandraOpcodes.Startup) ReadOptions(request);
        else if (request.Frame.Opcode == CassandraOpcodes.Execute) request.Statement = _statements.Find(IdAt(request, 0));
        _pairing.Add(request.Frame.Stream, request);
    }

    private void OnResponse(CassandraMessage response)
    {
        if (response.Frame.Opcode == CassandraOpcodes.Event)
        {
            Emit(null, response, null);
            return;
        }

        var request = _pairing.Take(response.Frame.Stream);
        if (request is not null)
        {
            response.Statement = request.Statement;
            if (request.Frame.Opcode == CassandraOpcodes.Prepare) Remember(request, response);
            if (request.Frame is { Opcode: CassandraOpcodes.Startup, Version: 5 } && response.Frame.Opcode is CassandraOpcodes.Ready or CassandraOpcodes.Authenticate)
            {
                (UsesSegments, CompressesSegments) = (true, _compression is not null);
            }
        }

        Emit(request, response, request is not null ? null : _incomplete ? LostRequest : NoRequest);
    }

    private void ReadOptions(CassandraMessage startup)
    {
        var cursor = startup.Open(out _);
        for (var left = cursor.ReadShort(); left > 0 && !cursor.Failed; left--)
        {
            var isCompression = cursor.ReadShortBytes().SequenceEqual("COMPRESSION"u8);
            var value = cursor.ReadShortBytes();
            if (isCompression) _compression = value.SequenceEqual("snappy"u8) ? CompressionAlgorithm.Snappy : CompressionAlgorithm.Lz4Block;
        }
    }

    /// <summary>The statement that was prepared goes by its id from now on, on every connection.</summary>
    private void Remember(CassandraMessage request, CassandraMessage response)
    {
        const int kindPrepared = 4;
        var result = response.Open(out _);
        if (response.Frame.Opcode != CassandraOpcodes.Result || response.IsCut || result.ReadInt() != kindPrepared) return;
        var query = request.Open(out _);
        var text = query.ReadLongString();
        if (query.Failed) return;
        _statements.Set(IdAt(response, 4), new CassandraStatement(text.ToArray(), result.Rest.ToArray(), response.Frame.Version));
    }

    private void Emit(CassandraMessage? request, CassandraMessage? response, ItemError? error)
    {
        if (_discarded) return;
        Accepted = true;
        _context.Emit(new CassandraItem(_context, _clientDirection ?? Direction.Forward, request, response) { Error = error });
    }
}
