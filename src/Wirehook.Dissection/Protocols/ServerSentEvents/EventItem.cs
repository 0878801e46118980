using Wirehook.Dissection.Contract;
using Wirehook.Dissection.Items;
using Wirehook.Dissection.Protocols.Http;
using Wirehook.Dissection.Records;
using Wirehook.Packets;
using Wirehook.Packets.Flows;

namespace Wirehook.Dissection.Protocols.ServerSentEvents;

/// <summary>One server-sent event, with the request that opened its stream where that is known; the request is counted with its own item, not here.</summary>
public sealed class EventItem : Item
{
    private readonly HttpMessage? _request;
    private readonly ServerSentEvent _event;
    private HttpRequest? _requestRecord;

    internal EventItem(FlowContext context, Direction clientDirection, Timestamp timestamp, HttpMessage? request, ServerSentEvent serverSentEvent)
        : base(context, clientDirection, timestamp)
    {
        (_request, _event) = (request, serverSentEvent);
    }

    /// <summary>The declaration of this record.</summary>
    public static RecordType RecordType { get; } = Declare("EventItem", "One server-sent event, with the request that opened its stream.", HttpRequest.RecordType, ServerSentEvent.RecordType);

    /// <inheritdoc/>
    public override RecordType Type => RecordType;

    /// <inheritdoc/>
    public override Protocol Protocol => EventStreamModule.ServerSentEvents;

    /// <inheritdoc/>
    public override Record? Request => _request is null ? null : _requestRecord ??= new HttpRequest(_request, Context.Options.DecodedBodyLimit);

    /// <inheritdoc/>
    public override Record? Response => _event;

    /// <inheritdoc/>
    public override bool HasRequest => false;

    /// <inheritdoc/>
    public override bool HasResponse => !_event.IsTruncated;
}
