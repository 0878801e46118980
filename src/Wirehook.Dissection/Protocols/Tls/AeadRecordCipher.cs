using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Wirehook.Dissection.Protocols.Tls;

/// <summary>Records of AES-GCM, AES-CCM and ChaCha20-Poly1305 suites: TLS 1.3 (RFC 8446 §5.2), TLS 1.2 (RFC 5288, RFC 6655, RFC 7905).</summary>
internal sealed class AeadRecordCipher : RecordCipher
{
    /// <summary>Bytes of a nonce.</summary>
    public const int NonceLength = 12;

    private const int ExplicitNonceLength = 8;
    private const int Tls12HeaderLength = 13;
    private readonly CipherParameters _parameters;
    private readonly byte[] _iv;
    private readonly int _explicit;
    private readonly AesGcm? _gcm;
    private readonly AesCcm? _ccm;
    private readonly ChaCha20Poly1305? _chaCha;

    /// <summary>A cipher with a key and the fixed part of its nonces: 12 bytes, or 4 where records bring the rest.</summary>
    public AeadRecordCipher(CipherParameters parameters, ReadOnlySpan<byte> key, ReadOnlySpan<byte> iv)
    {
        (_parameters, _iv, _explicit) = (parameters, iv.ToArray(), iv.Length < NonceLength ? ExplicitNonceLength : 0);
        if (parameters.Cipher == BulkCipher.AesGcm) _gcm = new AesGcm(key, parameters.TagLength);
        else if (parameters.Cipher == BulkCipher.AesCcm) _ccm = new AesCcm(key);
        else _chaCha = new ChaCha20Poly1305(key);
    }

    /// <inheritdoc/>
    public override bool TryOpen(ulong sequence, ReadOnlySpan<byte> record, Span<byte> output, out int length, bool guessed = false)
    {
        var body = record[RecordHeader.Length..];
        length = body.Length - _explicit - _parameters.TagLength;
        if (length < 0) return false;
        Span<byte> nonce = stackalloc byte[NonceLength];
        _iv.CopyTo(nonce);
        if (_explicit > 0) body[.._explicit].CopyTo(nonce[_iv.Length..]);
        else BinaryPrimitives.WriteUInt64BigEndian(nonce[4..], BinaryPrimitives.ReadUInt64BigEndian(nonce[4..]) ^ sequence);
        Span<byte> header = stackalloc byte[Tls12HeaderLength];
        var associated = WriteAssociated(header, sequence, record, length);
        var data = body.Slice(_explicit, length);
        var tag = body[(_explicit + length)..];
        var plain = output[..length];
        return (!guessed || IsGenuine(nonce, data, tag, plain, associated)) && TryDecrypt(nonce, data, tag, plain, associated);
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _gcm?.Dispose();
        _ccm?.Dispose();
        _chaCha?.Dispose();
    }

    private ReadOnlySpan<byte> WriteAssociated(Span<byte> into, ulong sequence, ReadOnlySpan<byte> record, int length)
    {
        if (_parameters.IsTls13) return record[..RecordHeader.Length];
        BinaryPrimitives.WriteUInt64BigEndian(into, sequence);
        record[..3].CopyTo(into[8..]);
        BinaryPrimitives.WriteUInt16BigEndian(into[11..], (ushort)length);
        return into;
    }

    /// <summary>
    /// Verifies without the exception by which decryption fails, which costs far more than the cipher: these ciphers add a key stream, so enciphering the data
    /// gives the plaintext, and enciphering that gives the tag that the record should have.
    /// </summary>
    private bool IsGenuine(ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> data, ReadOnlySpan<byte> tag, Span<byte> output, ReadOnlySpan<byte> associated)
    {
        Span<byte> actual = stackalloc byte[_parameters.TagLength];
        Encrypt(nonce, data, output, actual, associated);
        Encrypt(nonce, output, output, actual, associated);
        return actual.SequenceEqual(tag);
    }

    private void Encrypt(ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> data, Span<byte> output, Span<byte> tag, ReadOnlySpan<byte> associated)
    {
        if (_gcm is not null) _gcm.Encrypt(nonce, data, output, tag, associated);
        else if (_ccm is not null) _ccm.Encrypt(nonce, data, output, tag, associated);
        else _chaCha!.Encrypt(nonce, data, output, tag, associated);
    }

    private bool TryDecrypt(ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> data, ReadOnlySpan<byte> tag, Span<byte> output, ReadOnlySpan<byte> associated)
    {
        try
        {
            if (_gcm is not null) _gcm.Decrypt(nonce, data, tag, output, associated);
            else if (_ccm is not null) _ccm.Decrypt(nonce, data, tag, output, associated);
            else _chaCha!.Decrypt(nonce, data, tag, output, associated);
            return true;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }
}
