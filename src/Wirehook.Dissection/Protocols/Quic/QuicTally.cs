namespace Wirehook.Dissection.Protocols.Quic;

/// <summary>Packets with long headers, and hellos, of all connections of an engine.</summary>
internal sealed class QuicTally
{
    private readonly long[] _packets = new long[5];

    /// <summary>Packets by <see cref="QuicPacketKind"/>.</summary>
    public IReadOnlyList<long> Packets => _packets;

    /// <summary>ClientHellos.</summary>
    public long ClientHellos { get; set; }

    /// <summary>ServerHellos.</summary>
    public long ServerHellos { get; set; }

    /// <summary>Counts a packet.</summary>
    public void Count(QuicPacketKind kind) => _packets[(int)kind]++;
}
