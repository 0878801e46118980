using System.Buffers.Binary;
using System.IO.Compression;

namespace Wirehook.Dissection.Compression;

/// <summary>The formats that .NET decodes itself.</summary>
internal static class FrameworkDecoder
{
    /// <summary>Decodes <paramref name="input"/> into <paramref name="output"/>.</summary>
    public static unsafe DecompressionStatus Decode(CompressionAlgorithm algorithm, ReadOnlySpan<byte> input, BoundedOutput output)
    {
        if (input.IsEmpty) return DecompressionStatus.Invalid;
        fixed (byte* bytes = input)
        {
            using var source = new Source(bytes, input.Length);
            using var decoder = Open(algorithm, source);
            var status = Read(decoder, output);
            if (status != DecompressionStatus.Whole) return status;
            // The framework takes an input that ends early for a whole one.
            var ended = algorithm == CompressionAlgorithm.Gzip ? EndsWithLength(input, output.Length) : !source.WasExhausted;
            return ended ? status : DecompressionStatus.Invalid;
        }
    }

    private static DecompressionStatus Read(Stream decoder, BoundedOutput output)
    {
        try
        {
            while (!output.IsFull)
            {
                var read = decoder.Read(output.Space());
                if (read == 0) return DecompressionStatus.Whole;
                output.Advance(read);
            }

            return decoder.ReadByte() < 0 ? DecompressionStatus.Whole : DecompressionStatus.Cut;
        }
        catch (Exception e) when (e is InvalidDataException or IOException or InvalidOperationException)
        {
            return DecompressionStatus.Invalid;
        }
    }

    /// <summary>Whether a gzip file of one member ends with the length of its content (RFC 1952 §2.3.1); a file of several members is believed.</summary>
    private static bool EndsWithLength(ReadOnlySpan<byte> input, int length)
    {
        const int head = 10, end = 8;
        if (input.Length < head + end) return false;
        return BinaryPrimitives.ReadUInt32LittleEndian(input[^sizeof(uint)..]) == (uint)length || input[head..].IndexOf((ReadOnlySpan<byte>)[0x1f, 0x8b, 0x08]) >= 0;
    }

    private static Stream Open(CompressionAlgorithm algorithm, Stream source) => algorithm switch
    {
        CompressionAlgorithm.Gzip => new GZipStream(source, CompressionMode.Decompress),
        CompressionAlgorithm.Zlib => new ZLibStream(source, CompressionMode.Decompress),
        CompressionAlgorithm.Brotli => new BrotliStream(source, CompressionMode.Decompress),
        _ => new DeflateStream(source, CompressionMode.Decompress),
    };

    /// <summary>The input; notes whether a decoder that had all of it asked for more.</summary>
    private sealed unsafe class Source(byte* bytes, int length) : UnmanagedMemoryStream(bytes, length)
    {
        public bool WasExhausted { get; private set; }

        public override int Read(byte[] buffer, int offset, int count)
        {
            var read = base.Read(buffer, offset, count);
            WasExhausted |= read == 0;
            return read;
        }
    }
}
