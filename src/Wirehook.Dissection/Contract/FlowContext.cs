using System.Globalization;
using Wirehook.Dissection.Engine;
using Wirehook.Dissection.Items;
using Wirehook.Packets;
using Wirehook.Packets.Flows;

namespace Wirehook.Dissection.Contract;

/// <summary>What a dissector and the items of one flow share: the flow, its names, and the way items leave.</summary>
public sealed class FlowContext
{
    private readonly DissectionEngine _engine;
    private readonly FlowContext? _carrier;
    private readonly FlowContext? _watched;
    private List<string>? _protocols;
    private ItemEndpoint? _initiator;
    private ItemEndpoint? _responder;
    private string? _stream;
    private string? _startTime;
    private long _items;
    private long _indices;

    internal FlowContext(Flow flow, DissectionEngine engine)
    {
        (Flow, _engine, Tls) = (flow, engine, engine.Options.Tls);
    }

    private FlowContext(FlowContext carrier, bool tls, bool atStart, Upgrade? upgrade)
    {
        (_carrier, Flow, _engine, Depth) = (carrier, carrier.Flow, carrier._engine, carrier.Depth + 1);
        (Tls, AtStart, Upgrade) = (carrier.Tls || tls, atStart, upgrade);
    }

    private FlowContext(FlowContext watched)
        : this(watched.Flow, watched._engine)
    {
        _watched = watched;
        watched._protocols ??= [];
    }

    /// <summary>The flow.</summary>
    public Flow Flow { get; }

    /// <summary>Names of the protocols whose items the watched flow has given so far, in order; empty for a context that watches none.</summary>
    public IReadOnlyList<string> WatchedProtocols => _watched?._protocols ?? [];

    /// <summary>Whether the dissector sees the connection from its first byte (or from the first after a hand-over), and not from its middle.</summary>
    public bool AtStart { get; internal set; }

    /// <summary>What the dissector before this one said of what follows, where the stream was handed over; null otherwise.</summary>
    public Upgrade? Upgrade { get; internal set; }

    /// <summary>How many streams carry this one: 0 for a connection.</summary>
    internal int Depth { get; }

    /// <summary>Whether the stream's first byte is known to come first.</summary>
    internal bool SeesStart => _carrier is null ? Flow.HandshakeSeen : AtStart;

    /// <summary>Limits and names.</summary>
    public DissectionOptions Options => _engine.Options;

    /// <summary>What is lost, by reason.</summary>
    public DissectionLosses Losses => _engine.Losses;

    /// <summary>What all flows keep between packets.</summary>
    internal DissectionMemory Memory => _engine.Memory;

    /// <summary>Where message bytes that outlive the call are kept.</summary>
    public ByteArena Arena => _engine.Arena;

    /// <summary>Name of the capturing worker.</summary>
    public string Worker => Options.Worker;

    /// <summary>The capturing machine.</summary>
    public Node Node => Options.Node;

    /// <summary>Whether the flow's bytes were encrypted on the wire.</summary>
    public bool Tls { get; }

    /// <summary><c>000000000001.pcap</c>; <c>000000000001_udp.pcap</c> for UDP, and so on for other transports.</summary>
    public string Stream => _stream ??= _carrier?.Stream ?? Flow.Number.ToString("D12", CultureInfo.InvariantCulture) + Suffix(Flow.Transport);

    /// <summary>Time of the flow's first packet, RFC 3339.</summary>
    public string StartTime => _startTime ??= _carrier?.StartTime ?? Flow.Started.ToString();

    /// <summary>Items emitted so far by this stream's dissectors, those of streams that it carries included.</summary>
    public long ItemCount => _items;

    /// <summary>The side that sends in <paramref name="direction"/>.</summary>
    /// <param name="direction">The direction.</param>
    public ItemEndpoint EndpointOf(Direction direction) => _carrier is not null ? _carrier.EndpointOf(direction) : direction == Direction.Forward
        ? _initiator ??= new ItemEndpoint(Flow.Initiator)
        : _responder ??= new ItemEndpoint(Flow.Responder);

    /// <summary>The state of type <typeparamref name="T"/> that a module keeps across flows, such as queries waiting for their response; made at the first call.</summary>
    /// <typeparam name="T">A class of the module's own.</typeparam>
    public T Shared<T>()
        where T : class, new() => _engine.Shared<T>();

    /// <summary>A packet's data was dissected: does what is due between packets.</summary>
    internal void AfterData(Timestamp timestamp)
    {
        // The carrier's dissector is still at work: what is due is done when it has returned.
        if (_carrier is null) _engine.AfterData(timestamp);
    }

    /// <summary>Opens a stream inside this one, whose protocol is found and dissected as that of a connection is.</summary>
    /// <param name="tls">Whether its bytes come decrypted.</param>
    /// <param name="atStart">Whether the first bytes that are passed to it are the first of the stream.</param>
    /// <param name="upgrade">What was agreed on for it, or null.</param>
    public CarriedStream Carry(bool tls, bool atStart, Upgrade? upgrade = null) =>
        new(new FlowContext(this, tls, atStart, upgrade), _engine.Registry.StreamModules);

    /// <summary>Counts a response that precedes the final one and is in no item, such as 100 Continue.</summary>
    /// <param name="protocol">Its protocol.</param>
    public void CountInterimResponse(Protocol protocol) => _engine.CountInterimResponse(protocol);

    /// <summary>Gives the item its index, counts it and hands it to the sink.</summary>
    /// <param name="item">An item of this flow, complete.</param>
    public void Emit(Item item)
    {
        item.Index = NextIndex(item.Protocol);
        _engine.Deliver(item);
    }

    /// <summary>The context of one who watches this flow: its items are numbered with the flow's, but are not taken for the dissector's.</summary>
    internal FlowContext Watch() => new(this);

    private static string Suffix(TransportProtocol transport) => transport switch
    {
        TransportProtocol.Tcp => ".pcap",
        TransportProtocol.Udp => "_udp.pcap",
        TransportProtocol.Icmp => "_icmp.pcap",
        TransportProtocol.Icmpv6 => "_icmpv6.pcap",
        _ => "_sctp.pcap",
    };

    /// <summary>Items of one flow are numbered together, however deep their streams lie.</summary>
    private long NextIndex(Protocol protocol)
    {
        if (_watched is not null) return _watched._indices++;
        _items++;
        if (_carrier is not null) return _carrier.NextIndex(protocol);
        if (_protocols is not null && !_protocols.Contains(protocol.Name)) _protocols.Add(protocol.Name);
        return _indices++;
    }
}
