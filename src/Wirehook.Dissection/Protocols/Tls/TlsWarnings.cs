using Wirehook.Dissection.Records;
using Wirehook.Packets;

namespace Wirehook.Dissection.Protocols.Tls;

/// <summary>What is wrong with a connection that was agreed on: versions, suites and certificates that nobody should rely on.</summary>
internal static class TlsWarnings
{
    private const int ShortestRsaKey = 2048;
    private static readonly (string Word, string Sentence)[] WeakSuites =
    [
        ("_NULL_", "does not encrypt"),
        ("_anon_", "does not prove who the server is"),
        ("_EXPORT_", "was weakened for export"),
        ("_RC4_", "uses RC4, which is broken (RFC 7465)"),
        ("_RC2_", "uses RC2, which is broken"),
        ("_DES_", "uses DES, whose keys are too short"),
        ("_DES40_", "uses DES, whose keys are too short"),
        ("_3DES_", "uses 3DES, whose blocks are too short (SWEET32)"),
        ("_IDEA_", "uses IDEA, which is out of use"),
        ("_MD5", "uses MD5, which is broken"),
    ];

    /// <summary>The warnings about a handshake.</summary>
    /// <param name="handshake">The handshake; without a ServerHello nothing was agreed on.</param>
    /// <param name="certificates">The server's certificates, or null.</param>
    /// <param name="at">When the handshake took place.</param>
    public static FieldValue[] Of(TlsHandshake handshake, IReadOnlyList<FieldValue>? certificates, Timestamp at)
    {
        if (handshake.Server is not { } server) return [];
        var warnings = new List<FieldValue>();
        if (server.ChosenVersion is TlsVersion.Ssl30) Add("SSL 3.0 is broken (RFC 7568).");
        else if (server.ChosenVersion is TlsVersion.Tls10 or TlsVersion.Tls11 or TlsVersion.Dtls10) Add($"{TlsVersion.Name(server.ChosenVersion)} is out of use (RFC 8996).");
        var suite = CipherSuiteNames.Of(server.Suite);
        foreach (var (word, sentence) in WeakSuites)
        {
            if (suite.Contains(word, StringComparison.Ordinal)) Add($"{suite} {sentence}.");
        }

        if (server.Compression is [not 0]) Add("Compression below encryption leaks what it encrypts (CRIME).");
        if (certificates is [var first, ..]) AddCertificate(((TlsCertificate)first.AsRecord).Values, at);
        return [.. warnings];

        void Add(string sentence) => warnings.Add(FieldValue.From(sentence));

        void AddCertificate(TlsCertificate.Content certificate, Timestamp time)
        {
            var then = DateTime.UnixEpoch.AddMilliseconds(time.UnixMilliseconds);
            if (certificate.NotAfter != default && then > certificate.NotAfter) Add("The server's certificate has expired.");
            if (certificate.NotBefore != default && then < certificate.NotBefore) Add("The server's certificate is not valid yet.");
            if (certificate.KeyType == "RSA" && certificate.KeyBits is > 0 and < ShortestRsaKey) Add($"The server's RSA key has only {certificate.KeyBits} bits.");
            if (certificate.SignatureAlgorithm is "sha1RSA" or "md5RSA" or "sha1ECDSA") Add($"The server's certificate is signed by {certificate.SignatureAlgorithm}.");
        }
    }
}
