using System.IO.Compression;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Wirehook.Dissection.Protocols.Tls;

namespace Wirehook.Dissection.Tests.Protocols.Tls;

/// <summary>What certificates say, plain and compressed.</summary>
public class CertificateTests
{
    [Theory]
    [InlineData(1024)]
    [InlineData(2048)]
    [InlineData(3072)]
    public void An_rsa_key_has_its_length(int bits)
    {
        using var key = RSA.Create(bits);
        Assert.Equal(("RSA", bits), KeyOf(new CertificateRequest("CN=rsa", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)));
    }

    [Theory]
    [InlineData("1.2.840.10045.3.1.7", 256)]
    [InlineData("1.3.132.0.34", 384)]
    [InlineData("1.3.132.0.35", 521)]
    public void A_key_on_a_curve_has_the_length_of_its_field(string curve, int bits)
    {
        using var key = ECDsa.Create(ECCurve.CreateFromValue(curve));
        Assert.Equal(("ECDSA", bits), KeyOf(new CertificateRequest("CN=ec", key, HashAlgorithmName.SHA256)));
    }

    [Fact]
    public void A_compressed_message_says_the_same_and_a_damaged_one_nothing()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var plain = Message(new CertificateRequest("CN=packed", key, HashAlgorithmName.SHA256));
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true)) zlib.Write(plain);
        byte[] message = [0, 1, 0, (byte)(plain.Length >> 8), (byte)plain.Length, 0, (byte)(packed.Length >> 8), (byte)packed.Length, .. packed.ToArray()];
        var certificates = CertificateList.Read(new CertificateMessage(message, true), tls13: true)!;
        Assert.Equal("CN=packed", ((TlsCertificate)certificates.Single().AsRecord).Values.Subject);
        Assert.Null(CertificateList.Read(new CertificateMessage(message.AsMemory(0, 6), true), tls13: true));
    }

    private static (string Type, int Bits) KeyOf(CertificateRequest request)
    {
        var values = ((TlsCertificate)CertificateList.Read(new CertificateMessage(Message(request), false), tls13: true)!.Single().AsRecord).Values;
        return (values.KeyType, values.KeyBits);
    }

    /// <summary>A Certificate message of TLS 1.3 with one certificate.</summary>
    private static byte[] Message(CertificateRequest request)
    {
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(100));
        var der = certificate.RawData;
        var total = der.Length + 5;
        return [0, 0, (byte)(total >> 8), (byte)total, 0, (byte)(der.Length >> 8), (byte)der.Length, .. der, 0, 0];
    }
}
