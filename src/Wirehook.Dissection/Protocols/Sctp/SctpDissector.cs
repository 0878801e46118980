using System.Buffers.Binary;
using Wirehook.Dissection.Contract;
using Wirehook.Dissection.Items;
using Wirehook.Packets;
using Wirehook.Packets.Flows;

namespace Wirehook.Dissection.Protocols.Sctp;

/// <summary>
/// The packets of one association. Each chunk is an item, in <c>request</c>, with its sender as <c>src</c>. User messages of Diameter that were not split go to
/// the Diameter dissector as one stream per direction, in the order in which they were sent first.
/// </summary>
internal sealed class SctpDissector(FlowContext context) : DatagramDissector
{
    private const int HeaderLength = 12;
    private const int MostChunks = 512;
    private static readonly ItemError CutOff = ItemError.Gap("The capture kept only part of the chunk.");
    private static readonly ItemError BadLength = ItemError.Dissection("The chunk's length does not fit into the packet.");
    private static readonly ItemError TooMany = ItemError.Dissection("The packet has more chunks than the limit of 512; those behind this one were passed over.");
    private readonly uint[] _newest = new uint[2];
    private readonly bool[] _seen = new bool[2];
    private CarriedStream? _diameter;

    /// <inheritdoc/>
    public override bool Dissect(Direction direction, ReadOnlySpan<byte> data, int missing, Timestamp timestamp)
    {
        if (data.Length < HeaderLength) return false;
        var header = new SctpHeader(BinaryPrimitives.ReadUInt32BigEndian(data[4..]), BinaryPrimitives.ReadUInt32BigEndian(data[8..]));
        var at = HeaderLength;
        for (var chunks = 0; at + SctpChunk.HeaderLength <= data.Length && chunks < MostChunks; chunks++)
        {
            int length = BinaryPrimitives.ReadUInt16BigEndian(data[(at + 2)..]);
            var fits = length >= SctpChunk.HeaderLength && at + length <= data.Length;
            var chunk = fits ? data.Slice(at, length) : data[at..];
            var error = !fits ? missing > 0 ? CutOff : BadLength : chunks == MostChunks - 1 && at + length + SctpChunk.HeaderLength <= data.Length ? TooMany : null;
            Emit(direction, chunk, length, header, timestamp, error);
            if (!fits) break;
            if (SctpChunk.IsWholeDiameter(chunk)) Carry(direction, chunk, timestamp);
            at += (length + 3) & ~3;
        }

        return true;
    }

    /// <inheritdoc/>
    public override void OnEnd(FlowEnd end, Timestamp timestamp) => _diameter?.OnEnd(end, timestamp);

    private void Emit(Direction direction, ReadOnlySpan<byte> chunk, int length, SctpHeader header, Timestamp timestamp, ItemError? error) =>
        context.Emit(new SctpItem(context, direction, timestamp, context.Arena.Keep(chunk), header) { RequestSize = Math.Max(length, chunk.Length), Error = error });

    /// <summary>Passes a user message on once, however often it is sent: its number must be beyond those before (RFC 1982).</summary>
    private void Carry(Direction direction, ReadOnlySpan<byte> chunk, Timestamp timestamp)
    {
        var number = BinaryPrimitives.ReadUInt32BigEndian(chunk[4..]);
        var side = (int)direction;
        if (_seen[side] && (int)(number - _newest[side]) <= 0) return;
        (_seen[side], _newest[side]) = (true, number);
        _diameter ??= context.Carry(tls: false, atStart: true, new Upgrade("diameter"));
        _diameter.OnData(direction, chunk[SctpChunk.DataHeaderLength..], timestamp);
    }
}
