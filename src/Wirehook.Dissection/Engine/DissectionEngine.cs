using Wirehook.Dissection.Contract;
using Wirehook.Dissection.Items;
using Wirehook.Packets;
using Wirehook.Packets.Flows;

namespace Wirehook.Dissection.Engine;

/// <summary>Follows every flow of a capture: recognises its protocol, dissects it and hands the items to a sink. One thread at a time.</summary>
public sealed class DissectionEngine : IFlowObserver
{
    /// <summary>How often time is looked at, in nanoseconds of packet time.</summary>
    internal const long TimeStep = 1_000_000_000;

    private const long LongestStep = 10_000_000_000;
    private const long BackwardTolerance = 10_000_000_000;
    private readonly IItemSink _sink;
    private readonly Dictionary<string, ProtocolStatistics> _statistics = [];
    private readonly Dictionary<Type, object> _shared = [];
    private readonly List<IExpiring> _expiring = [];
    private ProtocolStatistics? _latest;
    private bool _timeStarted;

    /// <summary>An engine with <paramref name="registry"/>'s protocols.</summary>
    /// <param name="options">Names and limits.</param>
    /// <param name="ledger">Counts what is lost.</param>
    /// <param name="sink">Takes the items.</param>
    /// <param name="registry">The protocols; all built-in ones where null. Those of them are active that the options name.</param>
    public DissectionEngine(DissectionOptions options, LossLedger ledger, IItemSink sink, ProtocolRegistry? registry = null)
    {
        var all = registry ?? ProtocolRegistry.BuiltIn;
        var enabled = (options.Dissectors ?? all.DefaultDissectorNames).ToHashSet(StringComparer.Ordinal);
        (Options, _sink, Registry) = (options, sink, all.Select(enabled));
        Losses = new DissectionLosses(ledger);
        Memory = new DissectionMemory(options, Losses, Arena);
        foreach (var module in Registry.Modules)
        {
            foreach (var protocol in module.Protocols) _statistics.TryAdd(protocol.Name, new ProtocolStatistics(protocol.Name, enabled.Contains(protocol.Name)));
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

    internal DissectionMemory Memory { get; }

    /// <inheritdoc/>
    public IFlowHandler? OnFlowStarted(Flow flow)
    {
        if (!_timeStarted) (Memory.Now, _timeStarted) = (flow.Started, true);
        var context = new FlowContext(flow, this);
        return Registry.WatchingModules.Length == 0 ? Dissect(context) : Watch(context);
    }

    /// <summary>Lets time pass while no packet comes: requests that have waited for too long leave without their response.</summary>
    /// <param name="now">The present, in the time of the packets.</param>
    public void AdvanceTo(Timestamp now)
    {
        (Memory.Now, _timeStarted) = (now, true);
        Memory.ExpireMessages();
        foreach (var state in _expiring) state.AdvanceTo(now);
    }

    /// <summary>The capture is over and every flow has ended: what is kept across flows leaves.</summary>
    public void Finish()
    {
        foreach (var state in _expiring) state.OnCaptureEnd(Memory.Now);
    }

    /// <summary>
    /// What is due between packets: room is made, and once per second of packet time what has waited for too long leaves. One packet moves the time by a
    /// portion at most, so that neither a wild timestamp nor a packet behind a long silence gives up what is answered right after.
    /// </summary>
    internal void AfterData(Timestamp timestamp)
    {
        if (Memory.Bytes > Options.MemoryLimit) Memory.Relieve();
        var step = timestamp.Since(Memory.Now);
        if (step is < TimeStep and > -BackwardTolerance) return;
        if (step < 0) Memory.Now = timestamp;
        else AdvanceTo(new Timestamp(Memory.Now.UnixNanoseconds + Math.Min(step, LongestStep)));
    }

    /// <summary>The state of type <typeparamref name="T"/> that a module keeps across the flows of this engine; made at the first call.</summary>
    internal T Shared<T>()
        where T : class, new()
    {
        if (_shared.TryGetValue(typeof(T), out var known)) return (T)known;
        var made = new T();
        _shared.Add(typeof(T), made);
        if (made is IExpiring expiring) _expiring.Add(expiring);
        return made;
    }

    internal void Deliver(Item item)
    {
        var statistics = StatisticsOf(item.Protocol.Name);
        if (!statistics.Enabled) return;
        statistics.Count(item.HasRequest, item.HasResponse);
        _sink.OnItem(item);
    }

    internal void CountInterimResponse(Protocol protocol) => StatisticsOf(protocol.Name).CountInterimResponse();

    private IFlowHandler? Dissect(FlowContext context)
    {
        if (context.Flow.Transport == TransportProtocol.Tcp) return new StreamSession(context, Registry.StreamModules);
        var modules = Registry.DatagramModulesOf(context.Flow.Transport);
        return modules.Length > 0 ? new DatagramSession(context, modules) : null;
    }

    private IFlowHandler? Watch(FlowContext context)
    {
        var watchers = new List<FlowWatcher>();
        foreach (var module in Registry.WatchingModules)
        {
            if (module.CreateWatcher(context.Watch()) is { } watcher) watchers.Add(watcher);
        }

        var dissection = Dissect(context);
        return watchers.Count > 0 ? new WatchedSession(context, dissection, [.. watchers]) : dissection;
    }

    private ProtocolStatistics StatisticsOf(string protocol)
    {
        var latest = _latest;
        if (latest is not null && ReferenceEquals(latest.Protocol, protocol)) return latest;
        if (!_statistics.TryGetValue(protocol, out latest)) _statistics[protocol] = latest = new ProtocolStatistics(protocol);
        return _latest = latest;
    }
}
