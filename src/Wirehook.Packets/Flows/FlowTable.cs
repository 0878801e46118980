using Wirehook.Packets.Reassembly;

namespace Wirehook.Packets.Flows;

/// <summary>
/// Turns decoded packets into flows: finds each packet's flow, puts TCP bytes in order, hands both to the flow's follower, and ends flows by their own
/// closing, by silence in packet time, or when room runs out. ICMP and SCTP make flows like UDP's. One thread calls it; it keeps no clock of its own. VLAN ids are no part of a
/// flow's key.
/// <para>
/// A flow that both sides finished ends at once; a reset one ends when reordering by the capture is excluded, so that data captured late still counts.
/// Both are remembered for a while after, so that late copies are no new flows; a SYN with another initial number is one.
/// </para>
/// </summary>
public sealed class FlowTable
{
    private readonly IFlowObserver _observer;
    private readonly PacketClock _clock;
    private readonly FlowIndex _index;
    private readonly FlowRetention _retention;
    private readonly TcpReassembler _reassembler;
    private readonly ReassemblyContext _context;
    private readonly WaitingFlows _waiting = new();
    private readonly LossCounter _evicted;
    private FlowEntry? _last;
    private long _numbers;

    /// <summary>An empty table.</summary>
    /// <param name="options">Limits.</param>
    /// <param name="observer">Learns of new flows and says who follows them.</param>
    /// <param name="losses">Where dropped bytes and flows are counted.</param>
    public FlowTable(FlowOptions options, IFlowObserver observer, LossLedger losses)
    {
        _observer = observer;
        _clock = new PacketClock(options.Portion);
        _index = new FlowIndex(options.HashSeed);
        _retention = new FlowRetention(options);
        _context = new ReassemblyContext(options, _clock, Statistics, losses);
        _reassembler = new TcpReassembler(_context);
        _evicted = losses.Define("flows", "table-full", "flows", "Flows forgotten before their end because more were open than the table holds.");
    }

    /// <summary>What the table did so far.</summary>
    public FlowTableStatistics Statistics { get; } = new();

    /// <summary>Takes the next packet of the capture.</summary>
    /// <param name="packet">The decoded packet; its spans are not kept.</param>
    /// <param name="timestamp">When it was captured; may be earlier than the packet before.</param>
    public void OnPacket(in DecodedPacket packet, Timestamp timestamp)
    {
        _clock.OnPacket(timestamp);
        if (_clock.Elapsed >= _retention.NextExpiry) ExpireSilent();
        if (_waiting.Count > 0) LookAfter(_waiting.Next());
        switch (packet.Transport)
        {
            case TransportProtocol.Tcp:
                OnTcp(packet, timestamp);
                break;
            case TransportProtocol.Udp:
            case TransportProtocol.Icmp:
            case TransportProtocol.Icmpv6:
            case TransportProtocol.Sctp:
                OnMessage(packet, timestamp);
                break;
            default:
                Statistics.OtherPackets++;
                break;
        }
    }

    /// <summary>Lets time pass while no packet comes, so that a quiet live capture still expires flows and gives up holes.</summary>
    /// <param name="now">The present in packet time.</param>
    public void AdvanceTo(Timestamp now)
    {
        _clock.Advance(now);
        if (_clock.Elapsed >= _retention.NextExpiry) ExpireSilent();
        for (var i = _waiting.Count; i > 0 && _waiting.Count > 0; i--) LookAfter(_waiting.Next());
    }

    /// <summary>Ends every flow in order of its number: what waits for missing bytes is delivered behind explicit gaps. The table is empty and usable afterwards.</summary>
    public void Finish()
    {
        var entries = _index.ToArray();
        Array.Sort(entries, static (a, b) => (a.Flow?.Number ?? 0).CompareTo(b.Flow?.Number ?? 0));
        foreach (var entry in entries)
        {
            End(entry, FlowEnd.CaptureEnded);
            Forget(entry);
        }
    }

    private void OnMessage(in DecodedPacket packet, Timestamp timestamp)
    {
        var entry = Find(packet, out var direction, out var hash) ?? Start(packet, hash, out direction);
        entry.Queue!.Touch(entry, _clock.Elapsed);
        entry.Traffic?.Count(direction, packet, timestamp);
        if (entry.Handler is null) Statistics.UnfollowedPackets++;
        else entry.Handler.OnDatagram(direction, packet.Payload, packet.MissingPayload, timestamp);
    }

