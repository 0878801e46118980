using Wirehook.Dissection.Compression;
using Wirehook.Dissection.Records;

namespace Wirehook.Dissection.Protocols.Tls;

/// <summary>A kept message with certificates.</summary>
/// <param name="Bytes">Its body; empty where there was none.</param>
/// <param name="IsCompressed">Whether it is a CompressedCertificate message (RFC 8879).</param>
internal readonly record struct CertificateMessage(ReadOnlyMemory<byte> Bytes, bool IsCompressed);

/// <summary>Cuts a Certificate message into its certificates (RFC 5246 §7.4.2, RFC 8446 §4.4.2), unpacking it where it is compressed (RFC 8879).</summary>
internal static class CertificateList
{
    private const int MostCertificates = 16;
    private const int MostUncompressed = 256 << 10;

    /// <summary>The certificates in <paramref name="sent"/>; null where it is empty or cannot be unpacked. A few bytes may unpack into many, so that waits for a reader.</summary>
    /// <param name="sent">The message.</param>
    /// <param name="tls13">Whether each certificate has extensions of its own.</param>
    public static FieldValue[]? Read(in CertificateMessage sent, bool tls13)
    {
        var message = sent.IsCompressed ? Decompress(sent.Bytes.Span) : sent.Bytes;
        if (message.IsEmpty) return null;
        var certificates = new List<FieldValue>();
        var at = 0;
        if (tls13) at = 1 + message.Span[0];
        at += 3;
        while (at + 3 <= message.Length && certificates.Count < MostCertificates)
        {
            var length = ReadUInt24(message.Span[at..]);
            at += 3;
            if (length > message.Length - at) break;
            certificates.Add(FieldValue.From(new TlsCertificate(message.Slice(at, length))));
            at += length;
            if (!tls13) continue;
            if (at + 2 > message.Length) break;
            at += 2 + (message.Span[at] << 8) + message.Span[at + 1];
        }

        return [.. certificates];
    }

    /// <summary>The Certificate message inside a CompressedCertificate message; empty where it cannot be had.</summary>
    private static ReadOnlyMemory<byte> Decompress(ReadOnlySpan<byte> message)
    {
        if (message.Length < 8) return default;
        CompressionAlgorithm? algorithm = ((message[0] << 8) | message[1]) switch
        {
            1 => CompressionAlgorithm.Zlib,
            2 => CompressionAlgorithm.Brotli,
            3 => CompressionAlgorithm.Zstandard,
            _ => null,
        };
        return algorithm is { } known ? Decompression.Run(known, message[8..], MostUncompressed).Data : default;
    }

    private static int ReadUInt24(ReadOnlySpan<byte> bytes) => (bytes[0] << 16) | (bytes[1] << 8) | bytes[2];
}
