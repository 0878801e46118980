namespace Wirehook.Packets.Flows;

/// <summary>
/// Turns decoded packets into flows: finds each packet's flow, puts TCP bytes in order, hands both to the flow's follower, and ends flows by their own
/// closing, by silence in packet time, or when room runs out. One thread calls it; it keeps no clock of its own.
/// </summary>
public sealed class FlowTable
{
    private readonly FlowOptions _options;
    private readonly IFlowObserver _observer;
    private readonly PacketClock _clock;
    private readonly FlowIndex _index;
    private readonly ExpiryQueue _udp, _open;
    private long _numbers;

    /// <summary>An empty table.</summary>
    /// <param name="options">Limits.</param>
    /// <param name="observer">Learns of new flows and says who follows them.</param>
    /// <param name="losses">Where dropped packets, bytes and flows are counted.</param>
    public FlowTable(FlowOptions options, IFlowObserver observer, LossLedger losses)
    {
        ArgumentNullException.ThrowIfNull(losses);
        (_options, _observer) = (options, observer);
        _clock = new PacketClock(2 * Math.Max(options.TcpIdle, options.UdpIdle));
        _index = new FlowIndex(options.HashSeed);
        _udp = new ExpiryQueue(options.UdpIdle);
        _open = new ExpiryQueue(options.TcpIdle);
    }

    /// <summary>What the table did so far.</summary>
    public FlowTableStatistics Statistics { get; } = new();

    /// <summary>Takes the next packet of the capture.</summary>
    /// <param name="packet">The decoded packet; its spans are not kept.</param>
    /// <param name="timestamp">When it was captured; may be earlier than the packet before.</param>
    public void OnPacket(in DecodedPacket packet, Timestamp timestamp)
    {
        _clock.OnPacket(timestamp);
        if (packet.Transport is not (TransportProtocol.Udp or TransportProtocol.Tcp))
        {
            Statistics.OtherPackets++;
            return;
        }

        var hash = _index.HashOf(packet);
        var entry = _index.Find(packet, hash, out var direction) ?? Start(packet, hash);
        entry.Queue!.Touch(entry, _clock.Elapsed);
        if (entry.Transport == TransportProtocol.Udp) entry.Handler?.OnDatagram(direction, packet.Payload, packet.MissingPayload, timestamp);
        else if (packet.Payload.Length > 0) entry.Handler?.OnData(direction, packet.Payload, timestamp);
    }

    /// <summary>Lets time pass while no packet comes, so that a quiet live capture still expires flows and gives up holes.</summary>
    /// <param name="now">The present in packet time.</param>
    public void AdvanceTo(Timestamp now)
    {
        _clock.Advance(now);
    }

    /// <summary>Ends every flow in order of its number: what waits for missing bytes is delivered behind explicit gaps. The table is empty and usable afterwards.</summary>
    public void Finish()
    {
        var entries = _index.ToArray();
        Array.Sort(entries, static (a, b) => (a.Flow?.Number ?? 0).CompareTo(b.Flow?.Number ?? 0));
        foreach (var entry in entries)
        {
            entry.Handler?.OnEnd(FlowEnd.CaptureEnded, _clock.Current);
            entry.Queue!.Remove(entry);
            _index.Remove(entry);
        }
    }

    private FlowEntry Start(in DecodedPacket packet, uint hash)
    {
        var entry = new FlowEntry
        {
            Hash = hash,
            Transport = packet.Transport,
            Initiator = packet.Source,
            Responder = packet.Destination,
            InitiatorPort = packet.SourcePort,
            ResponderPort = packet.DestinationPort,
        };
        entry.Flow = new Flow(++_numbers, packet.Transport, new(packet.Source, packet.SourcePort), new(packet.Destination, packet.DestinationPort), _clock.Current);
        entry.Handler = _observer.OnFlowStarted(entry.Flow);
        _index.Add(entry);
        (packet.Transport == TransportProtocol.Udp ? _udp : _open).Add(entry, _clock.Elapsed);
        return entry;
    }
}
