using Wirehook.Dissection.Contract;
using Wirehook.Dissection.Items;
using Wirehook.Dissection.Pairing;
using Wirehook.Packets;
using Wirehook.Packets.Flows;

namespace Wirehook.Dissection.Protocols.Radius;

/// <summary>The packets between one client and one server port: a response answers the request with its identifier, if its code may.</summary>
internal sealed class RadiusDissector : DatagramDissector
{
    private static readonly ItemError NoRequest = ItemError.PairNotFound("No request for this response was captured.");
    private static readonly ItemError CutOff = ItemError.Gap("The capture kept only part of the packet.");
    private static readonly ItemError Damaged = ItemError.Dissection("The attributes do not fit into the packet.");
    private readonly FlowContext _context;
    private readonly KeyedPairing<RadiusPending> _pairing;

    public RadiusDissector(FlowContext context)
    {
        _context = context;
        _pairing = new KeyedPairing<RadiusPending>(context, EmitUnanswered);
    }

    /// <inheritdoc/>
    public override bool Dissect(Direction direction, ReadOnlySpan<byte> data, int missing, Timestamp timestamp)
    {
        var isDamaged = RadiusPacket.IsDamaged(data, missing);
        if (!isDamaged && !RadiusPacket.IsValid(data, missing)) return false;
        var size = RadiusPacket.LengthOf(data);
        var error = isDamaged ? Damaged : data.Length < size ? CutOff : null;
        var packet = data[..Math.Min(size, data.Length)];
        if (RadiusCodes.IsRequest(data[0]))
        {
            _pairing.Add(Key(direction, data[1]), new RadiusPending { Packet = _context.Arena.Keep(packet), Direction = direction, Timestamp = timestamp, Size = size, Error = error });
            return true;
        }

        var key = Key(direction ^ Direction.Reverse, data[1]);
        var answers = _pairing.Find(key) is { } waiting && RadiusCodes.Answers(waiting.Packet.Span[0], data[0]);
        EmitResponse(answers ? _pairing.Take(key) : null, direction, packet, size, timestamp, error);
        return true;
    }

    /// <inheritdoc/>
    public override void OnEnd(FlowEnd end, Timestamp timestamp) => _pairing.Flush(end);

    private static long Key(Direction asker, byte identifier) => ((long)asker << 8) | identifier;

    private void EmitResponse(RadiusPending? request, Direction direction, ReadOnlySpan<byte> packet, int size, Timestamp timestamp, ItemError? error) =>
        _context.Emit(new RadiusItem(_context, request?.Direction ?? (direction ^ Direction.Reverse), request?.Timestamp ?? timestamp, request?.Packet ?? default, _context.Arena.Keep(packet))
        {
            RequestSize = request?.Size ?? 0,
            ResponseSize = size,
            ElapsedMilliseconds = request is null ? 0 : Math.Max(0, timestamp.Since(request.Timestamp) / 1_000_000),
            Error = request is null ? error ?? NoRequest : request.Error ?? error,
        });

    private void EmitUnanswered(RadiusPending request, ItemError because) =>
        _context.Emit(new RadiusItem(_context, request.Direction, request.Timestamp, request.Packet, default) { RequestSize = request.Size, Error = because });
}
