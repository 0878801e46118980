using System.Reflection;
using Wirehook.Dissection.Contract;
using Wirehook.Packets;

namespace Wirehook.Dissection.Engine;

/// <summary>The protocol modules of an assembly, found by their <see cref="ProtocolModuleAttribute"/>.</summary>
public sealed class ProtocolRegistry
{
    private static readonly TransportProtocol[] Transports = [TransportProtocol.Udp, TransportProtocol.Icmp, TransportProtocol.Icmpv6, TransportProtocol.Sctp];
    private readonly Dictionary<TransportProtocol, ProtocolModule[]> _datagramModules;

    /// <summary>A registry of <paramref name="modules"/>, by priority.</summary>
    /// <param name="modules">The modules, in any order.</param>
    /// <exception cref="ArgumentException">More of them dissect streams than detection can tell apart.</exception>
    public ProtocolRegistry(IEnumerable<ProtocolModule> modules)
    {
        Modules = [.. modules.OrderBy(m => m.Priority).ThenBy(m => m.GetType().FullName, StringComparer.Ordinal)];
        StreamModules = [.. Modules.Where(m => m.DissectsStreams)];
        if (StreamModules.Length > StreamDetection.MostModules) throw new ArgumentException($"{StreamModules.Length} modules dissect streams; detection remembers {StreamDetection.MostModules} of them.", nameof(modules));
        _datagramModules = Transports.ToDictionary(t => t, t => Modules.Where(m => m.DissectsDatagrams && m.DatagramTransports.Contains(t)).ToArray());
        WatchingModules = [.. Modules.Where(m => m.WatchesFlows)];
    }

    /// <summary>Every module of this assembly.</summary>
    public static ProtocolRegistry BuiltIn { get; } = new(FindModules(typeof(ProtocolRegistry).Assembly));

    /// <summary>The modules, by priority.</summary>
    public IReadOnlyList<ProtocolModule> Modules { get; }

    internal ProtocolModule[] StreamModules { get; }

    internal ProtocolModule[] WatchingModules { get; }

    /// <summary>What <c>tap.enabledDissectors</c> may name: the names of all protocols of the modules, sorted.</summary>
    public IReadOnlyList<string> DissectorNames => [.. NamesOf(Modules)];

    /// <summary>The names of the protocols that are dissected unless the configuration names others, sorted.</summary>
    public IReadOnlyList<string> DefaultDissectorNames => [.. NamesOf(Modules.Where(m => m.OnByDefault))];

    /// <summary>The modules that the protocols in <paramref name="names"/> need: their own, and those that carry streams of others.</summary>
    /// <param name="names">Protocol names.</param>
    public ProtocolRegistry Select(IReadOnlyCollection<string> names) =>
        new(Modules.Where(m => m.Protocols.Any(p => names.Contains(p.Name)) || (m.CarriesStreams && m.OnByDefault)));

    internal ProtocolModule[] DatagramModulesOf(TransportProtocol transport) => _datagramModules.GetValueOrDefault(transport) ?? [];

    private static IEnumerable<string> NamesOf(IEnumerable<ProtocolModule> modules) =>
        modules.SelectMany(m => m.Protocols).Select(p => p.Name).Distinct().Order(StringComparer.Ordinal);

    private static IEnumerable<ProtocolModule> FindModules(Assembly assembly) =>
        assembly.GetCustomAttributes<ProtocolModuleAttribute>().Select(a => (ProtocolModule)Activator.CreateInstance(a.Module)!);
}
