using System.Globalization;
using System.Text;
using Wirehook.Netlink.Codec;
using Wirehook.Netlink.Events;

namespace Wirehook.Netlink.Families.Conntrack;

/// <summary>A connection that the kernel tracks, as <c>conntrack -E</c> shows it. Its addresses are those of its first packet.</summary>
internal sealed class Connection : NetlinkObject
{
    private const int HeaderLength = 4;
    private const ushort TcpProtocolState = 1;
    private const ushort SctpProtocolState = 3;
    private ConnectionTuple _original;
    private ConnectionTuple _reply;

    private Connection(NetlinkFamily family, byte addressFamily, ushort messageFlags)
    {
        (Family, AddressFamily, MessageFlags) = (family, addressFamily, messageFlags);
    }

    /// <inheritdoc/>
    public override NetlinkFamily Family { get; }

    /// <inheritdoc/>
    public override int IdentityHash => HashCode.Combine(Id, _original.Source, _original.SourcePort);

    public byte AddressFamily { get; }

    /// <summary><c>nlmsg_flags</c>: they tell new connections from changed ones.</summary>
    public ushort MessageFlags { get; }

    public ref readonly ConnectionTuple Original => ref _original;

    public ref readonly ConnectionTuple Reply => ref _reply;

    public uint? Status { get; private set; }

    public byte? TcpState { get; private set; }

    public byte? SctpState { get; private set; }

    public uint? Mark { get; private set; }

    public uint? Timeout { get; private set; }

    public uint? Id { get; private set; }

    public ushort? Zone { get; private set; }

    public string? Helper { get; private set; }

    public ulong? OriginalPackets { get; private set; }

    public ulong? OriginalBytes { get; private set; }

    public ulong? ReplyPackets { get; private set; }

    public ulong? ReplyBytes { get; private set; }

    public ulong? Started { get; private set; }

    public ulong? Stopped { get; private set; }

    /// <summary>Decodes the body of the conntrack messages (struct nfgenmsg and attributes).</summary>
    public static Connection? Decode(NetlinkFamily family, in NetlinkMessage message)
    {
        if (message.Body.Length < HeaderLength) return null;
        var connection = new Connection(family, message.Body[0], message.Flags);
        foreach (var attribute in NetlinkAttributes.Behind(message.Body, HeaderLength)) connection.Set(attribute);
        return connection._original.Protocol is null ? null : connection;
    }

    /// <inheritdoc/>
    public override bool IsSameObject(NetlinkObject other) => other is Connection c && c.Id == Id && c.Zone == Zone
        && c._original.Source == _original.Source && c._original.Destination == _original.Destination && c._original.Protocol == _original.Protocol
        && c._original.SourcePort == _original.SourcePort && c._original.DestinationPort == _original.DestinationPort;

    /// <inheritdoc/>
    public override string ToString()
    {
        var text = new StringBuilder();
        Append(text, "protocol", _original.Protocol);
        Append(text, "tcp_state", TcpState);
        text.Append(CultureInfo.InvariantCulture, $"{_original.Source}");
        if (_original.SourcePort is { } source) text.Append(CultureInfo.InvariantCulture, $":{source}");
        text.Append(CultureInfo.InvariantCulture, $" to {_original.Destination}");
        if (_original.DestinationPort is { } destination) text.Append(CultureInfo.InvariantCulture, $":{destination}");
        if (_original.IcmpType is { } type) text.Append(CultureInfo.InvariantCulture, $" type {type} code {_original.IcmpCode}");
        if (Status is { } status) Append(text.Append(' '), "status", status);
        if (Mark is > 0 and var mark) text.Append(CultureInfo.InvariantCulture, $"mark 0x{mark:x}");
        return text.ToString().TrimEnd();
    }

    private static void Append(StringBuilder text, string field, long? value)
    {
        if (value is not { } number) return;
        ObjectText.AppendValue(text, ConntrackFields.Find(field), NetworkValue.From(number));
        text.Append(' ');
    }

    private void Set(in NetlinkAttribute attribute)
    {
        switch ((ConntrackAttribute)attribute.Type)
        {
            case ConntrackAttribute.Original: _original = ConnectionTuple.Decode(attribute.Nested); break;
            case ConntrackAttribute.Reply: _reply = ConnectionTuple.Decode(attribute.Nested); break;
            case ConntrackAttribute.Status: Status = attribute.UInt32BigEndian; break;
            case ConntrackAttribute.ProtocolState: SetProtocolState(attribute.Nested); break;
            case ConntrackAttribute.Helper: Helper = FirstText(attribute.Nested); break;
            case ConntrackAttribute.Timeout: Timeout = attribute.UInt32BigEndian; break;
            case ConntrackAttribute.Mark: Mark = attribute.UInt32BigEndian; break;
            case ConntrackAttribute.OriginalCounters: (OriginalPackets, OriginalBytes) = Pair(attribute.Nested); break;
            case ConntrackAttribute.ReplyCounters: (ReplyPackets, ReplyBytes) = Pair(attribute.Nested); break;
            case ConntrackAttribute.Id: Id = attribute.UInt32BigEndian; break;
            case ConntrackAttribute.Zone: Zone = attribute.UInt16BigEndian; break;
            case ConntrackAttribute.Times: (Started, Stopped) = Pair(attribute.Nested); break;
            default: break;
        }
    }

    /// <summary>Attributes 1 and 2 as numbers of 64 bits: packets and bytes, start and stop.</summary>
    private static (ulong? First, ulong? Second) Pair(NetlinkAttributes attributes)
    {
        var (first, second) = ((ulong?)null, (ulong?)null);
        foreach (var attribute in attributes)
        {
            if (attribute.Type == 1) first = attribute.UInt64BigEndian;
            else if (attribute.Type == 2) second = attribute.UInt64BigEndian;
        }

        return (first, second);
    }

    private static string? FirstText(NetlinkAttributes attributes)
    {
        foreach (var attribute in attributes)
        {
            if (attribute.Type == 1) return attribute.Text;
        }

        return null;
    }

    private void SetProtocolState(NetlinkAttributes attributes)
    {
        foreach (var protocol in attributes)
        {
            if (protocol.Type is not (TcpProtocolState or SctpProtocolState)) continue;
            foreach (var attribute in protocol.Nested)
            {
                if (attribute.Type != 1) continue;
                if (protocol.Type == TcpProtocolState) TcpState = attribute.Byte;
                else SctpState = attribute.Byte;
            }
        }
    }
}
