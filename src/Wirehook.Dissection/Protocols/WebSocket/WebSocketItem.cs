using Wirehook.Dissection.Contract;
using Wirehook.Dissection.Items;
using Wirehook.Dissection.Records;
using Wirehook.Packets;
using Wirehook.Packets.Flows;

namespace Wirehook.Dissection.Protocols.WebSocket;

/// <summary>One frame: the request where the client sent it, the response where the server did.</summary>
internal sealed class WebSocketItem : Item
{
    private readonly WebSocketFrame _frame;
    private readonly bool _fromClient;
    private readonly bool _whole;

    /// <summary>An item of <paramref name="context"/>'s flow.</summary>
    /// <param name="context">The flow's context.</param>
    /// <param name="client">The direction in which the client sends.</param>
    /// <param name="fromClient">Whether the client sent the frame.</param>
    /// <param name="frame">The frame.</param>
    /// <param name="size">Its bytes on the wire.</param>
    /// <param name="whole">Whether all of them were captured.</param>
    /// <param name="timestamp">When its first byte was captured.</param>
    public WebSocketItem(FlowContext context, Direction client, bool fromClient, WebSocketFrame frame, long size, bool whole, Timestamp timestamp)
        : base(context, client, timestamp)
    {
        (_frame, _fromClient, _whole) = (frame, fromClient, whole);
        if (fromClient) RequestSize = size;
        else ResponseSize = size;
    }

    /// <summary>The declaration of this record.</summary>
    public static RecordType RecordType { get; } =
        Declare("WebSocketItem", "A WebSocket frame: `request` where the client sent it, otherwise `response`.", WebSocketFrame.RecordType, WebSocketFrame.RecordType);

    /// <inheritdoc/>
    /// <remarks>A compressed message is expanded at once, because the next one refers to it.</remarks>
    public override long KeptBytes => Math.Max(base.KeptBytes, _frame.KeptBytes);

    /// <inheritdoc/>
    public override RecordType Type => RecordType;

    /// <inheritdoc/>
    public override Protocol Protocol => WebSocketModule.WebSocket;

    /// <inheritdoc/>
    public override Record? Request => _fromClient ? _frame : null;

    /// <inheritdoc/>
    public override Record? Response => _fromClient ? null : _frame;

    /// <inheritdoc/>
    public override bool HasRequest => _fromClient && _whole;

    /// <inheritdoc/>
    public override bool HasResponse => !_fromClient && _whole;
}
