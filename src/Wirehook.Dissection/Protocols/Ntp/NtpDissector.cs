using System.Buffers.Binary;
using Wirehook.Dissection.Contract;
using Wirehook.Dissection.Items;
using Wirehook.Dissection.Pairing;
using Wirehook.Packets;
using Wirehook.Packets.Flows;

namespace Wirehook.Dissection.Protocols.Ntp;

/// <summary>
/// The packets between two hosts. A server's answer repeats the client's transmit timestamp, and a control response its sequence number; symmetric and
/// broadcast packets stand alone.
/// </summary>
internal sealed class NtpDissector : DatagramDissector
{
    private const int Origin = 24;
    private const int Transmit = 40;
    private const byte ControlResponse = 0x80;
    private static readonly ItemError NoRequest = ItemError.PairNotFound("No request for this response was captured.");
    private static readonly ItemError CutOff = ItemError.Gap("The capture kept only part of the packet.");
    private readonly FlowContext _context;
    private readonly KeyedPairing<NtpPending> _pairing;

    public NtpDissector(FlowContext context)
    {
        _context = context;
        _pairing = new KeyedPairing<NtpPending>(context, EmitUnanswered);
    }

    /// <inheritdoc/>
    public override bool Dissect(Direction direction, ReadOnlySpan<byte> data, int missing, Timestamp timestamp)
    {
        if (!NtpPacket.IsValid(data, missing)) return false;
        var error = missing > 0 ? CutOff : null;
        switch (NtpPacket.ModeOf(data))
        {
            case NtpMode.Client:
                Ask(Key(direction, (long)NtpPacket.TimeAt(data, Transmit)), direction, data, missing, timestamp, error);
                break;
            case NtpMode.Server:
                Answer(Key(direction ^ Direction.Reverse, (long)NtpPacket.TimeAt(data, Origin)), direction, data, missing, timestamp, error);
                break;
            case NtpMode.Control when (data[1] & ControlResponse) == 0:
                Ask(ControlKey(direction, data), direction, data, missing, timestamp, error);
                break;
            case NtpMode.Control:
                Answer(ControlKey(direction ^ Direction.Reverse, data), direction, data, missing, timestamp, error);
                break;
            default:
                EmitAlone(direction, data, missing, timestamp, error);
                break;
        }

        return true;
    }

    /// <inheritdoc/>
    public override void OnEnd(FlowEnd end, Timestamp timestamp) => _pairing.Flush(end);

    /// <summary>Times of one client differ in far more than the bit that the direction takes.</summary>
    private static long Key(Direction asker, long time) => asker == Direction.Forward ? time : time ^ long.MinValue;

    private static long ControlKey(Direction asker, ReadOnlySpan<byte> data) => ((long)asker << 16) | BinaryPrimitives.ReadUInt16BigEndian(data[2..]);

    private void Ask(long key, Direction direction, ReadOnlySpan<byte> data, int missing, Timestamp timestamp, ItemError? error) =>
        _pairing.Add(key, new NtpPending { Packet = _context.Arena.Keep(data), Direction = direction, Timestamp = timestamp, Size = data.Length + missing, Error = error });

    private void Answer(long key, Direction direction, ReadOnlySpan<byte> data, int missing, Timestamp timestamp, ItemError? error)
    {
        var request = _pairing.Take(key);
        _context.Emit(new NtpItem(_context, request?.Direction ?? (direction ^ Direction.Reverse), request?.Timestamp ?? timestamp, request?.Packet ?? default, _context.Arena.Keep(data))
        {
            Answered = request is null ? default : timestamp,
            RequestSize = request?.Size ?? 0,
            ResponseSize = data.Length + missing,
            ElapsedMilliseconds = request is null ? 0 : Math.Max(0, timestamp.Since(request.Timestamp) / 1_000_000),
            Error = request is null ? error ?? NoRequest : request.Error ?? error,
        });
    }

    private void EmitAlone(Direction direction, ReadOnlySpan<byte> data, int missing, Timestamp timestamp, ItemError? error) =>
        _context.Emit(new NtpItem(_context, direction, timestamp, _context.Arena.Keep(data), default) { RequestSize = data.Length + missing, Error = error });

    private void EmitUnanswered(NtpPending request, ItemError because) =>
        _context.Emit(new NtpItem(_context, request.Direction, request.Timestamp, request.Packet, default) { RequestSize = request.Size, Error = because });
}
