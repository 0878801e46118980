using Wirehook.Dissection.Contract;
using Wirehook.Dissection.Framing;
using Wirehook.Packets;
using Wirehook.Packets.Flows;

namespace Wirehook.Dissection.Protocols.Ldap;

/// <summary>Dissects CLDAP: datagrams of whole messages, a search's entry and its end often in one.</summary>
internal sealed class LdapDatagramDissector(FlowContext context) : DatagramDissector
{
    private readonly LdapConversation _conversation = new(context);

    /// <inheritdoc/>
    public override bool Dissect(Direction direction, ReadOnlySpan<byte> data, int missing, Timestamp timestamp)
    {
        var accepted = false;
        while (BerReader.TryReadHeader(data, out var header, out var length, out _))
        {
            var whole = header + length <= data.Length;
            var part = data[..(int)Math.Min(header + length, data.Length)];
            var message = new FramedMessage(context.Arena.Keep(part), whole ? part.Length : part.Length + missing, timestamp, !whole, !whole);
            if (!_conversation.Accept(direction, message, timestamp, out _)) break;
            accepted = true;
            data = data[part.Length..];
        }

        if (accepted || !_conversation.HasBegun) return accepted;
        context.Losses.RejectedDatagrams.Add();
        return true;
    }

    /// <inheritdoc/>
    public override void OnEnd(FlowEnd end, Timestamp timestamp) => _conversation.End(end);
}
