using Wirehook.Packets;

namespace Wirehook.Capture;

/// <summary>Several capture files read as one, merged by packet time; packets of equal time come in the order of the files.</summary>
public sealed class CaptureFileSet : IPacketSource
{
    /// <summary>Opens captures.</summary>
    /// <param name="paths">The files; <c>-</c> for standard input, at most once.</param>
    /// <exception cref="CaptureException">A file cannot be opened.</exception>
    public static IPacketSource Open(IReadOnlyList<string> paths) => throw new NotImplementedException();

    /// <inheritdoc/>
    public CaptureProgress Progress => throw new NotImplementedException();

    /// <inheritdoc/>
    public IReadOnlyList<CaptureFileDamage> Damages => throw new NotImplementedException();

    /// <inheritdoc/>
    public bool TryReadNext(out PacketHeader header, out ReadOnlySpan<byte> frame) => throw new NotImplementedException();

    /// <inheritdoc/>
    public void Dispose() => throw new NotImplementedException();
}