    private void OnTcp(in DecodedPacket packet, Timestamp timestamp)
    {
        var entry = Find(packet, out var direction, out var hash);
        if (entry is null)
        {
            entry = Start(packet, hash, out direction);
        }
        else if ((entry.Flow is null || (packet.Flags & TcpFlags.Syn) != 0)
            && PortReuse.IsNewConnection(entry.Tcp!, direction, packet, entry.Flow is null))
        {
            End(entry, FlowEnd.PortReused);
            Forget(entry);
            entry = Start(packet, hash, out direction);
        }

        entry.Queue!.Touch(entry, _clock.Elapsed);
        entry.Traffic?.Count(direction, packet, timestamp);
        if (entry.Flow is null)
        {
            _reassembler.OnAfterEnd(entry.Tcp!, direction, packet);
        }
        else if (entry.Handler is not null)
        {
            if (!_reassembler.OnSegment(entry.Tcp!, direction, packet, timestamp)) FollowUp(entry, packet.Flags);
        }
        else
        {
            Statistics.UnfollowedPackets++;
            _reassembler.OnUnfollowed(entry.Tcp!, direction, packet);
            FollowUp(entry, packet.Flags);
        }
    }

    private FlowEntry? Find(in DecodedPacket packet, out Direction direction, out uint hash)
    {
        hash = 0;
        if (_last is not null && _last.Matches(packet, out direction)) return _last;
        hash = _index.HashOf(packet);
        var entry = _index.Find(packet, hash, out direction);
        if (entry is not null) _last = entry;
        return entry;
    }

    /// <summary>Draws the consequences of a segment that was not simply the next one.</summary>
    private void FollowUp(FlowEntry entry, TcpFlags flags)
    {
        if ((flags & TcpFlags.Syn) != 0) entry.Flow!.HandshakeSeen = true;
        if (entry.Tcp!.ResetSeen) _retention.MoveToReset(entry, _clock);
        else if (flags != TcpFlags.Syn) _retention.MoveToOpen(entry, _clock);
        CheckProgress(entry);
    }

    private void CheckProgress(FlowEntry entry)
    {
        if (entry.Tcp!.Finished) End(entry, FlowEnd.Finished);
        else _waiting.Update(entry, entry.Handler is not null && entry.Tcp.Waits);
    }

    private void LookAfter(FlowEntry entry)
    {
        _reassembler.GiveUpDue(entry.Tcp!);
        CheckProgress(entry);
    }

    private FlowEntry Start(in DecodedPacket packet, uint hash, out Direction direction)
    {
        if (hash == 0) hash = _index.HashOf(packet);
        if (_index.Count >= _context.Options.MaximumFlows) Evict();
        var responds = InitiatorGuess.SenderResponds(packet);
        direction = responds ? Direction.Reverse : Direction.Forward;
        var (source, destination) = (new Endpoint(packet.Source, packet.SourcePort), new Endpoint(packet.Destination, packet.DestinationPort));
        var (initiator, responder) = responds ? (destination, source) : (source, destination);
        var entry = _retention.Rent();
        entry.Hash = hash;
        (entry.Transport, entry.Initiator, entry.InitiatorPort) = (packet.Transport, initiator.Address, initiator.Port);
        (entry.Responder, entry.ResponderPort) = (responder.Address, responder.Port);
        entry.Flow = new Flow(++_numbers, packet.Transport, initiator, responder, _clock.Current);
        entry.Handler = _observer.OnFlowStarted(entry.Flow);
        entry.Traffic = entry.Flow.Traffic;
        _index.Add(entry);
        _last = entry;
        Statistics.LiveFlows++;
        if (packet.Transport != TransportProtocol.Tcp)
        {
            if (packet.Transport == TransportProtocol.Udp) Statistics.UdpFlows++;
            else Statistics.OtherFlows++;
            _retention.AddMessages(entry, _clock);
            return entry;
        }

        Statistics.TcpFlows++;
        entry.Tcp ??= new TcpConnection();
        entry.Tcp.Handler = entry.Handler;
        _retention.AddTcp(entry, _clock);
        return entry;
    }

    /// <summary>Ends the entry's flow, if it has not ended, and leaves the entry to linger.</summary>
    private void End(FlowEntry entry, FlowEnd end)
    {
        if (entry.Flow is null) return;
        if (entry.Tcp is not null)
        {
            _reassembler.Flush(entry.Tcp);
            if (entry.Tcp.Finished) end = FlowEnd.Finished;
            else if (entry.Tcp.ResetSeen) end = FlowEnd.Reset;
            _waiting.Update(entry, false);
        }

        entry.Handler?.OnEnd(end, _clock.Current);
        Statistics.LiveFlows--;
        if (end == FlowEnd.Evicted) _evicted.Add();
        (entry.Flow, entry.Handler, entry.Traffic) = (null, null, null);
        if (entry.Tcp is not null && _retention.MoveToClosed(entry, _clock) is { } crowdedOut) Forget(crowdedOut);
    }

    private void Forget(FlowEntry entry)
    {
        if (_last == entry) _last = null;
        _index.Remove(entry);
        _retention.Return(entry);
    }

    private void Evict()
    {
        var entry = _retention.LeastWanted!;
        End(entry, FlowEnd.Evicted);
        Forget(entry);
    }

    private void ExpireSilent()
    {
        while (_retention.TakeSilent(_clock) is { } entry)
        {
            var lingers = entry.Tcp is { ResetSeen: true } && entry.Flow is not null;
            End(entry, FlowEnd.Expired);
            if (!lingers) Forget(entry);
        }
    }
}
