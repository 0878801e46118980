using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Wirehook.Dissection.Protocols.WebSocket;

/// <summary>Takes the mask off a client's payload (RFC 6455 §5.3).</summary>
internal static class WebSocketMask
{
    /// <summary>Masks or unmasks <paramref name="payload"/> in place.</summary>
    /// <param name="payload">The payload from its first byte on.</param>
    /// <param name="key">The masking key, most significant byte first.</param>
    public static void Apply(Span<byte> payload, uint key)
    {
        var native = BitConverter.IsLittleEndian ? BinaryPrimitives.ReverseEndianness(key) : key;
        var wide = ((ulong)native << 32) | native;
        var words = MemoryMarshal.Cast<byte, ulong>(payload);
        for (var i = 0; i < words.Length; i++) words[i] ^= wide;
        for (var i = words.Length * sizeof(ulong); i < payload.Length; i++) payload[i] ^= (byte)(key >> (24 - (8 * (i & 3))));
    }
}
