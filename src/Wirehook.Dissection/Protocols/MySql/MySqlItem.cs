using Wirehook.Dissection.Contract;
using Wirehook.Dissection.Items;
using Wirehook.Dissection.Records;
using Wirehook.Packets.Flows;

namespace Wirehook.Dissection.Protocols.MySql;

/// <summary>A MySQL command with its response, or one of them alone.</summary>
internal sealed class MySqlItem : Item
{
    private readonly MySqlExchange? _exchange;
    private readonly MySqlReply? _reply;
    private MySqlRequest? _request;
    private MySqlResponse? _response;

    /// <summary>An item of <paramref name="context"/>'s flow.</summary>
    /// <param name="context">The flow's context.</param>
    /// <param name="clientDirection">The direction in which the client sends.</param>
    /// <param name="exchange">What the client sent, or null.</param>
    /// <param name="reply">What the server sent, or null where there is an exchange.</param>
    public MySqlItem(FlowContext context, Direction clientDirection, MySqlExchange? exchange, MySqlReply? reply)
        : base(context, clientDirection, exchange?.Started ?? reply!.Started)
    {
        (_exchange, _reply) = (exchange, reply);
        (RequestSize, ResponseSize) = (exchange?.Bytes ?? 0, reply?.Size ?? 0);
        if (exchange is not null && reply is not null) ElapsedMilliseconds = Math.Max(0, reply.Ended.Since(exchange.Started) / 1_000_000);
    }

    /// <summary>The declaration of this record.</summary>
    public static RecordType RecordType { get; } =
        Declare("MySqlItem", "A MySQL command with its response.", MySqlRequest.RecordType, MySqlResponse.RecordType);

    /// <inheritdoc/>
    public override RecordType Type => RecordType;

    /// <inheritdoc/>
    public override Protocol Protocol => MySqlModule.Protocol;

    /// <inheritdoc/>
    public override bool HasRequest => _exchange is not null;

    /// <inheritdoc/>
    public override bool HasResponse => _reply is { IsComplete: true };

    /// <inheritdoc/>
    public override Record? Request => _exchange is null ? null : _request ??= new MySqlRequest(_exchange);

    /// <inheritdoc/>
    public override Record? Response => _reply is null ? null : _response ??= new MySqlResponse(_reply);
}
