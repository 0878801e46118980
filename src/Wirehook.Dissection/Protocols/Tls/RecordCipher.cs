namespace Wirehook.Dissection.Protocols.Tls;

/// <summary>Opens the protected records of one direction and one epoch. Its cipher objects are reused from record to record.</summary>
internal abstract class RecordCipher : IDisposable
{
    /// <summary>Decrypts and verifies a record.</summary>
    /// <param name="sequence">Its number within the epoch, from 0.</param>
    /// <param name="record">The record with its header.</param>
    /// <param name="output">Takes the plaintext: as long as the record at least.</param>
    /// <param name="length">Bytes of plaintext.</param>
    /// <param name="guessed">Whether the number is only one of several that are tried, so that failure is the rule.</param>
    /// <returns>Whether the record is genuine under this key and number.</returns>
    public abstract bool TryOpen(ulong sequence, ReadOnlySpan<byte> record, Span<byte> output, out int length, bool guessed = false);

    /// <inheritdoc/>
    public abstract void Dispose();

    /// <summary>The cipher of TLS 1.3 for a traffic secret (RFC 8446 §7.3).</summary>
    public static RecordCipher ForTls13(CipherParameters parameters, ReadOnlySpan<byte> secret) => new AeadRecordCipher(
        parameters,
        KeySchedule.ExpandLabel(parameters.Hash, secret, "key", parameters.KeyLength),
        KeySchedule.ExpandLabel(parameters.Hash, secret, "iv", AeadRecordCipher.NonceLength));

    /// <summary>The cipher of one side of a connection of TLS 1.2 or older (RFC 5246 §6.3).</summary>
    /// <param name="version">The version.</param>
    /// <param name="parameters">The suite.</param>
    /// <param name="keyBlock">The key block; see <see cref="KeyBlockLength"/>.</param>
    /// <param name="client">Whether the client's side is wanted.</param>
    /// <param name="encryptThenMac">Whether RFC 7366 was agreed on.</param>
    public static RecordCipher ForTls12(ushort version, CipherParameters parameters, ReadOnlySpan<byte> keyBlock, bool client, bool encryptThenMac)
    {
        var (mac, key, iv) = (parameters.MacLength, parameters.KeyLength, parameters.FixedIvLength(version < TlsVersion.Tls11));
        var side = client ? 0 : 1;
        var macKey = keyBlock.Slice(side * mac, mac);
        var cipherKey = keyBlock.Slice((2 * mac) + (side * key), key);
        var fixedIv = keyBlock.Slice((2 * (mac + key)) + (side * iv), iv);
        return parameters.IsCbc ? new CbcRecordCipher(parameters, cipherKey, macKey, fixedIv, encryptThenMac) : new AeadRecordCipher(parameters, cipherKey, fixedIv);
    }

    /// <summary>Bytes of the key block that both sides need.</summary>
    public static int KeyBlockLength(ushort version, CipherParameters parameters) =>
        2 * (parameters.MacLength + parameters.KeyLength + parameters.FixedIvLength(version < TlsVersion.Tls11));
}
