using System.Collections.Frozen;
using System.Security.Cryptography;

namespace Wirehook.Dissection.Protocols.Tls;

/// <summary>The ciphers that records can be decrypted of.</summary>
internal enum BulkCipher
{
    AesGcm,
    AesCcm,
    ChaCha20Poly1305,
    AesCbc,
    TripleDesCbc,

    /// <summary>None: records carry a MAC only, and need no key to be read.</summary>
    None,
}

/// <summary>What a cipher suite means for its records. Suite names follow a scheme, so parameters are read from the name.</summary>
/// <param name="Cipher">The cipher.</param>
/// <param name="KeyLength">Bytes of its key.</param>
/// <param name="TagLength">Bytes of the authentication tag; 0 for CBC.</param>
/// <param name="Mac">The hash of the separate MAC of CBC suites.</param>
/// <param name="MacLength">Bytes of that MAC; 0 for AEAD.</param>
/// <param name="Hash">The hash of the key derivation, in TLS 1.2 and later.</param>
/// <param name="IsTls13">Whether the suite is one of TLS 1.3.</param>
internal sealed record CipherParameters(
    BulkCipher Cipher, int KeyLength, int TagLength, HashAlgorithmName Mac, int MacLength, HashAlgorithmName Hash, bool IsTls13)
{
    private const int FullTag = 16;
    private const int ShortTag = 8;

    private static readonly FrozenDictionary<ushort, CipherParameters> BySuite = CipherSuiteNames.All
        .Select(s => (s.Key, Value: Read(s.Value))).Where(s => s.Value is not null).ToFrozenDictionary(s => s.Key, s => s.Value!);

    /// <summary>Whether records carry a MAC of their own beside CBC encryption.</summary>
    public bool IsCbc => Cipher is BulkCipher.AesCbc or BulkCipher.TripleDesCbc;

    /// <summary>Bytes of the IV that the key block holds, for TLS 1.2 and older.</summary>
    /// <param name="chained">Whether records of CBC suites are chained, as before TLS 1.1.</param>
    public int FixedIvLength(bool chained) => Cipher switch
    {
        BulkCipher.AesGcm or BulkCipher.AesCcm => 4,
        BulkCipher.ChaCha20Poly1305 => 12,
        BulkCipher.AesCbc => chained ? 16 : 0,
        _ => chained ? 8 : 0,
    };

    /// <summary>The parameters of <paramref name="suite"/>; null where its records cannot be decrypted.</summary>
    public static CipherParameters? Of(ushort suite) => BySuite.GetValueOrDefault(suite);

    private static CipherParameters? Read(string name)
    {
        var with = name.IndexOf("_WITH_", StringComparison.Ordinal);
        if (with >= 0) return ReadCipher(name[(with + "_WITH_".Length)..], false);
        return name.StartsWith("TLS_AES", StringComparison.Ordinal) || name.StartsWith("TLS_CHACHA20", StringComparison.Ordinal) ? ReadCipher(name["TLS_".Length..], true) : null;
    }

    private static int? ReadMac(string hash) => hash switch
    {
        "MD5" => 16,
        "SHA" => 20,
        "SHA256" => 32,
        "SHA384" => 48,
        _ => null,
    };

    private static CipherParameters? ReadCipher(string words, bool isTls13)
    {
        var hash = words.EndsWith("SHA384", StringComparison.Ordinal) ? HashAlgorithmName.SHA384 : HashAlgorithmName.SHA256;
        if (words is "CHACHA20_POLY1305_SHA256") return new CipherParameters(BulkCipher.ChaCha20Poly1305, 32, FullTag, default, 0, hash, isTls13);
        if (words.StartsWith("NULL_", StringComparison.Ordinal)) return ReadMac(words["NULL_".Length..]) is { } mac ? new CipherParameters(BulkCipher.None, 0, 0, default, mac, hash, false) : null;
        if (words is "3DES_EDE_CBC_SHA") return new CipherParameters(BulkCipher.TripleDesCbc, 24, 0, HashAlgorithmName.SHA1, 20, hash, false);
        if (!words.StartsWith("AES_128_", StringComparison.Ordinal) && !words.StartsWith("AES_256_", StringComparison.Ordinal)) return null;
        var keyLength = words.StartsWith("AES_128_", StringComparison.Ordinal) ? 16 : 32;
        return words["AES_128_".Length..] switch
        {
            "GCM_SHA256" or "GCM_SHA384" => new CipherParameters(BulkCipher.AesGcm, keyLength, FullTag, default, 0, hash, isTls13),
            "CCM" or "CCM_SHA256" => new CipherParameters(BulkCipher.AesCcm, keyLength, FullTag, default, 0, hash, isTls13),
            "CCM_8" or "CCM_8_SHA256" => new CipherParameters(BulkCipher.AesCcm, keyLength, ShortTag, default, 0, hash, isTls13),
            "CBC_SHA" => new CipherParameters(BulkCipher.AesCbc, keyLength, 0, HashAlgorithmName.SHA1, 20, hash, false),
            "CBC_SHA256" => new CipherParameters(BulkCipher.AesCbc, keyLength, 0, HashAlgorithmName.SHA256, 32, hash, false),
            "CBC_SHA384" => new CipherParameters(BulkCipher.AesCbc, keyLength, 0, HashAlgorithmName.SHA384, 48, hash, false),
            _ => null,
        };
    }
}
