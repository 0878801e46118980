using Wirehook.Packets;

namespace Wirehook.Capture.Live;

/// <summary>
/// Captures from network interfaces through AF_PACKET rings (TPACKET_V3). One thread reads: it takes a block of packets, walks it in place, and gives it
/// back to the kernel. Packets come whole; those of different interfaces are in order only within each.
/// </summary>
public sealed class LiveCapture : IDisposable
{
    private readonly PacketRing[] _rings;
    private readonly Libc.PollDescriptor[] _descriptors;
    private int _turn;

    private LiveCapture(IReadOnlyList<string> interfaces, PacketRing[] rings)
    {
        (Interfaces, _rings) = (interfaces, rings);
        _descriptors = [.. rings.Select(ring => new Libc.PollDescriptor { Descriptor = ring.Descriptor, Events = Libc.PollIn | Libc.PollError })];
    }

    /// <summary>The captured interfaces; <see cref="PacketHeader.Interface"/> counts into this list.</summary>
    public IReadOnlyList<string> Interfaces { get; }

    /// <summary>The link layer of each interface's packets.</summary>
    public IReadOnlyList<LinkType> Links => [.. _rings.Select(ring => ring.Link)];

    /// <summary>Packets that the kernel dropped because the rings were full. Safe to read from another thread; refreshed by <see
    /// cref="TryReadBlock"/>.</summary>
    public long KernelDrops => _rings.Sum(ring => ring.Drops);

    /// <summary>Opens interfaces; packets are captured from here on.</summary>
    /// <param name="interfaces">Interface names, or the single name <c>any</c>.</param>
    /// <param name="options">Ring size and mode; the defaults where null.</param>
    /// <exception cref="CaptureException">No such interface, or no privilege.</exception>
    public static LiveCapture Open(IReadOnlyList<string> interfaces, LiveCaptureOptions? options = null)
    {
        if (interfaces.Count == 0) throw new CaptureException("No interface to capture from was named.");
        if (interfaces.Count > 1 && interfaces.Contains(PacketRing.AnyInterface))
            throw new CaptureException($"{PacketRing.AnyInterface}: it already holds every interface; name it alone.");
        var rings = new List<PacketRing>(interfaces.Count);
        try
        {
            foreach (var name in interfaces.Distinct()) rings.Add(new PacketRing(name, options ?? new LiveCaptureOptions()));
        }
        catch (CaptureException)
        {
            rings.ForEach(ring => ring.Dispose());
            throw;
        }

        return new LiveCapture([.. interfaces.Distinct()], [.. rings]);
    }

    /// <summary>Waits for the next block of packets.</summary>
    /// <param name="timeoutMilliseconds">How long to wait at most.</param>
    /// <param name="block">The block; disposing it gives its memory back to the kernel, and must happen before the next call.</param>
    public bool TryReadBlock(int timeoutMilliseconds, out PacketBlock block)
    {
        if (TryTakeBlock(out block)) return true;
        Wait(timeoutMilliseconds);
        return TryTakeBlock(out block);
    }

    /// <summary>Stops capturing. The reading thread must have ended.</summary>
    public void Dispose()
    {
        foreach (var ring in _rings) ring.Dispose();
    }

    private unsafe bool TryTakeBlock(out PacketBlock block)
    {
        for (var tried = 0; tried < _rings.Length; tried++)
        {
            _turn = (_turn + 1) % _rings.Length;
            var ring = _rings[_turn];
            var memory = ring.ReadyBlock();
            if (memory == null) continue;
            ring.RefreshDrops();
            block = new PacketBlock(ring, _turn, memory);
            return true;
        }

        block = default;
        return false;
    }

    private unsafe void Wait(int timeoutMilliseconds)
    {
        fixed (Libc.PollDescriptor* descriptors = _descriptors)
        {
            if (Libc.Poll(descriptors, (nuint)_descriptors.Length, timeoutMilliseconds) <= 0)
            {
                foreach (var ring in _rings) ring.RefreshDrops();
                return;
            }
        }

        for (var index = 0; index < _rings.Length; index++)
        {
            if ((_descriptors[index].Returned & Libc.PollError) != 0) _rings[index].ClearError();
        }
    }
}
