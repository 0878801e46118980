using Wirehook.Dissection.Contract;
using Wirehook.Dissection.Items;
using Wirehook.Dissection.Records;
using Wirehook.Packets;
using Wirehook.Packets.Flows;

namespace Wirehook.Dissection.Protocols.Redis;

/// <summary>A Redis command with its reply, or one of them alone.</summary>
internal sealed class RedisItem : Item
{
    private readonly RedisBytes _requestBytes;
    private readonly RedisBytes _responseBytes;
    private RedisMessage? _request;
    private RedisMessage? _response;

    public RedisItem(FlowContext context, Direction requestDirection, Timestamp timestamp, in RedisBytes request, in RedisBytes response)
        : base(context, requestDirection, timestamp)
    {
        (_requestBytes, _responseBytes) = (request, response);
        (RequestSize, ResponseSize) = (request.Message.Size, response.Message.Size);
    }

    /// <summary>The declaration of this record.</summary>
    public static RecordType RecordType { get; } = Declare("RedisItem", "A Redis command with its reply.", RedisMessage.RecordType, RedisMessage.RecordType);

    /// <inheritdoc/>
    public override RecordType Type => RecordType;

    /// <inheritdoc/>
    public override Protocol Protocol => RedisModule.Redis;

    /// <inheritdoc/>
    public override bool HasRequest => !_requestBytes.Bytes.IsEmpty && !_requestBytes.Message.Broken;

    /// <inheritdoc/>
    public override bool HasResponse => !_responseBytes.Bytes.IsEmpty && !_responseBytes.Message.Broken;

    /// <inheritdoc/>
    public override Record? Request => _requestBytes.Bytes.IsEmpty ? null : _request ??= new RedisMessage(_requestBytes, isRequest: true);

    /// <inheritdoc/>
    public override Record? Response => _responseBytes.Bytes.IsEmpty ? null : _response ??= new RedisMessage(_responseBytes, isRequest: false);
}
