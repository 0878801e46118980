using Wirehook.Packets;
using Wirehook.Packets.Files;

namespace Wirehook.Capture;

/// <summary>Packets of a finished capture, in their order, pulled one at a time.</summary>
public interface IPacketSource : IDisposable
{
    /// <summary>How much of the input was read.</summary>
    CaptureProgress Progress { get; }

    /// <summary>What could not be read, one entry per damaged file; empty while everything was readable.</summary>
    IReadOnlyList<CaptureFileDamage> Damages { get; }

    /// <summary>Where the packet that was read last comes from.</summary>
    PacketOrigin Origin { get; }

    /// <summary>Called with every Decryption Secrets Block while packets are read; to be set before the first one. Sources without such blocks ignore it.</summary>
    DecryptionSecretsHandler? OnDecryptionSecrets
    {
        get => null;
        set { }
    }

    /// <summary>Reads the next packet; false at the end, be it the real one or damage.</summary>
    /// <param name="header">The packet's description.</param>
    /// <param name="frame">Its captured bytes, valid until the next call.</param>
    bool TryReadNext(out PacketHeader header, out ReadOnlySpan<byte> frame);
}

/// <summary>Where a packet comes from.</summary>
/// <param name="File">Number of the file within the source, from 0; <see cref="PacketHeader.Interface"/> counts within it.</param>
/// <param name="Interface">What the file says of the interface that captured the packet.</param>
public readonly record struct PacketOrigin(int File, CaptureInterface Interface);

/// <summary>How far a source is. Safe to read from another thread.</summary>
/// <param name="BytesRead">Bytes read from storage (compressed ones where the file is compressed).</param>
/// <param name="BytesTotal">Bytes in all; null where unknown (standard input).</param>
public readonly record struct CaptureProgress(long BytesRead, long? BytesTotal);

/// <summary>A capture file that could not be read to its end.</summary>
/// <param name="File">The path as given; <c>-</c> for standard input.</param>
/// <param name="Offset">Bytes from the start of the uncompressed capture to the record that cannot be read.</param>
/// <param name="Reason">What is wrong there.</param>
public sealed record CaptureFileDamage(string File, long Offset, string Reason)
{
    /// <summary>The sentence shown to people.</summary>
    public override string ToString() => $"{File}: damaged at byte {Offset}: {Reason}; every packet before it was read.";
}
