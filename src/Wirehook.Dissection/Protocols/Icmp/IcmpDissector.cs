using System.Buffers.Binary;
using Wirehook.Dissection.Contract;
using Wirehook.Dissection.Items;
using Wirehook.Dissection.Pairing;
using Wirehook.Packets;
using Wirehook.Packets.Flows;

namespace Wirehook.Dissection.Protocols.Icmp;

/// <summary>
/// The ICMP messages between two hosts. Requests that are answered (echo, timestamp, information, address mask) pair with their replies by identifier and
/// sequence number; every other message is an item of its own, in <c>request</c>, because its sender speaks unasked.
/// </summary>
internal sealed class IcmpDissector : DatagramDissector
{
    private static readonly ItemError NoRequest = ItemError.PairNotFound("No request for this reply was captured.");
    private static readonly ItemError CutOff = ItemError.Gap("The capture kept only part of the message.");
    private static readonly ItemError TooShort = ItemError.Dissection("The message is shorter than its type demands.");
    private readonly FlowContext _context;
    private readonly KeyedPairing<IcmpPending> _pairing;
    private readonly Protocol _protocol;
    private readonly bool _version6;
    private readonly bool _isOneHost;

    public IcmpDissector(FlowContext context)
    {
        _context = context;
        _pairing = new KeyedPairing<IcmpPending>(context, EmitUnanswered);
        _isOneHost = context.Flow.Initiator == context.Flow.Responder;
        _version6 = context.Flow.Transport == TransportProtocol.Icmpv6;
        _protocol = _version6 ? IcmpModule.Version6 : IcmpModule.Version4;
    }

    /// <inheritdoc/>
    public override bool Dissect(Direction direction, ReadOnlySpan<byte> data, int missing, Timestamp timestamp)
    {
        if (data.IsEmpty) return false;
        var exchange = IcmpExchange.Of(data[0], _version6, out var isReply);
        var error = missing > 0 ? CutOff : null;
        if (data.Length < IcmpExchange.HeaderLength)
        {
            EmitAlone(direction, data, missing, timestamp, isReply, error ?? TooShort);
            return true;
        }

        if (exchange == 0)
        {
            EmitAlone(direction, data, missing, timestamp, isReply: false, error);
            return true;
        }

        // Both hosts may ping each other with the same numbers: the asker is part of the key. A host that pings itself has one direction only.
        var asks = isReply && !_isOneHost ? direction ^ Direction.Reverse : direction;
        var key = ((long)exchange << 40) | ((long)asks << 32) | BinaryPrimitives.ReadUInt32BigEndian(data[4..]);
        if (!isReply) _pairing.Add(key, new IcmpPending { Message = _context.Arena.Keep(data), Direction = direction, Timestamp = timestamp, Size = data.Length + missing, Error = error });
        else if (_pairing.Take(key) is { } request) EmitPair(request, data, missing, timestamp, error);
        else EmitAlone(direction, data, missing, timestamp, isReply: true, error ?? NoRequest);
        return true;
    }

    /// <inheritdoc/>
    public override void OnEnd(FlowEnd end, Timestamp timestamp) => _pairing.Flush(end);

    private void EmitPair(IcmpPending request, ReadOnlySpan<byte> reply, int missing, Timestamp timestamp, ItemError? error) =>
        _context.Emit(new IcmpItem(_context, _protocol, request.Direction, request.Timestamp, request.Message, _context.Arena.Keep(reply))
        {
            RequestSize = request.Size,
            ResponseSize = reply.Length + missing,
            ElapsedMilliseconds = Math.Max(0, timestamp.Since(request.Timestamp) / 1_000_000),
            Error = request.Error ?? error,
        });

    private void EmitUnanswered(IcmpPending request, ItemError because) =>
        _context.Emit(new IcmpItem(_context, _protocol, request.Direction, request.Timestamp, request.Message, default) { RequestSize = request.Size, Error = because });

    private void EmitAlone(Direction direction, ReadOnlySpan<byte> data, int missing, Timestamp timestamp, bool isReply, ItemError? error)
    {
        var (kept, size) = (_context.Arena.Keep(data), data.Length + missing);
        _context.Emit(isReply
            ? new IcmpItem(_context, _protocol, direction ^ Direction.Reverse, timestamp, default, kept) { ResponseSize = size, Error = error }
            : new IcmpItem(_context, _protocol, direction, timestamp, kept, default) { RequestSize = size, Error = error });
    }
}
