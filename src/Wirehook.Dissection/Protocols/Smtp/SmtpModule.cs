using Wirehook.Dissection.Contract;
using Wirehook.Dissection.Items;
using Wirehook.Dissection.Protocols.Smtp;
using Wirehook.Dissection.Records;

[assembly: ProtocolModule(typeof(SmtpModule))]

namespace Wirehook.Dissection.Protocols.Smtp;

/// <summary>SMTP (RFC 5321) with pipelining, chunks (RFC 3030), authentication (RFC 4954) and STARTTLS (RFC 3207).</summary>
public sealed class SmtpModule : ProtocolModule
{
    internal static Protocol Smtp { get; } = new()
    {
        Name = "smtp",
        Version = "1",
        Abbreviation = "SMTP",
        LongName = "Simple Mail Transfer Protocol",
        Macro = "smtp",
        BackgroundColor = "#b5651d",
        ForegroundColor = "#ffffff",
        FontSize = 12,
        ReferenceLink = "https://datatracker.ietf.org/doc/html/rfc5321",
        Ports = [25, 465, 587, 2525],
        Layer4 = "tcp",
        Priority = 10,
    };

    /// <inheritdoc/>
    public override IReadOnlyList<Protocol> Protocols { get; } = [Smtp];

    /// <inheritdoc/>
    public override IReadOnlyList<RecordType> ItemTypes { get; } = [SmtpItem.RecordType];

    /// <inheritdoc/>
    public override bool DissectsStreams => true;

    /// <inheritdoc/>
    public override Detection Detect(in StreamOpening opening)
    {
        var expected = opening.PortMatches || IsAgreed(opening.Upgrade);
        var forward = SmtpEvidence.Look(opening.Forward, opening, expected);
        var reverse = SmtpEvidence.Look(opening.Reverse, opening, expected);
        return (Detection)Math.Max((int)forward, (int)reverse);
    }

    /// <inheritdoc/>
    public override StreamDissector CreateStreamDissector(FlowContext context) => new SmtpDissector(context);

    /// <summary>Whether the protocol before this stream said that SMTP goes on in it.</summary>
    internal static bool IsAgreed(Upgrade? upgrade) => upgrade is not null && (upgrade.Inner == Smtp.Name || upgrade.Protocol == Smtp.Name);
}
