using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using Wirehook.Dissection.Protocols.WebSocket;

namespace Wirehook.Dissection.Tests.Protocols.WebSocket;

/// <summary>Writes frames as RFC 6455 §5.2 and RFC 7692 §7.2 say.</summary>
internal static class Frames
{
    public const string Request = "GET /chat HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n";

    public static string Response(string more = "") =>
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n" + more + "\r\n";

    public static byte[] Of(int first, ReadOnlySpan<byte> payload, uint key = 0)
    {
        var frame = new List<byte> { (byte)first };
        var mask = key == 0 ? 0 : 0x80;
        Span<byte> number = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64BigEndian(number, (ulong)payload.Length);
        if (payload.Length < 126) frame.Add((byte)(mask | payload.Length));
        else if (payload.Length < 65536) frame.AddRange([(byte)(mask | 126), .. number[6..]]);
        else frame.AddRange([(byte)(mask | 127), .. number]);
        var bytes = payload.ToArray();
        if (key != 0)
        {
            BinaryPrimitives.WriteUInt32BigEndian(number, key);
            frame.AddRange(number[..4]);
            WebSocketMask.Apply(bytes, key);
        }

        frame.AddRange(bytes);
        return [.. frame];
    }

    public static byte[] Text(string text, uint key = 0) => Of(0x81, Encoding.UTF8.GetBytes(text), key);

    /// <summary>Compresses messages one after the other, as one sender does that keeps its context.</summary>
    public sealed class Deflater : IDisposable
    {
        private readonly MemoryStream _output = new();
        private readonly DeflateStream _stream;

        public Deflater(CompressionLevel level = CompressionLevel.Optimal) => _stream = new DeflateStream(_output, level);

        public byte[] Compress(ReadOnlySpan<byte> message)
        {
            _output.SetLength(0);
            _stream.Write(message);
            _stream.Flush();
            var compressed = _output.ToArray();
            Assert.True(compressed.AsSpan().EndsWith((byte[])[0, 0, 0xff, 0xff]));
            return compressed[..^4];
        }

        public byte[] Compress(string message) => Compress(Encoding.UTF8.GetBytes(message));

        public void Dispose() => _stream.Dispose();
    }
}
