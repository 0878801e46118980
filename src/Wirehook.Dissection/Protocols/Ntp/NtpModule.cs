using Wirehook.Dissection.Contract;
using Wirehook.Dissection.Items;
using Wirehook.Dissection.Protocols.Ntp;
using Wirehook.Dissection.Records;

[assembly: ProtocolModule(typeof(NtpModule))]

namespace Wirehook.Dissection.Protocols.Ntp;

/// <summary>NTP, versions 1 to 4 (RFC 5905, RFC 1305), with control messages (RFC 9327).</summary>
public sealed class NtpModule : ProtocolModule
{
    /// <summary>NTP as its items name it.</summary>
    internal static Protocol Ntp { get; } = new()
    {
        Name = "ntp",
        Version = "4",
        Abbreviation = "NTP",
        LongName = "Network Time Protocol",
        Macro = "ntp",
        BackgroundColor = "#117a65",
        ForegroundColor = "#ffffff",
        FontSize = 12,
        ReferenceLink = "https://datatracker.ietf.org/doc/html/rfc5905",
        Ports = [123],
        Layer4 = "udp",
        Priority = 14,
    };

    /// <inheritdoc/>
    public override IReadOnlyList<Protocol> Protocols { get; } = [Ntp];

    /// <inheritdoc/>
    public override IReadOnlyList<RecordType> ItemTypes { get; } = [NtpItem.RecordType];

    /// <inheritdoc/>
    public override bool DissectsDatagrams => true;

    /// <summary>On its port, a packet with a known version and mode and enough bytes; elsewhere only a time packet whose own times agree with each other or with the capture's.</summary>
    public override Detection Detect(in DatagramOpening opening)
    {
        if (!NtpPacket.IsValid(opening.Data, opening.Missing)) return Detection.No;
        return opening.PortMatches || NtpPacket.IsUnmistakable(opening.Data, opening.Flow.Started) ? Detection.Likely : Detection.No;
    }

    /// <inheritdoc/>
    public override DatagramDissector CreateDatagramDissector(FlowContext context) => new NtpDissector(context);
}
