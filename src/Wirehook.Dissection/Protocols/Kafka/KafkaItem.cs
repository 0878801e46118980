using Wirehook.Dissection.Contract;
using Wirehook.Dissection.Items;
using Wirehook.Dissection.Records;
using Wirehook.Packets.Flows;

namespace Wirehook.Dissection.Protocols.Kafka;

/// <summary>A request with its response, or one of them alone.</summary>
internal sealed class KafkaItem : Item
{
    private readonly KafkaMessage? _request;
    private readonly KafkaMessage? _response;
    private KafkaRequest? _requestRecord;
    private KafkaResponse? _responseRecord;

    /// <summary>An item of <paramref name="context"/>'s flow.</summary>
    public KafkaItem(FlowContext context, KafkaMessage? request, KafkaMessage? response)
        : base(context, request?.Direction ?? (response!.Direction ^ Direction.Reverse), (request ?? response!).Started)
    {
        (_request, _response) = (request, response);
        (RequestSize, ResponseSize) = (request?.Size ?? 0, response?.Size ?? 0);
        if (request is not null && response is not null) ElapsedMilliseconds = Math.Max(0, response.Timestamp.Since(request.Started) / 1_000_000);
    }

    /// <summary>The declaration of this record.</summary>
    public static RecordType RecordType { get; } = Declare("KafkaItem", "A Kafka request and its response.", KafkaRequest.RecordType, KafkaResponse.RecordType);

    /// <inheritdoc/>
    public override RecordType Type => RecordType;

    /// <inheritdoc/>
    public override Protocol Protocol => KafkaModule.Kafka;

    /// <inheritdoc/>
    public override bool HasRequest => _request is { IsWhole: true };

    /// <inheritdoc/>
    public override bool HasResponse => _response is { IsWhole: true };

    /// <inheritdoc/>
    public override Record? Request => _request is null ? null : _requestRecord ??= new KafkaRequest(_request, Context.Options.DecodedBodyLimit);

    /// <inheritdoc/>
    public override Record? Response => _response is null ? null : _responseRecord ??= new KafkaResponse(_response, _request, Context.Options.DecodedBodyLimit);
}
