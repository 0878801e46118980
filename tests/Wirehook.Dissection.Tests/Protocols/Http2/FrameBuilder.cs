using System.Buffers.Binary;
using System.Text;

namespace Wirehook.Dissection.Tests.Protocols.Http2;

/// <summary>Makes HTTP/2 frames by hand.</summary>
internal static class FrameBuilder
{
    public const byte EndStream = 1;
    public const byte EndHeaders = 4;
    public const byte Padded = 8;
    public const byte Priority = 0x20;

    public static byte[] Preface { get; } = [.. "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8];

    public static byte[] Settings { get; } = Frame(4, 0, 0, [0, 3, 0, 0, 0, 100, 0, 4, 0, 1, 0, 0]);

    public static byte[] Frame(byte type, byte flags, uint stream, params byte[] payload)
    {
        var frame = new byte[9 + payload.Length];
        (frame[0], frame[1], frame[2], frame[3], frame[4]) = ((byte)(payload.Length >> 16), (byte)(payload.Length >> 8), (byte)payload.Length, type, flags);
        BinaryPrimitives.WriteUInt32BigEndian(frame.AsSpan(5), stream);
        payload.CopyTo(frame, 9);
        return frame;
    }

    /// <summary>A HEADERS frame with everything as literals that are not indexed.</summary>
    public static byte[] Headers(uint stream, bool end, params (string Name, string Value)[] fields) =>
        Frame(1, (byte)(EndHeaders | (end ? EndStream : 0)), stream, Block(fields));

    public static byte[] Request(uint stream, string path, bool end = true, string method = "GET") =>
        Headers(stream, end, (":method", method), (":scheme", "http"), (":path", path), (":authority", "example.org"));

    public static byte[] Response(uint stream, int status, bool end = false) =>
        Headers(stream, end, (":status", status.ToString(System.Globalization.CultureInfo.InvariantCulture)), ("content-type", "text/plain"));

    public static byte[] Data(uint stream, string text, bool end = true) => Frame(0, end ? EndStream : (byte)0, stream, Encoding.Latin1.GetBytes(text));

    public static byte[] Block(params (string Name, string Value)[] fields) => [.. fields.SelectMany(f => Literal(0, f.Name, f.Value))];

    /// <summary>A literal with a new name; <paramref name="first"/> is 0 for not indexed, 0x40 for indexed.</summary>
    public static byte[] Literal(byte first, string name, string value) => [first, .. Text(name), .. Text(value)];

    private static byte[] Text(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        return bytes.Length < 127 ? [(byte)bytes.Length, .. bytes] : [127, (byte)(((bytes.Length - 127) & 0x7f) | 0x80), (byte)((bytes.Length - 127) >> 7), .. bytes];
    }
}
