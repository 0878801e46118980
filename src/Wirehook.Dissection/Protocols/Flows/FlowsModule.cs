using Wirehook.Dissection.Contract;
using Wirehook.Dissection.Items;
using Wirehook.Dissection.Protocols.Flows;
using Wirehook.Dissection.Records;
using Wirehook.Packets;
using Wirehook.Packets.Flows;

[assembly: ProtocolModule(typeof(FlowsModule))]

namespace Wirehook.Dissection.Protocols.Flows;

/// <summary>
/// Records of connections (<c>tcp-conn</c>, <c>udp-conn</c>: two addresses and ports) and of flows (<c>tcp-flow</c>, <c>udp-flow</c>: all connections of one
/// client to one service). Off unless enabled.
/// </summary>
public sealed class FlowsModule : ProtocolModule
{
    internal static Protocol TcpConnection { get; } = Declare("tcp-conn", "TCP connection", "tcp");

    internal static Protocol UdpConnection { get; } = Declare("udp-conn", "UDP conversation", "udp");

    internal static Protocol TcpFlow { get; } = Declare("tcp-flow", "TCP flow", "tcp");

    internal static Protocol UdpFlow { get; } = Declare("udp-flow", "UDP flow", "udp");

    /// <inheritdoc/>
    public override IReadOnlyList<Protocol> Protocols { get; } = [TcpConnection, UdpConnection, TcpFlow, UdpFlow];

    /// <inheritdoc/>
    public override IReadOnlyList<RecordType> ItemTypes { get; } = [FlowItem.RecordType];

    /// <inheritdoc/>
    public override bool WatchesFlows => true;

    /// <inheritdoc/>
    public override bool OnByDefault => false;

    /// <inheritdoc/>
    public override FlowWatcher? CreateWatcher(FlowContext context)
    {
        var isTcp = context.Flow.Transport == TransportProtocol.Tcp;
        if (!isTcp && context.Flow.Transport != TransportProtocol.Udp) return null;
        var enabled = context.Options.Dissectors;
        if (enabled is null) return null;
        var connection = isTcp ? TcpConnection : UdpConnection;
        var flow = isTcp ? TcpFlow : UdpFlow;
        var wanted = (Connection: enabled.Contains(connection.Name), Flow: enabled.Contains(flow.Name));
        if (!wanted.Connection && !wanted.Flow) return null;
        context.Flow.Traffic ??= new FlowTraffic();
        return context.Shared<FlowRecords>().Begin(context, wanted.Connection ? connection : null, wanted.Flow ? flow : null);
    }

    private static Protocol Declare(string name, string longName, string layer4) => new()
    {
        Name = name,
        Version = "0",
        Abbreviation = name.ToUpperInvariant(),
        LongName = longName,
        Macro = name.Replace('-', '_'),
        BackgroundColor = "#34495e",
        ForegroundColor = "#ffffff",
        FontSize = 12,
        ReferenceLink = layer4 == "tcp" ? "https://datatracker.ietf.org/doc/html/rfc9293" : "https://datatracker.ietf.org/doc/html/rfc768",
        Ports = [],
        Layer4 = layer4,
        Priority = 91,
    };
}
