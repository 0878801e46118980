namespace Wirehook.Packets.Files;

/// <summary>
/// Reads pcap and pcapng captures out of bytes that the caller supplies, in pieces of any size. The format is told by the first bytes. A damaged or
/// truncated capture yields every packet before the damage, and then the place and reason.
/// </summary>
public sealed class CaptureFileDecoder
{
    /// <summary>Captured bytes of one packet at most; a record that claims more is damage.</summary>
    public const int MaxPacketLength = 16 << 20;

    /// <summary>The format, once the first bytes were read.</summary>
    public CaptureFormat Format => throw new NotImplementedException();

    /// <summary>Why reading stopped before the end; null while it did not.</summary>
    public CaptureDamage? Damage => throw new NotImplementedException();

    /// <summary>The interfaces described so far; <see cref="PacketHeader.Interface"/> counts into this list.</summary>
    public IReadOnlyList<CaptureInterface> Interfaces => throw new NotImplementedException();

    /// <summary>Called with the type and bytes of every Decryption Secrets Block (TLS key log lines and the like); the span is valid during the call.</summary>
    public DecryptionSecretsHandler? OnDecryptionSecrets { get; set; }

    /// <summary>After <see cref="CaptureReadStatus.NeedMore"/>: how many bytes, from the first unread one, the next record needs at least.</summary>
    public int BytesNeeded => throw new NotImplementedException();

    /// <summary>Reads on to the next packet.</summary>
    /// <param name="buffer">The capture's bytes, from the first one that no earlier call consumed.</param>
    /// <param name="endOfInput">Whether no byte follows <paramref name="buffer"/>.</param>
    /// <param name="consumed">Bytes of <paramref name="buffer"/> that the caller must not supply again; set for every status.</param>
    /// <param name="header">The packet's description.</param>
    /// <param name="frame">The packet's captured bytes, a part of <paramref name="buffer"/>.</param>
    public CaptureReadStatus TryRead(ReadOnlySpan<byte> buffer, bool endOfInput, out int consumed, out PacketHeader header, out ReadOnlySpan<byte> frame) =>
        throw new NotImplementedException();
}

/// <summary>Receives the content of a Decryption Secrets Block.</summary>
/// <param name="secretsType">The block's type, such as 0x544c534b (TLS key log).</param>
/// <param name="secrets">The secrets.</param>
public delegate void DecryptionSecretsHandler(uint secretsType, ReadOnlySpan<byte> secrets);
