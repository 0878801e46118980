using System.Buffers.Binary;
using System.Net;

namespace Wirehook.Packets.Tests.Decoding;

/// <summary>Builds frames layer by layer, innermost first.</summary>
internal static class Frames
{
    public const string Client = "10.0.0.1";
    public const string Server = "10.0.0.2";
    public const string Client6 = "2001:db8::1";
    public const string Server6 = "2001:db8::2";

    public static byte[] Join(params byte[][] parts) => parts.SelectMany(part => part).ToArray();

    public static byte[] Hex(string text) => Convert.FromHexString(text.Replace(" ", ""));

    public static byte[] U16(int value) => [(byte)(value >> 8), (byte)value];

    public static byte[] U32(uint value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, value);
        return bytes;
    }

    public static byte[] Ethernet(int type, byte[] payload) => Join(Hex("020000000002 020000000001"), U16(type), payload);

    public static byte[] Vlan(int id, int type, byte[] payload) => Join(U16(id), U16(type), payload);

    public static byte[] Tcp(byte[] payload, int flags = 0x18, uint sequence = 1000, int source = 40000, int destination = 80, byte[]? options = null)
    {
        options ??= [];
        return Join(U16(source), U16(destination), U32(sequence), U32(2000), [(byte)((5 + (options.Length / 4)) << 4), (byte)flags], U16(65535), U32(0), options, payload);
    }

    public static byte[] Udp(byte[] payload, int source = 40000, int destination = 53, int? length = null) =>
        Join(U16(source), U16(destination), U16(length ?? payload.Length + 8), U16(0), payload);

    public static byte[] IPv4(int protocol, byte[] payload, int fragment = 0, int identification = 1, int? totalLength = null, byte[]? options = null, string source = Client, string destination = Server)
    {
        options ??= [];
        return Join([(byte)(0x45 + (options.Length / 4)), 0], U16(totalLength ?? 20 + options.Length + payload.Length), U16(identification), U16(fragment),
            [64, (byte)protocol], U16(0), IPAddress.Parse(source).GetAddressBytes(), IPAddress.Parse(destination).GetAddressBytes(), options, payload);
    }

    public static byte[] IPv6(int next, byte[] payload, int? length = null, string source = Client6, string destination = Server6) =>
        Join(Hex("60000000"), U16(length ?? payload.Length), [(byte)next, 64], IPAddress.Parse(source).GetAddressBytes(), IPAddress.Parse(destination).GetAddressBytes(), payload);

    /// <summary>An IPv6 fragment header and its data.</summary>
    public static byte[] Fragment6(int next, int offset, bool more, uint identification, byte[] data) =>
        Join([(byte)next, 0], U16(offset | (more ? 1 : 0)), U32(identification), data);

    /// <summary>The packet that most cases carry: TCP from 40000 to 80 with the payload <c>hello</c>.</summary>
    public static byte[] PlainIPv4() => IPv4(6, Tcp("hello"u8.ToArray()));

    /// <inheritdoc cref="PlainIPv4"/>
    public static byte[] PlainIPv6() => IPv6(6, Tcp("hello"u8.ToArray()));
}
