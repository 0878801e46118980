using Wirehook.Dissection.Secrets;

namespace Wirehook.Dissection.Protocols.Tls;

/// <summary>What the ciphers of both sides are made of, for one handshake.</summary>
/// <param name="Handshake">The handshake, with both hellos.</param>
/// <param name="Parameters">The agreed suite.</param>
/// <param name="Secrets">What the key log knows.</param>
internal sealed record TlsKeys(TlsHandshake Handshake, CipherParameters Parameters, ConnectionSecrets Secrets)
{
    private byte[]? _keyBlock;

    /// <summary>Whether the agreed version is TLS 1.3.</summary>
    public bool IsTls13 => Parameters.IsTls13;

    /// <summary>The cipher of one side before TLS 1.3; null while the master secret is not known.</summary>
    public RecordCipher? ForTls12(bool client)
    {
        if (Parameters.Cipher == BulkCipher.None) return new PlainRecordCipher(Parameters.MacLength);
        if (Secrets.Find(SecretKind.Master) is not { } master) return null;
        var (version, server) = (Handshake.Version, Handshake.Server!);
        _keyBlock ??= KeySchedule.KeyBlock(
            version, Parameters.Hash, master, Handshake.Client!.Random, server.Random, RecordCipher.KeyBlockLength(version, Parameters));
        return RecordCipher.ForTls12(version, Parameters, _keyBlock, client, server.Has(ExtensionType.EncryptThenMac));
    }
}
