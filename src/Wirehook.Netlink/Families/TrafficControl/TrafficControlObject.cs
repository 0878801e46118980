using System.Globalization;
using System.Runtime.InteropServices;
using Wirehook.Netlink.Codec;
using Wirehook.Netlink.Events;

namespace Wirehook.Netlink.Families.TrafficControl;

/// <summary>A queueing discipline, traffic class or filter of an interface, as <c>tc</c> shows it.</summary>
internal sealed class TrafficControlObject : NetlinkObject
{
    private const int HeaderLength = 20;
    private const uint Root = 0xFFFF_FFFF;
    private const uint Ingress = 0xFFFF_FFF1;
    private const uint SharedBlock = 0xFFFF_FFFF;

    private TrafficControlObject(NetlinkFamily family, ReadOnlySpan<byte> header, ushort messageFlags)
    {
        (Family, MessageFlags) = (family, messageFlags);
        Device = MemoryMarshal.Read<uint>(header[4..]);
        Handle = MemoryMarshal.Read<uint>(header[8..]);
        Parent = MemoryMarshal.Read<uint>(header[12..]);
        Info = MemoryMarshal.Read<uint>(header[16..]);
        (HandleText, ParentText) = (Text(Handle), Text(Parent));
    }

    /// <inheritdoc/>
    public override NetlinkFamily Family { get; }

    /// <inheritdoc/>
    public override int InterfaceIndex => Device == SharedBlock ? 0 : (int)Device;

    /// <inheritdoc/>
    public override int IdentityHash => HashCode.Combine(Device, Handle, Parent);

    /// <summary><c>nlmsg_flags</c>: filters are announced with those of the request that made them.</summary>
    public ushort MessageFlags { get; }

    public uint Handle { get; }

    public uint Parent { get; }

    public string HandleText { get; }

    public string ParentText { get; }

    /// <summary>For filters the priority and protocol, for classes the queueing discipline below.</summary>
    public uint Info { get; }

    public string? Kind { get; private set; }

    public uint? Chain { get; private set; }

    public uint? IngressBlock { get; private set; }

    public uint? EgressBlock { get; private set; }

    public bool? IsOffloaded { get; private set; }

    public TrafficStatistics? Statistics { get; private set; }

    /// <summary>The queueing discipline below a class.</summary>
    public string? LeafText => Info == 0 ? null : field ??= Text(Info);

    private uint Device { get; }

    /// <summary>Decodes the body of the RTM_*QDISC, RTM_*TCLASS and RTM_*TFILTER messages (struct tcmsg and attributes).</summary>
    public static TrafficControlObject? Decode(NetlinkFamily family, in NetlinkMessage message)
    {
        if (message.Body.Length < HeaderLength) return null;
        var decoded = new TrafficControlObject(family, message.Body, message.Flags);
        foreach (var attribute in NetlinkAttributes.Behind(message.Body, HeaderLength)) decoded.Set(attribute);
        return decoded;
    }

    /// <inheritdoc/>
    public override bool IsSameObject(NetlinkObject other) =>
        other is TrafficControlObject o && o.Device == Device && o.Handle == Handle && o.Parent == Parent;

    /// <summary>A handle as <c>1:10</c>, in hexadecimal as tc has it; <c>root</c> and <c>ingress</c> for these parents.</summary>
    private static string Text(uint handle) => handle switch
    {
        Root => "root",
        Ingress => "ingress",
        _ => string.Create(CultureInfo.InvariantCulture, $"{handle >> 16:x}:{handle & 0xFFFF:x}"),
    };

    /// <inheritdoc/>
    public override string ToString()
    {
        var words = new ObjectWords(this).Value("kind").Value("handle").Named("parent", "parent");
        if (Family is FilterFamily) words.Named("pref", "priority").Named("protocol", "protocol").Named("chain", "chain", 0);
        return words.ToString();
    }

    private void Set(in NetlinkAttribute attribute)
    {
        switch ((TrafficControlAttribute)attribute.Type)
        {
            case TrafficControlAttribute.Kind: Kind = attribute.Text; break;
            case TrafficControlAttribute.Chain: Chain = attribute.UInt32; break;
            case TrafficControlAttribute.HardwareOffload: IsOffloaded = attribute.Byte is { } on ? on != 0 : null; break;
            case TrafficControlAttribute.IngressBlock: IngressBlock = attribute.UInt32; break;
            case TrafficControlAttribute.EgressBlock: EgressBlock = attribute.UInt32; break;
            case TrafficControlAttribute.Statistics: Statistics = TrafficStatistics.Decode(attribute.Nested); break;
            default: break;
        }
    }
}
