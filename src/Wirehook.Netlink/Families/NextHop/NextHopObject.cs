using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Wirehook.Netlink.Codec;
using Wirehook.Netlink.Events;
using Wirehook.Packets;

namespace Wirehook.Netlink.Families.NextHop;

/// <summary>A next hop object, as <c>ip nexthop</c> shows it; its id names it.</summary>
internal sealed class NextHopObject : NetlinkObject
{
    private const int HeaderLength = 8;
    private const int GroupEntryLength = 8;
    private const int MaxMembers = 1024;
    private string? _interfaceName;

    private NextHopObject(NetlinkFamily family, ReadOnlySpan<byte> header)
    {
        Family = family;
        (AddressFamily, Scope, Protocol, Flags) = (header[0], header[1], header[2], MemoryMarshal.Read<uint>(header[4..]));
    }

    /// <inheritdoc/>
    public override NetlinkFamily Family { get; }

    /// <inheritdoc/>
    public override int InterfaceIndex => (int)(OutputInterface ?? 0);

    /// <inheritdoc/>
    public override int IdentityHash => (int)Id;

    public byte AddressFamily { get; }

    public byte Scope { get; }

    public byte Protocol { get; }

    public uint Flags { get; }

    public uint Id { get; private set; }

    public uint? OutputInterface { get; private set; }

    public uint? Master { get; private set; }

    public IpAddress? Gateway { get; private set; }

    public bool IsBlackhole { get; private set; }

    public bool IsForwardingEntry { get; private set; }

    public ushort? GroupType { get; private set; }

    public ushort? Encapsulation { get; private set; }

    public ushort? Buckets { get; private set; }

    /// <summary>The ids of a group's members.</summary>
    public IReadOnlyList<string>? Members { get; private set; }

    /// <summary>Their weights, in the same order.</summary>
    public IReadOnlyList<string>? Weights { get; private set; }

    /// <summary>Decodes the body of RTM_NEWNEXTHOP and RTM_DELNEXTHOP (struct nhmsg and attributes).</summary>
    public static NextHopObject? Decode(NetlinkFamily family, ReadOnlySpan<byte> body)
    {
        if (body.Length < HeaderLength) return null;
        var hop = new NextHopObject(family, body);
        foreach (var attribute in NetlinkAttributes.Behind(body, HeaderLength)) hop.Set(attribute);
        return hop.Id == 0 ? null : hop;
    }

    /// <inheritdoc/>
    public override bool IsSameObject(NetlinkObject other) => other is NextHopObject hop && hop.Id == Id;

    /// <inheritdoc/>
    public override void ResolveNames(IInterfaceNames names)
    {
        if (InterfaceIndex > 0) _interfaceName = names.NameOf(InterfaceIndex);
    }

    /// <inheritdoc/>
    public override string ToString()
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"id {Id}");
        if (IsBlackhole) text.Append(" blackhole");
        if (Gateway is { } gateway) text.Append(" via ").Append(gateway);
        if (_interfaceName is { } name) ObjectText.AppendEscaped(text.Append(" dev "), name);
        if (Members is { } members)
            text.Append(" group ").AppendJoin('/', members.Zip(Weights!, static (id, weight) => weight == "1" ? id : id + "," + weight));
        if (Buckets is { } buckets) text.Append(CultureInfo.InvariantCulture, $" resilient with {buckets} buckets");
        if (IsForwardingEntry) text.Append(" fdb");
        return text.ToString();
    }

    private void Set(in NetlinkAttribute attribute)
    {
        switch ((NextHopAttribute)attribute.Type)
        {
            case NextHopAttribute.Id: Id = attribute.UInt32 ?? 0; break;
            case NextHopAttribute.Group: SetGroup(attribute.Value); break;
            case NextHopAttribute.GroupType: GroupType = attribute.UInt16; break;
            case NextHopAttribute.Blackhole: IsBlackhole = true; break;
            case NextHopAttribute.OutputInterface: OutputInterface = attribute.UInt32; break;
            case NextHopAttribute.Gateway: Gateway = attribute.Address; break;
            case NextHopAttribute.EncapsulationType: Encapsulation = attribute.UInt16; break;
            case NextHopAttribute.Master: Master = attribute.UInt32; break;
            case NextHopAttribute.ForwardingEntry: IsForwardingEntry = true; break;
            case NextHopAttribute.ResilientGroup: SetResilience(attribute.Nested); break;
            default: break;
        }
    }

    private void SetResilience(NetlinkAttributes attributes)
    {
        foreach (var attribute in attributes)
        {
            if ((ResilientGroupAttribute)attribute.Type == ResilientGroupAttribute.Buckets) Buckets = attribute.UInt16;
        }
    }

    /// <summary>Reads an array of struct nexthop_grp: id, weight less one in two bytes.</summary>
    private void SetGroup(ReadOnlySpan<byte> entries)
    {
        var count = Math.Min(entries.Length / GroupEntryLength, MaxMembers);
        var (members, weights) = (new string[count], new string[count]);
        for (var i = 0; i < count; i++)
        {
            var entry = entries.Slice(i * GroupEntryLength, GroupEntryLength);
            members[i] = MemoryMarshal.Read<uint>(entry).ToString(CultureInfo.InvariantCulture);
            weights[i] = (entry[4] + (entry[5] << 8) + 1).ToString(CultureInfo.InvariantCulture);
        }

        (Members, Weights) = (members, weights);
    }
}
