using System.Buffers.Binary;
using Wirehook.Dissection.Contract;
using Wirehook.Dissection.Items;
using Wirehook.Dissection.Pairing;
using Wirehook.Packets;
using Wirehook.Packets.Flows;

namespace Wirehook.Dissection.Protocols.Dhcp;

/// <summary>The messages of one flow, of either version; requests wait for answers that other flows may carry.</summary>
internal sealed class DhcpDissector : DatagramDissector
{
    private static readonly ItemError NoRequest = ItemError.PairNotFound("No request for this response was captured, or another response came first.");
    private static readonly ItemError Ended = ItemError.PairNotFound("The capture ended, or the flow became idle, before a response came.");
    private static readonly ItemError CutOff = ItemError.Gap("The capture kept only part of the message.");
    private readonly FlowContext _context;
    private readonly KeyedPairing<DhcpPending> _transactions;
    private readonly HashSet<long> _waiting = [];
    private readonly bool _isVersion6;

    public DhcpDissector(FlowContext context)
    {
        (_context, _transactions) = (context, context.Shared<DhcpTransactions>().Of(context));
        _isVersion6 = Dhcp6Packet.IsOnPort(context.Flow);
    }

    /// <inheritdoc/>
    public override bool Dissect(Direction direction, ReadOnlySpan<byte> data, int missing, Timestamp timestamp)
    {
        var error = missing > 0 ? CutOff : null;
        if (!_isVersion6)
        {
            if (DhcpPacket.IsCut(data, missing))
            {
                // The fields that the capture lacks read as empty.
                var whole = new byte[DhcpPacket.HeaderLength];
                data.CopyTo(whole);
                missing -= DhcpPacket.HeaderLength - data.Length;
                data = whole;
            }

            if (!DhcpPacket.IsValid(data)) return false;
            var kind = DhcpPacket.MessageTypeOf(data);
            if (data[0] == 1) Ask(direction, data, missing, timestamp, Key4(data), kind, DhcpMessageTypes.IsAnswered4(kind), error);
            else Answer(direction, data, missing, timestamp, Key4(data), kind, DhcpMessageTypes.Answers4, error);
            return true;
        }

        if (!Dhcp6Packet.IsValid(data, missing)) return false;
        var asks = DhcpMessageTypes.IsRequest6(data[0]);
        var key = Dhcp6Packet.Key(data, _context.Flow.SenderOf(asks ? direction : direction ^ Direction.Reverse).Address);
        if (asks) Ask(direction, data, missing, timestamp, key, data[0], isAnswered: true, error);
        else Answer(direction, data, missing, timestamp, key, data[0], DhcpMessageTypes.Answers6, error);
        return true;
    }

    /// <inheritdoc/>
    public override void OnEnd(FlowEnd end, Timestamp timestamp)
    {
        foreach (var key in _waiting.Order().ToList())
        {
            if (_transactions.Find(key) is not { } request || request.Asker != this) continue;
            _transactions.Take(key);
            EmitUnanswered(request, Ended);
        }

        _waiting.Clear();
    }

    /// <summary>Emits a request that nobody answered.</summary>
    public void EmitUnanswered(DhcpPending request, ItemError because)
    {
        _waiting.Remove(request.PairingKey);
        _context.Emit(Make(request.Direction, request.Timestamp, request.Message, default, 0, request.Error ?? because, request.Size, 0));
    }

    /// <summary>Transaction id and client; a relay's copy of a message is a transaction of its own.</summary>
    private long Key4(ReadOnlySpan<byte> data)
    {
        var isRelayed = _context.Flow.Initiator.Port == _context.Flow.Responder.Port;
        var mixed = Mix(data.Slice(28, 16)) ^ (isRelayed ? 0x5A5A_5A5AU : 0);
        return ((long)BinaryPrimitives.ReadUInt32BigEndian(data[4..]) << 32) | mixed;
    }

    private static uint Mix(ReadOnlySpan<byte> bytes)
    {
        var hash = 2166136261;
        foreach (var value in bytes) hash = (hash ^ value) * 16777619;
        return hash;
    }

    private void Ask(Direction direction, ReadOnlySpan<byte> data, int missing, Timestamp timestamp, long key, int kind, bool isAnswered, ItemError? error)
    {
        var kept = _context.Arena.Keep(data);
        if (!isAnswered)
        {
            _context.Emit(Make(direction, timestamp, kept, default, 0, error, data.Length + missing, 0));
            return;
        }

        _transactions.Add(key, new DhcpPending
        {
            Asker = this,
            Context = _context,
            Message = kept,
            Direction = direction,
            Kind = kind,
            Timestamp = timestamp,
            Size = data.Length + missing,
            Error = error,
        });
        // An earlier request with the same key left just now and took its place here along.
        _waiting.Add(key);
    }

    private void Answer(Direction direction, ReadOnlySpan<byte> data, int missing, Timestamp timestamp, long key, int kind, Func<int, int, bool> answers, ItemError? error)
    {
        var kept = _context.Arena.Keep(data);
        if (_transactions.Find(key) is { } request && answers(request.Kind, kind))
        {
            _transactions.Take(key);
            request.Asker.EmitPair(request, kept, data.Length + missing, timestamp, error);
            return;
        }

        _context.Emit(Make(direction ^ Direction.Reverse, timestamp, default, kept, 0, error ?? NoRequest, 0, data.Length + missing));
    }

    private void EmitPair(DhcpPending request, ReadOnlyMemory<byte> response, long size, Timestamp timestamp, ItemError? error)
    {
        _waiting.Remove(request.PairingKey);
        var elapsed = Math.Max(0, timestamp.Since(request.Timestamp) / 1_000_000);
        _context.Emit(Make(request.Direction, request.Timestamp, request.Message, response, elapsed, request.Error ?? error, request.Size, size));
    }

    private Item Make(
        Direction direction, Timestamp timestamp, ReadOnlyMemory<byte> request, ReadOnlyMemory<byte> response, long elapsed, ItemError? error, long requestSize, long responseSize)
    {
        return !_isVersion6
            ? new DhcpItem(_context, direction, timestamp, request, response) { ElapsedMilliseconds = elapsed, Error = error, RequestSize = requestSize, ResponseSize = responseSize }
            : new Dhcp6Item(_context, direction, timestamp, request, response) { ElapsedMilliseconds = elapsed, Error = error, RequestSize = requestSize, ResponseSize = responseSize };
    }
}
