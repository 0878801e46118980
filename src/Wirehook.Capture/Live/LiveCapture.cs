using Wirehook.Packets;

namespace Wirehook.Capture.Live;

/// <summary>How a live capture is opened.</summary>
/// <param name="RingBytes">Kernel memory per interface, rounded to whole blocks.</param>
/// <param name="Promiscuous">Whether interfaces also deliver frames for other hosts (not for <c>any</c>).</param>
public sealed record LiveCaptureOptions(int RingBytes = 64 << 20, bool Promiscuous = true);

/// <summary>
/// Captures from network interfaces through AF_PACKET rings (TPACKET_V3). One thread reads: it takes a block of packets, walks it in place, and gives it
/// back to the kernel.
/// </summary>
public sealed class LiveCapture : IDisposable
{
    /// <summary>Opens interfaces; packets are captured from here on.</summary>
    /// <param name="interfaces">Interface names, or the single name <c>any</c>.</param>
    /// <param name="options">Ring size and mode; the defaults where null.</param>
    /// <exception cref="CaptureException">No such interface, or no privilege.</exception>
    public static LiveCapture Open(IReadOnlyList<string> interfaces, LiveCaptureOptions? options = null) => throw new NotImplementedException();

    /// <summary>The captured interfaces; <see cref="PacketHeader.Interface"/> counts into this list.</summary>
    public IReadOnlyList<string> Interfaces => throw new NotImplementedException();

    /// <summary>Packets that the kernel dropped because the rings were full. Safe to read from another thread; refreshed by <see cref="TryReadBlock"/>.</summary>
    public long KernelDrops => throw new NotImplementedException();

    /// <summary>Waits for the next block of packets.</summary>
    /// <param name="timeoutMilliseconds">How long to wait at most.</param>
    /// <param name="block">The block; disposing it gives its memory back to the kernel, and must happen before the next call.</param>
    public bool TryReadBlock(int timeoutMilliseconds, out PacketBlock block) => throw new NotImplementedException();

    /// <summary>Stops capturing.</summary>
    public void Dispose() => throw new NotImplementedException();
}

/// <summary>Packets of one ring block, in capture order.</summary>
public ref struct PacketBlock
{
    /// <summary>Packets in the block, before those that are left out (loopback duplicates).</summary>
    public readonly int Count => throw new NotImplementedException();

    /// <summary>Steps to the next packet of the block.</summary>
    /// <param name="header">The packet's description.</param>
    /// <param name="frame">Its captured bytes, valid until the block is disposed or, where a VLAN tag was re-inserted, until the next call.</param>
    public bool TryReadNext(out PacketHeader header, out ReadOnlySpan<byte> frame) => throw new NotImplementedException();

    /// <summary>Gives the block back to the kernel.</summary>
    public readonly void Dispose() => throw new NotImplementedException();
}
