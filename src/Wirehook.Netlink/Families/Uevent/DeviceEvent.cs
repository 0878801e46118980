using System.Globalization;
using System.Text;
using Wirehook.Netlink.Events;

namespace Wirehook.Netlink.Families.Uevent;

/// <summary>What the kernel says of a device: an action, the device's path, and properties. Passing; two of them are never the same object.</summary>
internal sealed class DeviceEvent : NetlinkObject
{
    private const int MaxLength = 16 << 10;
    private const int MaxProperties = 256;
    private readonly List<string> _properties = [];
    private int _index;

    private DeviceEvent(NetlinkFamily family, string action, string path)
    {
        (Family, Action, Path) = (family, action, path);
    }

    /// <inheritdoc/>
    public override NetlinkFamily Family { get; }

    /// <inheritdoc/>
    public override int InterfaceIndex => _index;

    /// <inheritdoc/>
    public override string? InterfaceName => Interface;

    /// <inheritdoc/>
    public override int IdentityHash => StringComparer.Ordinal.GetHashCode(Path);

    public string Action { get; }

    public string Path { get; }

    public string? Subsystem { get; private set; }

    public string? Interface { get; private set; }

    public string? DeviceName { get; private set; }

    public string? DeviceType { get; private set; }

    public string? Driver { get; private set; }

    public string? Alias { get; private set; }

    public long? Number { get; private set; }

    public long? Major { get; private set; }

    public long? Minor { get; private set; }

    /// <summary>Every property as <c>KEY=value</c>.</summary>
    public IReadOnlyList<string> Properties => _properties;

    /// <summary>Decodes a datagram of the kernel: <c>action@devpath</c>, then properties, each ended by NUL. Null for anything else, such as what
    /// udev sends over the same protocol.</summary>
    public static DeviceEvent? Decode(NetlinkFamily family, ReadOnlySpan<byte> datagram)
    {
        if (datagram.Length is 0 or > MaxLength) return null;
        var head = Next(ref datagram);
        var at = head.IndexOf((byte)'@');
        if (at <= 0 || at + 1 >= head.Length || head[at + 1] != '/' || !IsWord(head[..at])) return null;
        var decoded = new DeviceEvent(family, Encoding.ASCII.GetString(head[..at]), Encoding.UTF8.GetString(head[(at + 1)..]));
        while (!datagram.IsEmpty && decoded._properties.Count < MaxProperties) decoded.Add(Next(ref datagram));
        return decoded;
    }

    /// <inheritdoc/>
    public override bool IsSameObject(NetlinkObject other) => ReferenceEquals(this, other);

    /// <inheritdoc/>
    public override string ToString() => new ObjectWords(this).Value("devpath").Named("subsystem", "subsystem").Named("driver", "driver").ToString();

    private static ReadOnlySpan<byte> Next(ref ReadOnlySpan<byte> rest)
    {
        var end = rest.IndexOf((byte)0);
        var part = end < 0 ? rest : rest[..end];
        rest = end < 0 ? default : rest[(end + 1)..];
        return part;
    }

    private static bool IsWord(ReadOnlySpan<byte> text) => text.IndexOfAnyExceptInRange((byte)'a', (byte)'z') < 0;

    private static long? Parse(string value) => long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private void Add(ReadOnlySpan<byte> property)
    {
        var equals = property.IndexOf((byte)'=');
        if (equals <= 0) return;
        var text = Encoding.UTF8.GetString(property);
        _properties.Add(text);
        var name = text.AsSpan(0, text.IndexOf('=', StringComparison.Ordinal));
        var value = text[(name.Length + 1)..];
        switch (name)
        {
            case "SUBSYSTEM": Subsystem = value; break;
            case "INTERFACE": Interface = value; break;
            case "IFINDEX": _index = Parse(value) is { } index and <= int.MaxValue ? (int)index : 0; break;
            case "DEVNAME": DeviceName = value; break;
            case "DEVTYPE": DeviceType = value; break;
            case "DRIVER": Driver = value; break;
            case "MODALIAS": Alias = value; break;
            case "SEQNUM": Number = Parse(value); break;
            case "MAJOR": Major = Parse(value); break;
            case "MINOR": Minor = Parse(value); break;
            default: break;
        }
    }
}
