using Wirehook.Dissection.Compression;

namespace Wirehook.Dissection.Protocols.Kafka;

/// <summary>The compression of record batches: bits 0 to 2 of their attributes.</summary>
internal static class KafkaCompression
{
    private const int Mask = 7;
    private static readonly string[] Names = ["none", "gzip", "snappy", "lz4", "zstd"];

    /// <summary>Its name; <c>unknown</c> for a number that has none.</summary>
    public static string Name(int attributes) => (attributes & Mask) < Names.Length ? Names[attributes & Mask] : "unknown";

    /// <summary>The content without compression, within the budget; <paramref name="problem"/> says what is missing of it, if anything.</summary>
    public static ReadOnlyMemory<byte> Open(ReadOnlyMemory<byte> content, int attributes, KafkaBudget budget, out string? problem)
    {
        problem = null;
        if ((attributes & Mask) == 0) return content;
        var algorithm = (attributes & Mask) switch
        {
            1 => CompressionAlgorithm.Gzip,
            2 => CompressionAlgorithm.Snappy,
            3 => CompressionAlgorithm.Lz4Frame,
            4 => CompressionAlgorithm.Zstandard,
            _ => (CompressionAlgorithm?)null,
        };
        if (algorithm is null)
        {
            problem = "The batch is compressed in an unknown way.";
            return default;
        }

        var result = Decompression.Run(algorithm.Value, content.Span, budget.Bytes);
        budget.TakeBytes(result.Data.Length);
        problem = result.Problem;
        return result.Data;
    }
}
