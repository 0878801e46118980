using Wirehook.Packets.Flows;

namespace Wirehook.Packets.Reassembly;

/// <summary>One direction of a TCP connection.</summary>
internal struct TcpStream
{
    /// <summary>An acknowledgement may lie this far ahead; beyond it, it is forged, damaged, or of an earlier connection.</summary>
    public const int FarthestAcknowledged = 1 << 26;

    /// <summary>Sequence number of the next byte to deliver; valid once <see cref="Synchronised"/>.</summary>
    public uint Next;

    /// <summary>Sequence number of SYN; one less than the first byte where SYN was not seen.</summary>
    public uint Initial;

    /// <summary>Sequence number of FIN, valid when <see cref="FinSeen"/>.</summary>
    public uint Fin;

    /// <summary>Lowest and highest number that the other side acknowledged before <see cref="Next"/> was known; valid when <see cref="AcknowledgedEarly"/>.</summary>
    public uint EarlyLowest, EarlyHighest;

    /// <summary>Number and elapsed time of the first packet, or of the first with bytes, that came before <see cref="Next"/> was known.</summary>
    public long EarlyPacket, EarlyElapsed;

    /// <summary>Whether <see cref="Next"/> is known.</summary>
    public bool Synchronised;

    /// <summary>Whether SYN itself was seen.</summary>
    public bool SynSeen;

    /// <summary>Whether any byte was delivered or given up.</summary>
    public bool Moved;

    /// <summary>Whether FIN was seen, perhaps ahead of missing bytes.</summary>
    public bool FinSeen;

    /// <summary>Whether FIN was reached.</summary>
    public bool Ended;

    /// <summary>Whether the other side acknowledged anything before <see cref="Next"/> was known.</summary>
    public bool AcknowledgedEarly;

    /// <summary>Whether one acknowledged number with nothing behind it was passed over: FIN, unless bytes follow.</summary>
    public bool FinAssumed;

    /// <summary>Acknowledgements of bytes that were not delivered yet; null until there was one.</summary>
    public AcknowledgmentTrail? Ahead;

    /// <summary>The packet with FIN.</summary>
    public SegmentStamp FinStamp;

    /// <summary>Bytes that wait; null until some did.</summary>
    public HeldSegments? Held;

    /// <summary>Whether bytes wait.</summary>
    public readonly bool Holds => Held is { Count: > 0 };

    /// <summary>Whether the other side acknowledged bytes that were not delivered yet.</summary>
    public readonly bool AcknowledgedAhead => Ahead is { IsEmpty: false };

    /// <summary>Whether something is to happen on this direction without a further segment of it.</summary>
    public readonly bool Waits => Holds || AcknowledgedAhead || (FinSeen && !Ended);

    /// <summary>Fixes the first byte, and from now on measures acknowledgements against it. A FIN before it is a late one of an earlier connection.</summary>
    public void StartAt(uint first, PacketClock clock)
    {
        (Synchronised, Next) = (true, first);
        FinSeen &= (int)(Fin - first) >= 0;
        Ahead?.Clear();
        if (AcknowledgedEarly) Acknowledge(EarlyHighest, clock);
    }

    /// <summary>Notes an acknowledgement if it lies ahead of what was delivered, and not too far.</summary>
    public void Acknowledge(uint acknowledgment, PacketClock clock)
    {
        if ((int)(acknowledgment - Next) is <= 0 or > FarthestAcknowledged) return;
        Ahead ??= new AcknowledgmentTrail();
        Ahead.Add(new(acknowledgment, clock.Packets, clock.Elapsed));
    }
}

/// <summary>Both directions of a TCP connection and who follows it.</summary>
internal sealed class TcpConnection
{
    private TcpStream _forward, _reverse;

    /// <summary>Who gets the bytes; null when nobody does.</summary>
    public IFlowHandler? Handler;

    /// <summary>Whether both directions are synchronised and nothing waits, so that an in-order segment needs no further thought.</summary>
    public bool Plain;

    /// <summary>Whether a valid RST was seen.</summary>
    public bool ResetSeen;

    /// <summary>Packet number of the RST.</summary>
    public long ResetPacket;

    /// <summary>Whether both directions ended.</summary>
    public bool Finished => _forward.Ended && _reverse.Ended;

    /// <summary>Whether bytes, FIN or proof of missing bytes wait to be dealt with.</summary>
    public bool Waits => _forward.Waits || _reverse.Waits;

    /// <summary>The bytes that <paramref name="direction"/> sends.</summary>
    public ref TcpStream Stream(Direction direction) => ref direction == Direction.Forward ? ref _forward : ref _reverse;

    /// <summary>The bytes that the other side sends.</summary>
    public ref TcpStream Opposite(Direction direction) => ref direction == Direction.Forward ? ref _reverse : ref _forward;

    /// <summary>Works out <see cref="Plain"/> after something changed.</summary>
    public void Reconsider() => Plain = Handler is not null && IsPlain(_forward) && IsPlain(_reverse);

    /// <summary>Makes the object as new for another connection.</summary>
    public void Recycle()
    {
        (_forward, _reverse) = (Blank(_forward), Blank(_reverse));
        (Handler, Plain, ResetSeen, ResetPacket) = (null, false, false, 0);
    }

    private static TcpStream Blank(in TcpStream used)
    {
        used.Ahead?.Clear();
        return new TcpStream { Held = used.Held, Ahead = used.Ahead };
    }

    private static bool IsPlain(in TcpStream stream) => stream.Synchronised && !stream.Ended && !stream.FinAssumed && !stream.Waits;
}
