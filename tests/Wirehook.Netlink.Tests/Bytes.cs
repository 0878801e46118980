using System.Runtime.InteropServices;
using System.Text;
using Wirehook.Netlink.Codec;

namespace Wirehook.Netlink.Tests;

/// <summary>Builds netlink messages by hand.</summary>
internal static class Bytes
{
    public static byte[] Message(ushort type, byte[] body, ushort flags = 0, uint sequence = 0, uint port = 0)
    {
        var message = new byte[NetlinkMessage.HeaderLength + body.Length];
        MemoryMarshal.Write(message, (uint)message.Length);
        MemoryMarshal.Write(message.AsSpan(4), type);
        MemoryMarshal.Write(message.AsSpan(6), flags);
        MemoryMarshal.Write(message.AsSpan(8), sequence);
        MemoryMarshal.Write(message.AsSpan(12), port);
        body.CopyTo(message.AsSpan(NetlinkMessage.HeaderLength));
        return message;
    }

    public static byte[] Attribute(int type, params byte[] value)
    {
        var attribute = new byte[4 + ((value.Length + 3) & ~3)];
        MemoryMarshal.Write(attribute, (ushort)(4 + value.Length));
        MemoryMarshal.Write(attribute.AsSpan(2), (ushort)type);
        value.CopyTo(attribute.AsSpan(4));
        return attribute;
    }

    public static byte[] Attribute(int type, uint value) => Attribute(type, BitConverter.GetBytes(value));

    public static byte[] Attribute(int type, string value) => Attribute(type, [.. Encoding.UTF8.GetBytes(value), 0]);

    public static byte[] Nested(int type, params byte[][] attributes) => Attribute(type | 0x8000, Join(attributes));

    public static byte[] Join(params byte[][] parts) => [.. parts.SelectMany(p => p)];

    public static byte[] Done(uint sequence, int error = 0, ushort flags = 0) =>
        Message(NetlinkFlags.Done, BitConverter.GetBytes(-error), (ushort)(NetlinkFlags.Multi | flags), sequence);

    /// <summary>The same request with a sequence number.</summary>
    public static byte[] Numbered(byte[] request, uint sequence)
    {
        var copy = request.ToArray();
        NetlinkRequest.SetSequence(copy, sequence);
        return copy;
    }
}
