using Wirehook.Dissection.Contract;
using Wirehook.Dissection.Items;
using Wirehook.Dissection.Records;
using Wirehook.Packets;
using Wirehook.Packets.Flows;

namespace Wirehook.Dissection.Protocols.Amqp;

/// <summary>A method with the method that answers it, one of them alone, or a method that has no answer.</summary>
internal sealed class AmqpItem : Item
{
    private readonly AmqpMessage? _request;
    private readonly AmqpMessage? _response;
    private readonly bool _expectsAnswer;
    private AmqpRecord? _requestRecord;
    private AmqpRecord? _responseRecord;

    /// <summary>An item of <paramref name="context"/>'s flow.</summary>
    /// <param name="context">The flow's context.</param>
    /// <param name="request">The method, or null.</param>
    /// <param name="response">Its answer, or null.</param>
    /// <param name="expectsAnswer">Whether the method is one that is answered.</param>
    public AmqpItem(FlowContext context, AmqpMessage? request, AmqpMessage? response, bool expectsAnswer)
        : base(context, request?.Direction ?? (response!.Direction ^ Direction.Reverse), (request ?? response!).Started)
    {
        (_request, _response, _expectsAnswer) = (request, response, expectsAnswer);
        (RequestSize, ResponseSize) = (request?.Size ?? 0, response?.Size ?? 0);
        if (request is not null && response is not null) ElapsedMilliseconds = Math.Max(0, response.Timestamp.Since(request.Started) / 1_000_000);
    }

    /// <summary>The declaration of this record.</summary>
    public static RecordType RecordType { get; } = Declare("AmqpItem", "An AMQP method and its answer.", AmqpRecord.RecordType, AmqpRecord.RecordType,
        new Field("channel", "number", "The channel; 0 for the connection itself.", static r => FieldValue.From(((AmqpItem)r).Channel)));

    /// <inheritdoc/>
    public override RecordType Type => RecordType;

    /// <inheritdoc/>
    public override Protocol Protocol => AmqpModule.Amqp;

    /// <inheritdoc/>
    public override bool HasRequest => _request is { IsWhole: true };

    /// <inheritdoc/>
    public override bool HasResponse => _response is { IsWhole: true };

    /// <inheritdoc/>
    public override Record? Request => _request is null ? null : _requestRecord ??= new AmqpRecord(_request);

    /// <inheritdoc/>
    public override Record? Response => _response is null && _expectsAnswer ? null : _responseRecord ??= new AmqpRecord(_response);

    private ushort Channel => (_request ?? _response!).Channel;
}
