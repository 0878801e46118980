using Wirehook.Dissection.Contract;
using Wirehook.Dissection.Items;
using Wirehook.Dissection.Protocols.Raw;
using Wirehook.Dissection.Records;
using Wirehook.Packets;

[assembly: ProtocolModule(typeof(RawModule))]

namespace Wirehook.Dissection.Protocols.Raw;

/// <summary>The payload of TCP and UDP as it comes, whatever is in it. Off unless enabled, because it makes an item of every segment.</summary>
public sealed class RawModule : ProtocolModule
{
    /// <summary>Payload of TCP (RFC 9293).</summary>
    internal static Protocol Tcp { get; } = Declare("tcp", "Transmission Control Protocol", "https://datatracker.ietf.org/doc/html/rfc9293");

    /// <summary>Payload of UDP (RFC 768).</summary>
    internal static Protocol Udp { get; } = Declare("udp", "User Datagram Protocol", "https://datatracker.ietf.org/doc/html/rfc768");

    /// <inheritdoc/>
    public override IReadOnlyList<Protocol> Protocols { get; } = [Tcp, Udp];

    /// <inheritdoc/>
    public override IReadOnlyList<RecordType> ItemTypes { get; } = [RawItem.RecordType];

    /// <inheritdoc/>
    public override bool WatchesFlows => true;

    /// <inheritdoc/>
    public override bool OnByDefault => false;

    /// <inheritdoc/>
    public override FlowWatcher? CreateWatcher(FlowContext context)
    {
        var protocol = context.Flow.Transport switch { TransportProtocol.Tcp => Tcp, TransportProtocol.Udp => Udp, _ => null };
        return protocol is not null && context.Options.Dissectors?.Contains(protocol.Name) == true ? new RawWatcher(context, protocol) : null;
    }

    private static Protocol Declare(string name, string longName, string reference) => new()
    {
        Name = name,
        Version = "0",
        Abbreviation = name.ToUpperInvariant(),
        LongName = longName,
        Macro = name,
        BackgroundColor = "#7f8c8d",
        ForegroundColor = "#ffffff",
        FontSize = 12,
        ReferenceLink = reference,
        Ports = [],
        Layer4 = name,
        Priority = 90,
    };
}
