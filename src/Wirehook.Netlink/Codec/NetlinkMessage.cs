using System.Runtime.InteropServices;

namespace Wirehook.Netlink.Codec;

/// <summary>One netlink message: the header of linux/netlink.h (struct nlmsghdr, 16 bytes, host order) and its body.</summary>
public readonly ref struct NetlinkMessage
{
    /// <summary>Bytes of the header.</summary>
    public const int HeaderLength = 16;

    private NetlinkMessage(ReadOnlySpan<byte> whole)
    {
        Whole = whole;
    }

    /// <summary>Header and body, without padding.</summary>
    public ReadOnlySpan<byte> Whole { get; }

    /// <summary>What follows the header.</summary>
    public ReadOnlySpan<byte> Body => Whole[HeaderLength..];

    /// <summary><c>nlmsg_type</c>.</summary>
    public ushort Type => MemoryMarshal.Read<ushort>(Whole[4..]);

    /// <summary><c>nlmsg_flags</c>.</summary>
    public ushort Flags => MemoryMarshal.Read<ushort>(Whole[6..]);

    /// <summary><c>nlmsg_seq</c>.</summary>
    public uint Sequence => MemoryMarshal.Read<uint>(Whole[8..]);

    /// <summary><c>nlmsg_pid</c>: the netlink port of the sender, or of who caused the change.</summary>
    public uint PortId => MemoryMarshal.Read<uint>(Whole[12..]);

    /// <summary>Takes the next message off <paramref name="rest"/>. False at the end, and where what is left is no message: then <paramref name="rest"/> keeps it.</summary>
    public static bool TryRead(ref ReadOnlySpan<byte> rest, out NetlinkMessage message)
    {
        message = default;
        if (rest.Length < HeaderLength) return false;
        var length = MemoryMarshal.Read<uint>(rest);
        if (length < HeaderLength || length > (uint)rest.Length) return false;
        message = new(rest[..(int)length]);
        rest = rest[Math.Min(rest.Length, ((int)length + 3) & ~3)..];
        return true;
    }
}
