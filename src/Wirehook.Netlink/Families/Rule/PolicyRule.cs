using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using Wirehook.Netlink.Codec;
using Wirehook.Netlink.Events;
using Wirehook.Packets;

namespace Wirehook.Netlink.Families.Rule;

/// <summary>A rule of the routing policy database, as <c>ip rule</c> shows it. It has no name of its own: two rules are the same where everything
/// agrees.</summary>
internal sealed class PolicyRule : NetlinkObject
{
    private const int HeaderLength = 12;
    private const uint NotSet = uint.MaxValue;
    private readonly byte _destinationLength;
    private readonly byte _sourceLength;
    private IpAddress? _destination;
    private IpAddress? _source;

    private PolicyRule(NetlinkFamily family, ReadOnlySpan<byte> header)
    {
        Family = family;
        (AddressFamily, _destinationLength, _sourceLength, TypeOfService) = (header[0], header[1], header[2], header[3]);
        (Table, Action) = (header[4], header[7]);
        Flags = MemoryMarshal.Read<uint>(header[8..]);
    }

    /// <inheritdoc/>
    public override NetlinkFamily Family { get; }

    /// <inheritdoc/>
    public override string? InterfaceName => InputInterface ?? OutputInterface;

    /// <inheritdoc/>
    public override int IdentityHash => HashCode.Combine(AddressFamily, Priority, Table, Action, _source, _destination, Mark);

    public byte AddressFamily { get; }

    public byte TypeOfService { get; }

    public byte Action { get; }

    public uint Flags { get; }

    public uint Table { get; private set; }

    public uint Priority { get; private set; }

    public uint? GotoPriority { get; private set; }

    public string? InputInterface { get; private set; }

    public string? OutputInterface { get; private set; }

    public uint? Mark { get; private set; }

    public uint? Mask { get; private set; }

    public uint? Flow { get; private set; }

    public ulong? TunnelId { get; private set; }

    public bool UsesMasterDevice { get; private set; }

    public uint? SuppressPrefixLength { get; private set; }

    public uint? SuppressInterfaceGroup { get; private set; }

    public byte? Protocol { get; private set; }

    public byte? IpProtocol { get; private set; }

    public byte? Dscp { get; private set; }

    public (uint First, uint Last)? Users { get; private set; }

    public (uint First, uint Last)? SourcePorts { get; private set; }

    public (uint First, uint Last)? DestinationPorts { get; private set; }

    public string? SourcePortText { get; private set; }

    public string? DestinationPortText { get; private set; }

    public NetworkValue Source => _source is { } address ? NetworkValue.From(address, _sourceLength) : NetworkValue.Absent;

    public NetworkValue Destination => _destination is { } address ? NetworkValue.From(address, _destinationLength) : NetworkValue.Absent;

    /// <summary>Decodes the body of RTM_NEWRULE and RTM_DELRULE (struct fib_rule_hdr and attributes).</summary>
    public static PolicyRule? Decode(NetlinkFamily family, ReadOnlySpan<byte> body)
    {
        if (body.Length < HeaderLength) return null;
        var rule = new PolicyRule(family, body);
        foreach (var attribute in NetlinkAttributes.Behind(body, HeaderLength)) rule.Set(attribute);
        return rule;
    }

    /// <inheritdoc/>
    public override bool IsSameObject(NetlinkObject other) =>
        other is PolicyRule rule && (ReferenceEquals(this, rule) || (IdentityHash == rule.IdentityHash && RuleFields.HaveSameSelectors(this, rule)));

    /// <inheritdoc/>
    public override string ToString() => PolicyRuleText.Describe(this);

    /// <summary>A range as <c>80</c> or <c>1000-2000</c>.</summary>
    public static string? Text((uint First, uint Last)? range)
    {
        if (range is not { } r) return null;
        return r.First == r.Last ? r.First.ToString(CultureInfo.InvariantCulture) : string.Create(CultureInfo.InvariantCulture, $"{r.First}-{r.Last}");
    }

    private static uint? Unless(uint? value, uint absent) => value == absent ? null : value;

    private static (uint First, uint Last)? Ports(ReadOnlySpan<byte> value) =>
        value.Length < 4 ? null : (MemoryMarshal.Read<ushort>(value), MemoryMarshal.Read<ushort>(value[2..]));

    private static (uint First, uint Last)? UserIds(ReadOnlySpan<byte> value) =>
        value.Length < 8 ? null : (MemoryMarshal.Read<uint>(value), MemoryMarshal.Read<uint>(value[4..]));

    private void Set(in NetlinkAttribute attribute)
    {
        switch ((RuleAttribute)attribute.Type)
        {
            case RuleAttribute.Destination: _destination = attribute.Address; break;
            case RuleAttribute.Source: _source = attribute.Address; break;
            case RuleAttribute.InputInterface: InputInterface = attribute.Text; break;
            case RuleAttribute.OutputInterface: OutputInterface = attribute.Text; break;
            case RuleAttribute.Goto: GotoPriority = attribute.UInt32; break;
            case RuleAttribute.Priority: Priority = attribute.UInt32 ?? 0; break;
            case RuleAttribute.Table: Table = attribute.UInt32 ?? Table; break;
            case RuleAttribute.Protocol: Protocol = attribute.Byte; break;
            case RuleAttribute.SuppressPrefixLength: SuppressPrefixLength = Unless(attribute.UInt32, NotSet); break;
            case RuleAttribute.SuppressInterfaceGroup: SuppressInterfaceGroup = Unless(attribute.UInt32, NotSet); break;
            case RuleAttribute.MasterDevice: UsesMasterDevice = attribute.Byte > 0; break;
            default: SetSelector(attribute); break;
        }
    }

    private void SetSelector(in NetlinkAttribute attribute)
    {
        switch ((RuleAttribute)attribute.Type)
        {
            case RuleAttribute.Mark: Mark = attribute.UInt32; break;
            case RuleAttribute.Mask: Mask = attribute.UInt32; break;
            case RuleAttribute.Flow: Flow = Unless(attribute.UInt32, 0); break;
            case RuleAttribute.TunnelId: TunnelId = attribute.Value.Length >= 8 ? BinaryPrimitives.ReadUInt64BigEndian(attribute.Value) : null; break;
            case RuleAttribute.UserRange: Users = UserIds(attribute.Value); break;
            case RuleAttribute.IpProtocol: IpProtocol = attribute.Byte; break;
            case RuleAttribute.SourcePorts: SourcePortText = Text(SourcePorts = Ports(attribute.Value)); break;
            case RuleAttribute.DestinationPorts: DestinationPortText = Text(DestinationPorts = Ports(attribute.Value)); break;
            case RuleAttribute.Dscp: Dscp = attribute.Byte; break;
            default: break;
        }
    }
}
