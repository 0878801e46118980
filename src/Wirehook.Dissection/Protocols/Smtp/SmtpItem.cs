using Wirehook.Dissection.Contract;
using Wirehook.Dissection.Items;
using Wirehook.Dissection.Records;
using Wirehook.Packets;
using Wirehook.Packets.Flows;

namespace Wirehook.Dissection.Protocols.Smtp;

/// <summary>A command with its reply, or one of both alone, such as the server's greeting.</summary>
internal sealed class SmtpItem(FlowContext context, Direction client, Timestamp timestamp, SmtpCommand? request, SmtpReply? response) : Item(context, client, timestamp)
{
    private readonly SmtpCommand? _request = request;
    private readonly SmtpReply? _response = response;

    /// <summary>The declaration of this record.</summary>
    public static RecordType RecordType { get; } = Declare("SmtpItem", "An SMTP command and its reply.", SmtpCommand.RecordType, SmtpReply.RecordType);

    /// <summary>Whether bytes of the request's mail were not captured.</summary>
    public bool IsBroken { get; init; }

    /// <summary>Whether the response is none but the one that let the mail come.</summary>
    public bool IsInterim { get; init; }

    /// <inheritdoc/>
    public override RecordType Type => RecordType;

    /// <inheritdoc/>
    public override Protocol Protocol => SmtpModule.Smtp;

    /// <inheritdoc/>
    public override Record? Request => _request;

    /// <inheritdoc/>
    public override Record? Response => _response;

    /// <inheritdoc/>
    public override bool HasRequest => _request is not null && !IsBroken;

    /// <inheritdoc/>
    public override bool HasResponse => _response is not null && !IsInterim;
}
