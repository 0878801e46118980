using System.Formats.Asn1;
using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Wirehook.Dissection.Records;

namespace Wirehook.Dissection.Protocols.Tls;

/// <summary>An X.509 certificate of a handshake, read when a field is asked for. What cannot be read is empty.</summary>
/// <param name="encoded">The certificate, DER.</param>
internal sealed class TlsCertificate(ReadOnlyMemory<byte> encoded) : Record
{
    private const int MostNames = 256;
    private Content? _content;

    /// <summary>The declaration of this record.</summary>
    public static RecordType RecordType { get; } = new("TlsCertificate", "An X.509 certificate. Fields that cannot be read are empty.",
    [
        new("subject", "string", "Whom it is for, such as `CN=example.org`.", static r => FieldValue.From(Of(r).Subject)),
        new("issuer", "string", "Who signed it.", static r => FieldValue.From(Of(r).Issuer)),
        new("names", "string[]", "The DNS names and addresses that it is for (subject alternative names).", static r => FieldValue.From(Of(r).Names)),
        new("notBefore", "string", "From when it is valid, RFC 3339.", static r => FieldValue.From(Rfc3339(Of(r).NotBefore))),
        new("notAfter", "string", "Until when it is valid, RFC 3339.", static r => FieldValue.From(Rfc3339(Of(r).NotAfter))),
        new("serialNumber", "string", "Its serial number, hexadecimal.", static r => FieldValue.From(Of(r).SerialNumber)),
        new("keyType", "string", "The kind of its key: `RSA`, `ECDSA`, `Ed25519` … or an object identifier.", static r => FieldValue.From(Of(r).KeyType)),
        new("keyBits", "number", "The length of its key in bits; 0 where it is unknown.", static r => FieldValue.From(Of(r).KeyBits)),
        new("signatureAlgorithm", "string", "How it is signed, such as `sha256RSA`.", static r => FieldValue.From(Of(r).SignatureAlgorithm)),
        new("selfSigned", "boolean", "Whether subject and issuer are the same.", static r => FieldValue.From(Of(r) is { Subject.Length: > 0 } c && c.Subject == c.Issuer)),
        new("fingerprint", "string", "The SHA-256 of the certificate, hexadecimal.", static r => FieldValue.From(Convert.ToHexStringLower(SHA256.HashData(((TlsCertificate)r).Encoded.Span)))),
        new("size", "number", "Bytes of the certificate.", static r => FieldValue.From(((TlsCertificate)r).Encoded.Length)),
    ]);

    /// <inheritdoc/>
    public override RecordType Type => RecordType;

    /// <summary>What the certificate says.</summary>
    internal Content Values => _content ??= Read(encoded.Span);

    private ReadOnlyMemory<byte> Encoded => encoded;

    private static Content Of(Record record) => ((TlsCertificate)record).Values;

    private static string Rfc3339(DateTime time) => time == default ? "" : time.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);

    private static Content Read(ReadOnlySpan<byte> encoded)
    {
        var content = new Content();
        try
        {
            using var certificate = X509CertificateLoader.LoadCertificate(encoded);
            ReadFields(certificate, content);
            ReadNames(certificate, content);
            ReadKey(certificate, content);
        }
        catch (Exception error) when (error is CryptographicException or ArgumentException or FormatException or PlatformNotSupportedException or AsnContentException)
        {
            // Peers may send anything as a certificate; the fields that were read before the damage stay.
        }

        return content;
    }

    private static void ReadFields(X509Certificate2 certificate, Content content)
    {
        (content.Subject, content.Issuer) = (certificate.Subject, certificate.Issuer);
        content.SerialNumber = certificate.SerialNumber.ToLowerInvariant();
        content.SignatureAlgorithm = certificate.SignatureAlgorithm.FriendlyName ?? certificate.SignatureAlgorithm.Value ?? "";
        content.NotBefore = certificate.NotBefore.ToUniversalTime();
        content.NotAfter = certificate.NotAfter.ToUniversalTime();
    }

    private static void ReadNames(X509Certificate2 certificate, Content content)
    {
        var names = new List<FieldValue>();
        foreach (var extension in certificate.Extensions)
        {
            if (extension is not X509SubjectAlternativeNameExtension alternative) continue;
            foreach (var name in alternative.EnumerateDnsNames().Take(MostNames)) names.Add(FieldValue.From(name));
            foreach (var address in alternative.EnumerateIPAddresses().Take(MostNames)) names.Add(FieldValue.From(address.ToString()));
        }

        content.Names = [.. names];
    }

    private static void ReadKey(X509Certificate2 certificate, Content content)
    {
        var oid = certificate.PublicKey.Oid;
        content.KeyType = oid.Value switch
        {
            "1.2.840.113549.1.1.1" => "RSA",
            "1.2.840.10045.2.1" => "ECDSA",
            "1.2.840.10040.4.1" => "DSA",
            "1.3.101.112" => "Ed25519",
            "1.3.101.113" => "Ed448",
            _ => oid.FriendlyName ?? oid.Value ?? "",
        };
        content.KeyBits = content.KeyType switch
        {
            "RSA" => RsaKeyBits(certificate.PublicKey.EncodedKeyValue.RawData),
            "ECDSA" => certificate.PublicKey.EncodedParameters is { } parameters ? CurveBits(parameters.RawData) : 0,
            "Ed25519" => 256,
            "Ed448" => 456,
            _ => 0,
        };
    }

    /// <summary>The length of an RSA key's modulus (RFC 8017 §A.1.1). A key object would say it too, at ten times the price of all other fields.</summary>
    private static int RsaKeyBits(byte[] key)
    {
        var modulus = new AsnReader(key, AsnEncodingRules.DER).ReadSequence().ReadIntegerBytes().Span.TrimStart((byte)0);
        return modulus.IsEmpty ? 0 : (8 * modulus.Length) - BitOperations.LeadingZeroCount((uint)modulus[0]) + 24;
    }

    /// <summary>The field size of a named curve (RFC 5480 §2.1.1.1); 0 for one that is not known.</summary>
    private static int CurveBits(byte[] parameters) => new AsnReader(parameters, AsnEncodingRules.DER).ReadObjectIdentifier() switch
    {
        "1.2.840.10045.3.1.1" => 192,
        "1.3.132.0.33" => 224,
        "1.2.840.10045.3.1.7" or "1.3.132.0.10" or "1.3.36.3.3.2.8.1.1.7" => 256,
        "1.3.132.0.34" or "1.3.36.3.3.2.8.1.1.11" => 384,
        "1.3.36.3.3.2.8.1.1.13" => 512,
        "1.3.132.0.35" => 521,
        _ => 0,
    };

    /// <summary>What a certificate says.</summary>
    internal sealed class Content
    {
        public string Subject { get; set; } = "";

        public string Issuer { get; set; } = "";

        public string SerialNumber { get; set; } = "";

        public string SignatureAlgorithm { get; set; } = "";

        public DateTime NotBefore { get; set; }

        public DateTime NotAfter { get; set; }

        public FieldValue[] Names { get; set; } = [];

        public string KeyType { get; set; } = "";

        public int KeyBits { get; set; }
    }
}
