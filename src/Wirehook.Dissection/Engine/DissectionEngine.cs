using Wirehook.Dissection.Contract;
using Wirehook.Dissection.Items;
using Wirehook.Packets;
using Wirehook.Packets.Flows;

namespace Wirehook.Dissection.Engine;

/// <summary>Follows every flow of a capture: recognises its protocol, dissects it and hands the items to a sink. One thread at a time.</summary>
public sealed class DissectionEngine : IFlowObserver
{
    private readonly IItemSink _sink;
    private readonly Dictionary<string, ProtocolStatistics> _statistics = [];
    private readonly Dictionary<Type, object> _shared = [];
    private ProtocolStatistics? _latest;

    /// <summary>An engine with <paramref name="registry"/>'s protocols.</summary>
    /// <param name="options">Names and limits.</param>
    /// <param name="ledger">Counts what is lost.</param>
    /// <param name="sink">Takes the items.</param>
    /// <param name="registry">The protocols; all built-in ones where null.</param>
    public DissectionEngine(DissectionOptions options, LossLedger ledger, IItemSink sink, ProtocolRegistry? registry = null)
    {
        (Options, _sink, Registry) = (options, sink, registry ?? ProtocolRegistry.BuiltIn);
        Losses = new DissectionLosses(ledger);
        foreach (var module in Registry.Modules)
        {
            foreach (var protocol in module.Protocols) _statistics.TryAdd(protocol.Name, new ProtocolStatistics(protocol.Name));
        }
    }

    /// <summary>Names and limits.</summary>
    public DissectionOptions Options { get; }

    /// <summary>What is lost, by reason.</summary>
    public DissectionLosses Losses { get; }

    /// <summary>The protocols that are recognised.</summary>
    public ProtocolRegistry Registry { get; }

    /// <summary>Counts per protocol name, for every protocol of the registry.</summary>
    public IReadOnlyCollection<ProtocolStatistics> Statistics => _statistics.Values;

    internal ByteArena Arena { get; } = new();

    /// <inheritdoc/>
    public IFlowHandler? OnFlowStarted(Flow flow) => flow.Transport switch
    {
        TransportProtocol.Tcp => new StreamSession(new FlowContext(flow, this), Registry.StreamModules),
        TransportProtocol.Udp => new DatagramSession(new FlowContext(flow, this), Registry.DatagramModules),
        _ => null,
    };

    /// <summary>The state of type <typeparamref name="T"/> that a module keeps across the flows of this engine; made at the first call.</summary>
    internal T Shared<T>()
        where T : class, new()
    {
        if (_shared.TryGetValue(typeof(T), out var known)) return (T)known;
        var made = new T();
        _shared.Add(typeof(T), made);
        return made;
    }

    internal void Deliver(Item item)
    {
        StatisticsOf(item.Protocol.Name).Count(item.HasRequest, item.HasResponse);
        _sink.OnItem(item);
    }

    internal void CountInterimResponse(Protocol protocol) => StatisticsOf(protocol.Name).CountInterimResponse();

    private ProtocolStatistics StatisticsOf(string protocol)
    {
        var latest = _latest;
        if (latest is not null && ReferenceEquals(latest.Protocol, protocol)) return latest;
        if (!_statistics.TryGetValue(protocol, out latest)) _statistics[protocol] = latest = new ProtocolStatistics(protocol);
        return _latest = latest;
    }
}
