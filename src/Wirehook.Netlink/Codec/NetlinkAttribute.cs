using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Wirehook.Packets;

namespace Wirehook.Netlink.Codec;

/// <summary>One attribute of a message (linux/netlink.h struct nlattr, the same layout as struct rtattr). Readers give null where the value is too short.</summary>
public readonly ref struct NetlinkAttribute
{
    private const ushort NestedFlag = 0x8000;
    private const ushort NetworkOrderFlag = 0x4000;
    private const ushort TypeMask = 0x3FFF;
    private readonly ushort _type;

    internal NetlinkAttribute(ushort type, ReadOnlySpan<byte> value)
    {
        _type = type;
        Value = value;
    }

    /// <summary>The type, without NLA_F_NESTED and NLA_F_NET_BYTEORDER.</summary>
    public ushort Type => (ushort)(_type & TypeMask);

    /// <summary>The bytes of the value, without padding.</summary>
    public ReadOnlySpan<byte> Value { get; }

    /// <summary>Whether the sender marked it as holding attributes; older kernel code does not mark all that do.</summary>
    public bool IsNested => (_type & NestedFlag) != 0;

    /// <summary>Whether the sender marked the value as big-endian.</summary>
    public bool IsNetworkOrder => (_type & NetworkOrderFlag) != 0;

    /// <summary>The attributes within.</summary>
    public NetlinkAttributes Nested => new(Value);

    /// <summary>The first byte.</summary>
    public byte? Byte => Value.IsEmpty ? null : Value[0];

    /// <summary>Two bytes in host order.</summary>
    public ushort? UInt16 => Read<ushort>();

    /// <summary>Four bytes in host order.</summary>
    public uint? UInt32 => Read<uint>();

    /// <summary>Four bytes in host order, signed.</summary>
    public int? Int32 => Read<int>();

    /// <summary>Eight bytes in host order.</summary>
    public ulong? UInt64 => Read<ulong>();

    /// <summary>Two bytes in network order.</summary>
    public ushort? UInt16BigEndian => Value.Length >= sizeof(ushort) ? BinaryPrimitives.ReadUInt16BigEndian(Value) : null;

    /// <summary>Four bytes in network order.</summary>
    public uint? UInt32BigEndian => Value.Length >= sizeof(uint) ? BinaryPrimitives.ReadUInt32BigEndian(Value) : null;

    /// <summary>Eight bytes in network order.</summary>
    public ulong? UInt64BigEndian => Value.Length >= sizeof(ulong) ? BinaryPrimitives.ReadUInt64BigEndian(Value) : null;

    /// <summary>Text up to the first NUL, as UTF-8; bytes that are none become U+FFFD. Short ASCII text that was seen before comes without allocation.</summary>
    public string Text => NetlinkText.Decode(Value);

    /// <summary>A link layer address of any length as <c>02:42:ac:11:00:02</c>; null where empty.</summary>
    public string? HardwareAddress => NetlinkText.HardwareAddress(Value);

    /// <summary>An IPv4 address of four bytes or an IPv6 address of sixteen.</summary>
    public IpAddress? Address => Value.Length switch
    {
        4 => IpAddress.FromIPv4(Value),
        16 => IpAddress.FromIPv6(Value),
        _ => null,
    };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private T? Read<T>() where T : struct => Value.Length >= Unsafe.SizeOf<T>() ? MemoryMarshal.Read<T>(Value) : null;
}
