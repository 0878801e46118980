using System.IO.Compression;

namespace Wirehook.Dissection.Compression;

/// <summary>The formats that .NET decodes itself.</summary>
internal static class FrameworkDecoder
{
    /// <summary>Head and end of a gzip member. The framework takes a first byte alone for an empty content.</summary>
    private const int ShortestGzip = 18;

    /// <summary>Decodes <paramref name="input"/> into <paramref name="output"/>.</summary>
    public static unsafe DecompressionStatus Decode(CompressionAlgorithm algorithm, ReadOnlySpan<byte> input, BoundedOutput output)
    {
        if (input.IsEmpty || (algorithm == CompressionAlgorithm.Gzip && input.Length < ShortestGzip)) return DecompressionStatus.Invalid;
        fixed (byte* bytes = input)
        {
            using var source = new UnmanagedMemoryStream(bytes, input.Length);
            using var decoder = Open(algorithm, source);
            return Read(decoder, output);
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

    private static Stream Open(CompressionAlgorithm algorithm, Stream source) => algorithm switch
    {
        CompressionAlgorithm.Gzip => new GZipStream(source, CompressionMode.Decompress),
        CompressionAlgorithm.Zlib => new ZLibStream(source, CompressionMode.Decompress),
        CompressionAlgorithm.Brotli => new BrotliStream(source, CompressionMode.Decompress),
        _ => new DeflateStream(source, CompressionMode.Decompress),
    };
}
