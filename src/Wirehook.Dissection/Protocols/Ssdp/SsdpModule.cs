using Wirehook.Dissection.Contract;
using Wirehook.Dissection.Items;
using Wirehook.Dissection.Protocols.Ssdp;
using Wirehook.Dissection.Records;

[assembly: ProtocolModule(typeof(SsdpModule))]

namespace Wirehook.Dissection.Protocols.Ssdp;

/// <summary>
/// SSDP, the discovery protocol of UPnP (UPnP Device Architecture 2.0 §1): HTTP/1.1 messages in UDP datagrams. Its items are HTTP items of protocol
/// <c>http</c> over <c>udp</c>, so that whoever looks for HTTP finds them; <c>protocol.abbr</c> tells them apart.
/// </summary>
public sealed class SsdpModule : ProtocolModule
{
    private const ushort Port = 1900;

    internal static Protocol Ssdp { get; } = new()
    {
        Name = "http",
        Version = "1.1",
        Abbreviation = "SSDP",
        LongName = "Simple Service Discovery Protocol -- HTTP/1.1 over UDP",
        Macro = "http",
        BackgroundColor = "#326de6",
        ForegroundColor = "#ffffff",
        FontSize = 12,
        ReferenceLink = "https://openconnectivity.org/upnp-specs/UPnP-arch-DeviceArchitecture-v2.0-20200417.pdf",
        Ports = [Port],
        Layer4 = "udp",
        Priority = 5,
    };

    /// <inheritdoc/>
    public override IReadOnlyList<Protocol> Protocols { get; } = [Ssdp];

    /// <summary>None of its own: its items are HTTP's.</summary>
    public override IReadOnlyList<RecordType> ItemTypes => [];

    /// <inheritdoc/>
    public override bool DissectsDatagrams => true;

    /// <inheritdoc/>
    public override Detection Detect(in DatagramOpening opening) => SsdpDissector.IsMessage(opening.Data) ? Detection.Certain : Detection.No;

    /// <inheritdoc/>
    public override DatagramDissector CreateDatagramDissector(FlowContext context) => new SsdpDissector(context);
}
