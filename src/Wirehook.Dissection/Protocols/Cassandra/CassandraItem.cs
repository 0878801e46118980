using Wirehook.Dissection.Contract;
using Wirehook.Dissection.Items;
using Wirehook.Dissection.Records;
using Wirehook.Packets.Flows;

namespace Wirehook.Dissection.Protocols.Cassandra;

/// <summary>A request to Cassandra with its response, or one of them alone.</summary>
internal sealed class CassandraItem : Item
{
    private readonly CassandraMessage? _requestMessage;
    private readonly CassandraMessage? _responseMessage;
    private CassandraRequest? _request;
    private CassandraResponse? _response;

    /// <summary>An item of <paramref name="context"/>'s flow.</summary>
    /// <param name="context">The flow's context.</param>
    /// <param name="clientDirection">The direction in which the client sends.</param>
    /// <param name="request">The request, or null.</param>
    /// <param name="response">The response or event, or null where there is a request.</param>
    public CassandraItem(FlowContext context, Direction clientDirection, CassandraMessage? request, CassandraMessage? response)
        : base(context, clientDirection, (request ?? response!).Started)
    {
        (_requestMessage, _responseMessage) = (request, response);
        (RequestSize, ResponseSize) = (request?.Size ?? 0, response?.Size ?? 0);
        if (request is not null && response is not null) ElapsedMilliseconds = Math.Max(0, response.Timestamp.Since(request.Started) / 1_000_000);
    }

    /// <summary>The declaration of this record.</summary>
    public static RecordType RecordType { get; } =
        Declare("CassandraItem", "A request to Cassandra with its response.", CassandraRequest.RecordType, CassandraResponse.RecordType);

    /// <inheritdoc/>
    public override RecordType Type => RecordType;

    /// <inheritdoc/>
    public override Protocol Protocol => CassandraModule.Protocol;

    /// <inheritdoc/>
    public override bool HasRequest => _requestMessage is not null;

    /// <inheritdoc/>
    public override bool HasResponse => _responseMessage is not null;

    /// <inheritdoc/>
    public override Record? Request => _requestMessage is null ? null : _request ??= new CassandraRequest(_requestMessage);

    /// <inheritdoc/>
    public override Record? Response => _responseMessage is null ? null : _response ??= new CassandraResponse(_responseMessage);
}
