using System.Buffers.Binary;
using Wirehook.Dissection.Contract;
using Wirehook.Dissection.Engine;
using Wirehook.Dissection.Items;
using Wirehook.Dissection.Protocols.Tls;
using Wirehook.Dissection.Records;
using Wirehook.Packets;
using Wirehook.Packets.Flows;

namespace Wirehook.Dissection.Protocols.Quic;

/// <summary>
/// Reads the Initial packets of one QUIC connection until both hellos are complete; everything behind them is encrypted with other keys and passed over.
/// </summary>
internal sealed class QuicDissector(FlowContext context) : DatagramDissector
{
    /// <summary>Initial packets that are tried: what does not open by then is no start of a connection.</summary>
    private const int MostAttempts = 64;
    private const int MostOffered = 32;
    private const int LongestDatagram = 64 << 10;
    private readonly QuicTally _tally = context.Shared<QuicTally>();
    private readonly Memory _memory = new();
    private readonly CryptoStream _client = new();
    private readonly CryptoStream _server = new();
    private readonly TlsHandshake _handshake = new();
    private readonly QuicDetails _details = new();
    private (InitialKeys Client, InitialKeys Server)? _keys;
    private int _attempts;
    private bool _begun;
    private bool _done;

    /// <inheritdoc/>
    public override bool Dissect(Direction direction, ReadOnlySpan<byte> data, int missing, Timestamp timestamp)
    {
        while (LongHeader.TryRead(data, out var header))
        {
            _tally.Count(header.Kind);
            if (!_done) OnPacket(direction, header, timestamp);
            data = data[header.Packet.Length..];
        }

        Account();
        // Until a packet opens, the bytes may be of another protocol whose packets look alike.
        return _begun;
    }

    /// <inheritdoc/>
    public override void OnEnd(FlowEnd end, Timestamp timestamp)
    {
        if (!_done) Emit(end);
    }

    private void OnPacket(Direction direction, in LongHeader header, Timestamp timestamp)
    {
        switch (header.Kind)
        {
            case QuicPacketKind.Initial:
                OnInitial(direction, header, timestamp);
                break;
            case QuicPacketKind.Retry:
                // The client begins anew, with the id that the server chose.
                _details.IsRetried = true;
                Forget();
                break;
            case QuicPacketKind.VersionNegotiation:
                _details.OfferedVersions = ReadVersions(header.Packet[header.PayloadAt..]);
                Forget();
                break;
        }
    }

    private void OnInitial(Direction direction, in LongHeader header, Timestamp timestamp)
    {
        if (++_attempts > MostAttempts || header.Packet.Length > LongestDatagram) return;
        var frames = new byte[header.Packet.Length];
        if (_keys is { } keys)
        {
            var side = direction == _handshake.ClientDirection ? keys.Client : keys.Server;
            if (side.TryOpen(header, frames, out var length)) OnFrames(direction, frames.AsSpan(0, length), header.Packet.Length, timestamp);
            return;
        }

        var derived = InitialKeys.Derive(QuicVersion.Of(header.Version)!, header.Destination);
        if (!derived.Client.TryOpen(header, frames, out var opened))
        {
            derived.Client.Dispose();
            derived.Server.Dispose();
            return;
        }

        Begin(direction, header, derived, timestamp);
        OnFrames(direction, frames.AsSpan(0, opened), header.Packet.Length, timestamp);
    }

    private void Begin(Direction direction, in LongHeader header, (InitialKeys, InitialKeys) keys, Timestamp timestamp)
    {
        (_keys, _begun) = (keys, true);
        (_details.Version, _details.ClientId, _details.ServerId) = (header.Version, header.Source.ToArray(), header.Destination.ToArray());
        (_handshake.ClientDirection, _handshake.Started) = (direction, timestamp);
    }

    private void OnFrames(Direction direction, ReadOnlySpan<byte> frames, int size, Timestamp timestamp)
    {
        var isClient = direction == _handshake.ClientDirection;
        var stream = isClient ? _client : _server;
        var reader = new FrameReader(frames);
        while (reader.TryReadCrypto(out var offset, out var data)) stream.Add(offset, data);
        if (isClient) _handshake.RequestSize += size;
        else _handshake.ResponseSize += size;
        while (!_done && stream.TryRead(out var type, out var body)) OnMessage(type, body, timestamp);
    }

    private void OnMessage(byte type, ReadOnlySpan<byte> body, Timestamp timestamp)
    {
        if (type == HandshakeType.ClientHello)
        {
            _tally.ClientHellos++;
            if (_handshake.Client is null && HelloLayout.TryReadClient(body, out var layout)) _handshake.Client = new Hello(context.Arena.Keep(body), layout);
        }
        else if (type == HandshakeType.ServerHello)
        {
            _tally.ServerHellos++;
            if (!HelloLayout.TryReadServer(body, out var layout)) return;
            (_handshake.Server, _handshake.Answered) = (new Hello(context.Arena.Keep(body), layout), timestamp);
            if (_handshake.Server.IsRetryRequest) _handshake.IsRetried = true;
            else Emit(null);
        }
    }

    private void Emit(FlowEnd? end)
    {
        _done = true;
        Forget();
        if (_handshake.Client is null && _handshake.Server is null) return;
        var whole = _handshake.Client is not null && _handshake.Server is not null;
        context.Emit(new QuicItem(context, _handshake, _details) { Error = whole || end is null ? null : ErrorAt(end.Value) });
    }

    private static ItemError ErrorAt(FlowEnd end) => end == FlowEnd.Expired
        ? ItemError.Timeout("No ServerHello was seen before the flow became idle.")
        : ItemError.PairNotFound("The other hello was not found in the flow.");

    private static FieldValue[] ReadVersions(ReadOnlySpan<byte> list)
    {
        var versions = new List<FieldValue>();
        for (; list.Length >= 4 && versions.Count < MostOffered; list = list[4..]) versions.Add(FieldValue.From(QuicVersion.NameOf(BinaryPrimitives.ReadUInt32BigEndian(list))));
        return [.. versions];
    }

    /// <summary>Lets go of keys and incomplete hellos.</summary>
    private void Forget()
    {
        _keys?.Client.Dispose();
        _keys?.Server.Dispose();
        _keys = null;
        _client.Clear();
        _server.Clear();
        Account();
    }

    private void Account()
    {
        _memory.Dissector = this;
        var held = _client.Held + _server.Held;
        if (held != _memory.HeldBytes) context.Memory.ReportStream(_memory, held);
    }

    /// <summary>What the connection holds, which memory pressure may take.</summary>
    private sealed class Memory : MemoryHolder
    {
        public QuicDissector? Dissector { get; set; }

        internal override void Release(Timestamp now) => Dissector?.Emit(FlowEnd.Evicted);
    }
}
