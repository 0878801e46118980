using Wirehook.Dissection.Items;
using Wirehook.Dissection.Records;
using Wirehook.Packets;
using Wirehook.Packets.Flows;

namespace Wirehook.Dissection.Contract;

/// <summary>
/// One protocol (or a family that shares a parser): its metadata, how its traffic is recognised, and who dissects it. A module lives in
/// <c>Protocols/&lt;Name&gt;/</c> and declares itself with <see cref="ProtocolModuleAttribute"/>; nothing else names it.
/// </summary>
public abstract class ProtocolModule
{
    /// <summary>The protocols that its items name.</summary>
    public abstract IReadOnlyList<Protocol> Protocols { get; }

    /// <summary>The declarations of its items.</summary>
    public abstract IReadOnlyList<RecordType> ItemTypes { get; }

    /// <summary>Whether it dissects TCP streams.</summary>
    public virtual bool DissectsStreams => false;

    /// <summary>Whether it dissects datagrams, of the transports in <see cref="DatagramTransports"/>.</summary>
    public virtual bool DissectsDatagrams => false;

    /// <summary>The transports whose datagrams it dissects: UDP; ICMP and ICMPv6, whose datagrams are whole messages; or SCTP, whose are whole packets.</summary>
    public virtual IReadOnlyList<TransportProtocol> DatagramTransports { get; } = [TransportProtocol.Udp];

    /// <summary>Whether <see cref="CreateWatcher"/> is to be asked about every flow, whatever its protocol.</summary>
    public virtual bool WatchesFlows => false;

    /// <summary>Whether it is active unless the configuration names the dissectors that are.</summary>
    public virtual bool OnByDefault => true;

    /// <summary>Whether streams of other protocols come out of it (decrypted, tunnelled, upgraded), so that it stays active, without items of its own, where it is not enabled.</summary>
    public virtual bool CarriesStreams => false;

    /// <summary>Order in which modules are asked: lower first. Modules whose ports match are asked before all others.</summary>
    public virtual int Priority => Protocols[0].Priority;

    /// <summary>Ports that make this module be asked first.</summary>
    public virtual IReadOnlyList<ushort> Ports => Protocols[0].Ports;

    /// <summary>Whether a TCP stream's first bytes are this protocol's. Called again with more bytes while it answers <see cref="Detection.NeedMore"/>.</summary>
    /// <param name="opening">What is known of the stream.</param>
    public virtual Detection Detect(in StreamOpening opening) => Detection.No;

    /// <summary>Whether a UDP datagram is this protocol's; <see cref="Detection.NeedMore"/> lets other modules try and asks again at the next datagram.</summary>
    /// <param name="opening">What is known of the datagram and its flow.</param>
    public virtual Detection Detect(in DatagramOpening opening) => Detection.No;

    /// <summary>A dissector for one TCP stream.</summary>
    /// <param name="context">The stream's context.</param>
    public virtual StreamDissector CreateStreamDissector(FlowContext context) => throw new NotSupportedException(GetType().Name + " dissects no streams.");

    /// <summary>A dissector for one flow of datagrams.</summary>
    /// <param name="context">The flow's context.</param>
    public virtual DatagramDissector CreateDatagramDissector(FlowContext context) => throw new NotSupportedException(GetType().Name + " dissects no datagrams.");

    /// <summary>Who watches one flow beside its dissector, or null. <see cref="Flow.Traffic"/> counts packets where the watcher sets it here.</summary>
    /// <param name="context">A context of the watcher's own; its items are numbered together with the flow's others.</param>
    public virtual FlowWatcher? CreateWatcher(FlowContext context) => null;
}

/// <summary>Declares a protocol module, beside the module: <c>[assembly: ProtocolModule(typeof(HttpModule))]</c>.</summary>
/// <param name="module">A class derived from <see cref="ProtocolModule"/> with a constructor without parameters.</param>
[AttributeUsage(AttributeTargets.Assembly, AllowMultiple = true)]
public sealed class ProtocolModuleAttribute(Type module) : Attribute
{
    /// <summary>The module's class.</summary>
    public Type Module { get; } = module;
}
