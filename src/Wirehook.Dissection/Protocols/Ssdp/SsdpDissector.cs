using Wirehook.Dissection.Contract;
using Wirehook.Dissection.Items;
using Wirehook.Dissection.Protocols.Http;
using Wirehook.Packets;
using Wirehook.Packets.Flows;

namespace Wirehook.Dissection.Protocols.Ssdp;

/// <summary>
/// SSDP over UDP: every datagram is one message and one item. Searches are multicast and any number of devices answers, and announcements have no answer,
/// so nothing is paired and a message alone is no error.
/// </summary>
internal sealed class SsdpDissector(FlowContext context) : DatagramDissector
{
    private static readonly ItemError CutOff = ItemError.Gap("The capture kept only part of the datagram.");
    private long _order;

    /// <summary>Whether <paramref name="data"/> begins with a request line or status line of HTTP/1, and headers follow.</summary>
    public static bool IsMessage(ReadOnlySpan<byte> data)
    {
        var isStart = HttpStartLine.CheckRequest(data) == StartLineCheck.Valid || HttpStartLine.CheckResponse(data) == StartLineCheck.Valid;
        return isStart && HttpHead.LooksRight(HeadOf(data));
    }

    /// <inheritdoc/>
    public override bool Dissect(Direction direction, ReadOnlySpan<byte> data, int missing, Timestamp timestamp)
    {
        if (!IsMessage(data)) return false;
        var isResponse = HttpStartLine.CheckResponse(data) == StartLineCheck.Valid;
        var message = Read(data, isResponse, missing, new Arrival(timestamp, ++_order));
        var asked = isResponse ? direction ^ Direction.Reverse : direction;
        context.Emit(new HttpItem(new HttpExchange(context, asked, isResponse ? null : message, isResponse ? message : null, message.Error, 0)) { Carrier = SsdpModule.Ssdp });
        return true;
    }

    /// <inheritdoc/>
    public override void OnEnd(FlowEnd end, Timestamp timestamp)
    {
    }

    private Http1Message Read(ReadOnlySpan<byte> data, bool isResponse, int missing, Arrival arrival)
    {
        var head = HeadOf(data);
        var fields = HttpHead.Read(head);
        var body = data[head.Length..];
        if (fields.ContentLength >= 0 && fields.ContentLength < body.Length) body = body[..(int)fields.ContentLength];
        var message = new Http1Message
        {
            Head = context.Arena.Keep(head),
            IsRequest = !isResponse,
            ContentTypeAt = fields.ContentType,
            Framing = body.IsEmpty ? BodyFraming.None : BodyFraming.Length,
            Status = isResponse ? HttpStartLine.ReadStatus(head, out _) : 0,
            Started = arrival,
            HeadEnded = arrival,
            Ended = arrival,
            Size = data.Length + missing,
            Complete = true,
            Broken = missing > 0,
            Error = missing > 0 ? CutOff : null,
        };
        var dropped = message.AppendBody(body, context.Arena, context.Options.BodyLimit);
        if (dropped > 0) context.Losses.BodyBytes.Add(dropped);
        message.Truncated |= missing > 0;
        return message;
    }

    /// <summary>Start line and headers. Many devices leave out the empty line; then the datagram is all head.</summary>
    private static ReadOnlySpan<byte> HeadOf(ReadOnlySpan<byte> data)
    {
        var end = HttpHead.FindEnd(data, 0);
        return end < 0 ? data : data[..end];
    }
}
