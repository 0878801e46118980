using Wirehook.Dissection.Contract;
using Wirehook.Dissection.Items;
using Wirehook.Packets;
using Wirehook.Packets.Flows;

namespace Wirehook.Dissection.Protocols.Raw;

/// <summary>Makes an item of every piece of a stream, in order, and of every datagram.</summary>
internal sealed class RawWatcher(FlowContext context, Protocol protocol) : FlowWatcher
{
    private static readonly ItemError CutOff = ItemError.Gap("The capture kept only part of the datagram.");
    private static readonly ItemError BehindGap = ItemError.Gap("Bytes before this payload were not captured.");
    private bool _forwardGap;
    private bool _reverseGap;

    /// <inheritdoc/>
    public override void OnPayload(Direction direction, ReadOnlySpan<byte> data, int missing, Timestamp timestamp)
    {
        if (data.IsEmpty && missing == 0) return;
        var kept = data[..Math.Min(data.Length, context.Options.BodyLimit)];
        if (kept.Length < data.Length) context.Losses.BodyBytes.Add(data.Length - kept.Length);
        ref var gap = ref GapOf(direction);
        context.Emit(new RawItem(context, protocol, direction, timestamp, context.Arena.Keep(kept))
        {
            RequestSize = data.Length + missing,
            Error = missing > 0 ? CutOff : gap ? BehindGap : null,
        });
        gap = false;
    }

    /// <inheritdoc/>
    public override void OnGap(Direction direction, long length, Timestamp timestamp) => GapOf(direction) = true;

    /// <inheritdoc/>
    public override void OnEnd(FlowEnd end, Timestamp timestamp)
    {
    }

    private ref bool GapOf(Direction direction)
    {
        if (direction == Direction.Forward) return ref _forwardGap;
        return ref _reverseGap;
    }
}
