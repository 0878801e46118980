using Wirehook.Dissection.Contract;
using Wirehook.Dissection.Items;
using Wirehook.Dissection.Protocols.Ldap;
using Wirehook.Dissection.Records;

[assembly: ProtocolModule(typeof(LdapModule))]

namespace Wirehook.Dissection.Protocols.Ldap;

/// <summary>LDAP version 3 (RFC 4511) on any TCP port, also behind StartTLS and in SASL layers that do not encrypt, and CLDAP over UDP (MS-ADTS §6.3.3).</summary>
public sealed class LdapModule : ProtocolModule
{
    /// <summary>The registered port.</summary>
    internal const ushort Port = 389;

    internal static Protocol Stream { get; } = Declare("LDAP", "Lightweight Directory Access Protocol", "tcp");

    internal static Protocol Datagram { get; } = Declare("CLDAP", "Connectionless Lightweight Directory Access Protocol", "udp");

    /// <inheritdoc/>
    public override IReadOnlyList<Protocol> Protocols { get; } = [Stream, Datagram];

    /// <inheritdoc/>
    public override IReadOnlyList<RecordType> ItemTypes { get; } = [LdapItem.RecordType];

    /// <inheritdoc/>
    public override bool DissectsStreams => true;

    /// <inheritdoc/>
    public override bool DissectsDatagrams => true;

    /// <inheritdoc/>
    public override Detection Detect(in StreamOpening opening) => LdapDetection.Detect(opening);

    /// <inheritdoc/>
    public override Detection Detect(in DatagramOpening opening) => LdapDetection.Detect(opening);

    /// <inheritdoc/>
    public override StreamDissector CreateStreamDissector(FlowContext context) => new LdapStreamDissector(context);

    /// <inheritdoc/>
    public override DatagramDissector CreateDatagramDissector(FlowContext context) => new LdapDatagramDissector(context);

    private static Protocol Declare(string abbreviation, string longName, string layer4) => new()
    {
        Name = "ldap",
        Version = "3",
        Abbreviation = abbreviation,
        LongName = longName,
        Macro = "ldap",
        BackgroundColor = "#5b4b8a",
        ForegroundColor = "#ffffff",
        FontSize = 11,
        ReferenceLink = "https://datatracker.ietf.org/doc/html/rfc4511",
        Ports = [Port, 3268],
        Layer4 = layer4,
        Priority = 9,
    };
}
