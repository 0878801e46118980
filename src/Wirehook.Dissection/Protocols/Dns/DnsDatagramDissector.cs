using Wirehook.Dissection.Contract;
using Wirehook.Packets;
using Wirehook.Packets.Flows;

namespace Wirehook.Dissection.Protocols.Dns;

/// <summary>DNS over UDP: every datagram is one message.</summary>
internal sealed class DnsDatagramDissector(FlowContext context) : DatagramDissector
{
    private readonly DnsConversation _conversation = new(context);

    /// <inheritdoc/>
    public override bool Dissect(Direction direction, ReadOnlySpan<byte> data, int missing, Timestamp timestamp) =>
        _conversation.Accept(direction, data, missing, timestamp);

    /// <inheritdoc/>
    public override void OnEnd(FlowEnd end, Timestamp timestamp) => _conversation.End(end);
}
