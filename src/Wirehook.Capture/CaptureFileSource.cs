using Wirehook.Packets;
using Wirehook.Packets.Files;

namespace Wirehook.Capture;

/// <summary>Reads one capture file: pcap or pcapng, plain or gzip, from a path or standard input.</summary>
public sealed class CaptureFileSource : IPacketSource
{
    /// <summary>Opens a capture.</summary>
    /// <param name="path">The file; <c>-</c> for standard input.</param>
    /// <exception cref="CaptureException">The file cannot be opened.</exception>
    public static CaptureFileSource Open(string path) => throw new NotImplementedException();

    /// <inheritdoc/>
    public CaptureProgress Progress => throw new NotImplementedException();

    /// <inheritdoc/>
    public IReadOnlyList<CaptureFileDamage> Damages => throw new NotImplementedException();

    /// <summary>Called with every Decryption Secrets Block of the file.</summary>
    public DecryptionSecretsHandler? OnDecryptionSecrets { get; set; }

    /// <inheritdoc/>
    public bool TryReadNext(out PacketHeader header, out ReadOnlySpan<byte> frame) => throw new NotImplementedException();

    /// <inheritdoc/>
    public void Dispose() => throw new NotImplementedException();
}
