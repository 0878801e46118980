using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Wirehook.Dissection.Protocols.Tls;

/// <summary>
/// Records of CBC suites: TLS 1.0 (the IV is the record before's last block, RFC 2246 §6.2.3.2), TLS 1.1 and 1.2 (the IV comes with the record, RFC 5246
/// §6.2.3.2), the MAC below the encryption or above it (RFC 7366).
/// </summary>
internal sealed class CbcRecordCipher : RecordCipher
{
    private const int MacHeaderLength = 13;
    private const int LongestMac = 64;
    private readonly SymmetricAlgorithm _cipher;
    private readonly IncrementalHash _mac;
    private readonly int _macLength;
    private readonly bool _encryptThenMac;
    private readonly byte[]? _chain;

    /// <summary>A cipher with its keys; <paramref name="iv"/> is empty where records bring theirs.</summary>
    public CbcRecordCipher(CipherParameters parameters, ReadOnlySpan<byte> key, ReadOnlySpan<byte> macKey, ReadOnlySpan<byte> iv, bool encryptThenMac)
    {
        (_macLength, _encryptThenMac) = (parameters.MacLength, encryptThenMac);
        _chain = iv.IsEmpty ? null : iv.ToArray();
        // The peers chose the cipher; whoever wants to see their traffic has to follow.
#pragma warning disable CA5350
        _cipher = parameters.Cipher == BulkCipher.AesCbc ? Aes.Create() : TripleDES.Create();
#pragma warning restore CA5350
        _cipher.Key = key.ToArray();
        _mac = IncrementalHash.CreateHMAC(parameters.Mac, macKey);
    }

    /// <inheritdoc/>
    public override bool TryOpen(ulong sequence, ReadOnlySpan<byte> record, Span<byte> output, out int length, bool guessed = false)
    {
        length = 0;
        var block = _cipher.BlockSize / 8;
        var body = record[RecordHeader.Length..];
        var mac = _encryptThenMac ? _macLength : 0;
        if (body.Length < mac + block) return false;
        var sealedPart = body[..^mac];
        var data = _chain is null ? sealedPart[block..] : sealedPart;
        if (data.IsEmpty || data.Length % block != 0) return false;
        var verified = !_encryptThenMac || HasMac(sequence, record, sealedPart, body[^mac..]);
        if (verified) verified = TryDecrypt(data, _chain ?? sealedPart[..block], output) && TryUnpad(output[..data.Length], out length);
        if (_chain is not null) data[^block..].CopyTo(_chain);
        if (!verified || _encryptThenMac) return verified;
        length -= _macLength;
        return length >= 0 && HasMac(sequence, record, output[..length], output.Slice(length, _macLength));
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _cipher.Dispose();
        _mac.Dispose();
    }

    private bool TryDecrypt(ReadOnlySpan<byte> data, ReadOnlySpan<byte> iv, Span<byte> output)
    {
        try
        {
            return _cipher.DecryptCbc(data, iv, output, PaddingMode.None) == data.Length;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    private static bool TryUnpad(ReadOnlySpan<byte> data, out int length)
    {
        var padding = data[^1];
        length = data.Length - 1 - padding;
        return length >= 0 && data[length..].IndexOfAnyExcept(padding) < 0;
    }

    private bool HasMac(ulong sequence, ReadOnlySpan<byte> record, ReadOnlySpan<byte> data, ReadOnlySpan<byte> expected)
    {
        Span<byte> header = stackalloc byte[MacHeaderLength];
        BinaryPrimitives.WriteUInt64BigEndian(header, sequence);
        record[..3].CopyTo(header[8..]);
        BinaryPrimitives.WriteUInt16BigEndian(header[11..], (ushort)data.Length);
        _mac.AppendData(header);
        _mac.AppendData(data);
        Span<byte> actual = stackalloc byte[LongestMac];
        var written = _mac.GetHashAndReset(actual);
        return actual[..written].SequenceEqual(expected);
    }
}
