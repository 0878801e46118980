using System.Buffers.Binary;
using System.Text;

namespace Wirehook.Dissection.Tests.Protocols.Amqp;

/// <summary>Frames made by hand.</summary>
internal static class AmqpFrames
{
    public static byte[] Header => [(byte)'A', (byte)'M', (byte)'Q', (byte)'P', 0, 0, 9, 1];

    public static byte[] Method(ushort channel, ushort classId, ushort methodId, params byte[][] arguments) =>
        Frame(1, channel, [.. Short(classId), .. Short(methodId), .. arguments.SelectMany(a => a)]);

    public static byte[] ChannelOpen(ushort channel) => Method(channel, 20, 10, [0]);

    public static byte[] ChannelOpenOk(ushort channel) => Method(channel, 20, 11, [0, 0, 0, 0]);

    public static byte[] Declare(ushort channel, string queue, bool noWait = false) =>
        Method(channel, 50, 10, [0, 0], Text(queue), [(byte)(noWait ? 16 : 0)], [0, 0, 0, 0]);

    public static byte[] DeclareOk(ushort channel, string queue) => Method(channel, 50, 11, Text(queue), [0, 0, 0, 1], [0, 0, 0, 2]);

    public static byte[] Publish(ushort channel, string key) => Method(channel, 60, 40, [0, 0], [0], Text(key), [0]);

    public static byte[] ContentHeader(ushort channel, ulong size)
    {
        var bytes = new byte[8];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, size);
        return Frame(2, channel, [0, 60, 0, 0, .. bytes, 0, 0]);
    }

    public static byte[] Body(ushort channel, string text) => Frame(3, channel, Encoding.ASCII.GetBytes(text));

    public static byte[] Heartbeat() => Frame(8, 0, []);

    public static byte[] Text(string text) => [(byte)text.Length, .. Encoding.ASCII.GetBytes(text)];

    public static byte[] Frame(byte type, ushort channel, byte[] payload)
    {
        var length = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, payload.Length);
        return [type, .. Short(channel), .. length, .. payload, 0xCE];
    }

    private static byte[] Short(ushort value) => [(byte)(value >> 8), (byte)value];
}
