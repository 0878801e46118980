using Wirehook.Netlink.Codec;
using Wirehook.Netlink.Events;
using Wirehook.Netlink.Families.Uevent;
using Declare = Wirehook.Netlink.Families.FieldsOf<Wirehook.Netlink.Families.Uevent.DeviceEvent>;

[assembly: Wirehook.Netlink.Families.NetlinkFamily(typeof(UeventFamily))]

namespace Wirehook.Netlink.Families.Uevent;

/// <summary>Events of devices (NETLINK_KOBJECT_UEVENT): text, not netlink messages, so that there are no message types.</summary>
internal sealed class UeventFamily : NetlinkFamily
{
    private const int KernelGroup = 1;

    private static readonly Dictionary<string, string> NamesByAction =
        new[] { "add", "remove", "change", "move", "online", "offline", "bind", "unbind" }.ToDictionary(a => a, a => "uevent." + a, StringComparer.Ordinal);

    /// <inheritdoc/>
    public override string Name => "uevent";

    /// <inheritdoc/>
    public override int Protocol => NetlinkProtocol.Uevent;

    /// <inheritdoc/>
    public override IReadOnlyList<NetlinkMessageType> Messages => [];

    /// <inheritdoc/>
    public override IReadOnlyList<int> Groups { get; } = [KernelGroup];

    /// <inheritdoc/>
    public override bool IsCached => false;

    /// <inheritdoc/>
    public override IReadOnlyList<EventName> EventNames { get; } =
    [
        new("uevent.add", "A device was added."),
        new("uevent.remove", "A device was removed."),
        new("uevent.change", "A device changed."),
        new("uevent.move", "A device was moved or renamed."),
        new("uevent.online", "A device went online."),
        new("uevent.offline", "A device went offline."),
        new("uevent.bind", "A driver was bound to a device."),
        new("uevent.unbind", "A driver was unbound from a device."),
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<NetworkField> Fields { get; } =
    [
        Declare.Text("action", "What happened: add, remove, change …", o => o.Action),
        Declare.Text("devpath", "The device's path below /sys.", o => o.Path, "path"),
        Declare.Text("subsystem", "Its subsystem: net, block …", o => o.Subsystem),
        Declare.Text("devname", "Name of its node below /dev.", o => o.DeviceName),
        Declare.Text("devtype", "Its type within the subsystem: wlan, bridge, disk …", o => o.DeviceType),
        Declare.Text("driver", "Its driver.", o => o.Driver),
        Declare.Text("modalias", "What modules are found by.", o => o.Alias),
        Declare.Number("ifindex", "Index of the interface, for subsystem net.", o => o.InterfaceIndex > 0 ? o.InterfaceIndex : null),
        Declare.Number("major", "Major number of the device node.", o => o.Major),
        Declare.Number("minor", "Minor number of the device node.", o => o.Minor),
        Declare.Number("seqnum", "The kernel's number of the event.", o => o.Number) with { IsState = false },
        Declare.List("properties", "Every property as KEY=value.", o => o.Properties) with { IsState = false },
    ];

    /// <inheritdoc/>
    public override bool TryDecode(in NetlinkMessage message, out NetlinkObject decoded)
    {
        decoded = null!;
        return false;
    }

    /// <inheritdoc/>
    public override bool TryDecodeDatagram(ReadOnlySpan<byte> datagram, out NetlinkObject decoded)
    {
        decoded = DeviceEvent.Decode(this, datagram) is { } known && NamesByAction.ContainsKey(known.Action) ? known : null!;
        return decoded is not null;
    }

    /// <inheritdoc/>
    public override void Describe(in NetworkChange change, List<string> names) => names.Add(NamesByAction[((DeviceEvent)change.Current).Action]);
}
