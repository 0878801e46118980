using Wirehook.Dissection.Engine;
using Wirehook.Packets;

namespace Wirehook.Dissection.Protocols.WebSocket;

/// <summary>
/// What one side's messages expanded to so far, as far back as the next may refer (RFC 1951 §2): all that a sender and receiver who keep their context
/// share between messages. Bytes whose content is unknown, because they were not captured, lie before <see cref="KnownFrom"/>.
/// </summary>
internal sealed class DeflateWindow(DissectionMemory memory) : MemoryHolder
{
    /// <summary>How far back a reference reaches.</summary>
    public const int Reach = 32 << 10;

    private const int Smallest = 2 << 10;
    private const int Largest = 2 * Reach;

    /// <summary>The bytes; those before <see cref="End"/> are the window's.</summary>
    public byte[] Bytes { get; private set; } = [];

    /// <summary>Where the next byte goes.</summary>
    public int End { get; set; }

    /// <summary>Where the bytes begin whose content is known.</summary>
    public int KnownFrom { get; set; }

    /// <summary>Nothing before this moment is referred to.</summary>
    public void Reset() => (End, KnownFrom) = (0, 0);

    /// <summary>What came before this moment is not known.</summary>
    public void Forget() => KnownFrom = End;

    /// <summary>Makes the window larger by more than any one reference copies; false where it is as large as it gets.</summary>
    public bool TryGrow()
    {
        if (Bytes.Length == Largest) return false;
        var larger = new byte[Math.Min(Largest, Math.Max(Smallest, Bytes.Length * 4))];
        Bytes.AsSpan(0, End).CopyTo(larger);
        Bytes = larger;
        memory.ReportMessage(this, larger.Length);
        return true;
    }

    /// <summary>Forgets what no reference reaches any more: the bytes within reach move to the front.</summary>
    public void Slide()
    {
        var moved = End - Reach;
        Bytes.AsSpan(moved, Reach).CopyTo(Bytes);
        (End, KnownFrom) = (Reach, Math.Max(0, KnownFrom - moved));
    }

    /// <summary>No message follows.</summary>
    public void Free() => Release(default);

    internal override void Release(Timestamp now)
    {
        Bytes = [];
        Reset();
        memory.ReportMessage(this, 0);
    }
}
