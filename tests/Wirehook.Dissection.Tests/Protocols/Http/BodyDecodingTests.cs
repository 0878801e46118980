using System.IO.Compression;
using System.Security.Cryptography;
using Wirehook.Dissection.Protocols.Http;

namespace Wirehook.Dissection.Tests.Protocols.Http;

/// <summary>Content codings upon one another.</summary>
public class BodyDecodingTests
{
    [Theory]
    [InlineData("gzip, gzip")]
    [InlineData("unknown, gzip")]
    public void What_a_limit_cut_stays_cut_below_further_codings(string codings)
    {
        var content = RandomNumberGenerator.GetBytes(5000);
        var body = codings.StartsWith("gzip", StringComparison.Ordinal) ? Gzip(Gzip(content)) : Gzip(content);
        var decoded = BodyDecoding.Decode(body, codings, 1000, out var cut);
        Assert.True(cut);
        Assert.InRange(decoded.Length, 1, 1000);
        BodyDecoding.Decode(body, codings, 100_000, out cut);
        Assert.False(cut);
    }

    private static byte[] Gzip(byte[] content)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest)) gzip.Write(content);
        return packed.ToArray();
    }
}
