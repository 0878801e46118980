using System.Globalization;
using System.Runtime.InteropServices;
using Wirehook.Netlink.Codec;
using Wirehook.Netlink.Events;
using Wirehook.Netlink.Families;
using Wirehook.Packets;

namespace Wirehook.Netlink.State;

/// <summary>Turns netlink datagrams into events: decodes them, keeps the state of every namespace, compares. Does no I/O and has no clock; one thread at a time.</summary>
/// <remarks>A dump is opened by its request (NLM_F_REQUEST|NLM_F_DUMP), which goes through <see cref="Process"/> like what is received, and closed by NLMSG_DONE.
/// Announcements received after a request prevail over what its answer says. Announcements that are queued when the answer is complete are best processed before its
/// NLMSG_DONE, so that nothing that they announce is found missing first.</remarks>
public sealed class NetlinkEngine
{
    private const int OperationNotSupported = 95;
    private readonly EventFactory _factory = new();
    private readonly StateUpdater _updater;
    private readonly List<NamespaceState> _namespaces = [];
    private readonly LossCounter _damaged;
    private readonly LossCounter _undecoded;

    /// <summary>Begins with no namespaces.</summary>
    public NetlinkEngine(NetlinkEngineOptions options)
    {
        _updater = new(options, _factory);
        _damaged = options.Ledger.Define("netlink", "damaged-datagram", "datagrams", "The end of a netlink datagram was no message; what came before was used.");
        _undecoded = options.Ledger.Define("netlink", "damaged-message", "messages", "A message was too short for its type, or about an address family that is not known.");
    }

    /// <summary>The namespaces that were added and not removed.</summary>
    public IReadOnlyList<NamespaceState> Namespaces => _namespaces;

    /// <summary>Audits that <see cref="TryTakeAudit"/> asked for so far.</summary>
    public long Audits { get; private set; }

    /// <summary>Begins to keep the state of a namespace.</summary>
    /// <param name="name">As events show it.</param>
    /// <param name="nsid">Its id as seen from Wirehook's own; -1 for none.</param>
    /// <param name="isNew">Whether it came to be while others were followed already: then what its first dumps show comes as synthetic events.</param>
    public NamespaceState AddNamespace(string name, int nsid, bool isNew = false)
    {
        var ns = new NamespaceState(name, nsid) { IsNew = isNew };
        _namespaces.Add(ns);
        return ns;
    }

    /// <summary>Forgets a namespace.</summary>
    public void RemoveNamespace(NamespaceState ns) => _namespaces.Remove(ns);

    /// <summary>Takes one datagram: a dump request that was sent, a part of its answer, or announcements.</summary>
    /// <param name="ns">Where it belongs.</param>
    /// <param name="protocol">See <see cref="NetlinkProtocol"/>.</param>
    /// <param name="datagram">Netlink messages, or the text of a uevent; not kept.</param>
    /// <param name="at">When it was received.</param>
    /// <param name="output">Where events are added.</param>
    public void Process(NamespaceState ns, int protocol, ReadOnlySpan<byte> datagram, Timestamp at, List<NetworkEvent> output)
    {
        if (protocol == NetlinkProtocol.Uevent)
        {
            ProcessText(ns, datagram, at, output);
            return;
        }

        var rest = datagram;
        while (NetlinkMessage.TryRead(ref rest, out var message))
        {
            if (message.Type < NetlinkFlags.FirstMessageType) ProcessControl(ns, protocol, message, at, output);
            else ProcessMessage(ns, protocol, message, at, output);
        }

        if (!rest.IsEmpty) _damaged.Add();
    }

    /// <summary>Messages were lost. Dumps of all families of the protocol are a resync from here on: <c>monitor.resync_started</c> comes with the first,
    /// <c>monitor.resync_finished</c> with the end of the last.</summary>
    /// <param name="ns">Where.</param>
    /// <param name="protocol">Over which protocol.</param>
    /// <param name="at">When it was noticed.</param>
    /// <param name="lostAtLeast">How many messages, as far as is known.</param>
    /// <param name="output">Where events are added.</param>
    public void Overrun(NamespaceState ns, int protocol, Timestamp at, long lostAtLeast, List<NetworkEvent> output)
    {
        var state = ns.Of(protocol);
        if (state.Open is { } dump) dump.IsInterrupted = true;
        foreach (var family in ns.Families)
        {
            if (family.Family.Protocol == protocol) family.WantResync();
        }

        state.WantsResync = ns.NeedsResync(protocol);
        output.Add(_factory.Create(ns, at, protocol, MonitorEvents.Overrun, "", lostAtLeast));
    }

    /// <summary>Adds an event of the monitor itself, numbered like all others.</summary>
    /// <param name="ns">Where it belongs; null for the whole run.</param>
    /// <param name="name">One of <see cref="MonitorEvents"/>.</param>
    /// <param name="detail">A sentence for people; may be empty.</param>
    /// <param name="lost">How much was lost.</param>
    /// <param name="at">When.</param>
    /// <param name="output">Where the event is added.</param>
    public void Announce(NamespaceState? ns, string name, string detail, long lost, Timestamp at, List<NetworkEvent> output) =>
        output.Add(_factory.Create(ns, at, NetlinkProtocol.Route, name, detail, lost));

    /// <summary>After announcements that may have taken or changed routes silently: the request whose answer tells. To be called when nothing more is queued.</summary>
    /// <param name="ns">Where.</param>
    /// <param name="dumpRequest">To be numbered, sent and processed like any dump.</param>
    public bool TryTakeAudit(NamespaceState ns, out byte[] dumpRequest)
    {
        dumpRequest = [];
        if ((ns.Audit.IsEmpty && ns.PendingAudits.Count == 0) || ns.Of(NetlinkProtocol.Route).Open is not null) return false;
        if (ns.PendingAudits.Count == 0) CollectAudits(ns);
        if (!ns.PendingAudits.TryDequeue(out var request)) return false;
        dumpRequest = request;
        Audits++;
        return true;
    }

    private void ProcessText(NamespaceState ns, ReadOnlySpan<byte> datagram, Timestamp at, List<NetworkEvent> output)
    {
        foreach (var family in ns.Families)
        {
            if (family.Family.Protocol != NetlinkProtocol.Uevent || !family.Family.TryDecodeDatagram(datagram, out var subject)) continue;
            subject.ResolveNames(ns);
            _updater.Told(ns, subject, at, output);
            return;
        }

        _undecoded.Add();
    }

    private static void CollectAudits(NamespaceState ns)
    {
        foreach (var family in ns.Families)
        {
            if (family.Family.IsCached && family.IsLoaded) family.Family.AddAudits(ns.Audit, family.Objects, ns.PendingAudits);
        }

        ns.Audit.Clear();
    }

    private void ProcessMessage(NamespaceState ns, int protocol, in NetlinkMessage message, Timestamp at, List<NetworkEvent> output)
    {
        if (MessageTypes.Find(protocol, message.Type) is not { } known) return;
        var family = ns.Families[known.FamilyIndex];
        if (known.Type.Action == NetlinkAction.Get)
        {
            if ((message.Flags & NetlinkFlags.Dump) == NetlinkFlags.Dump) OpenDump(ns, protocol, family, message, at, output);
            return;
        }

        if (!known.Family.TryDecode(message, out var subject))
        {
            _undecoded.Add();
            return;
        }

        subject.ResolveNames(ns);
        var dump = ns.Of(protocol).Open;
        if (dump is not null && dump.State == family && (message.Flags & NetlinkFlags.Multi) != 0 && message.Sequence == dump.Sequence)
        {
            if ((message.Flags & NetlinkFlags.DumpInterrupted) != 0) dump.IsInterrupted = true;
            _updater.Dumped(ns, dump, known.Type, subject, at, output);
        }
        else
        {
            _updater.Announced(ns, family, dump?.State == family ? dump : null, known.Type, message, subject, at, output);
        }
    }

    private void ProcessControl(NamespaceState ns, int protocol, in NetlinkMessage message, Timestamp at, List<NetworkEvent> output)
    {
        if (message.Type == NetlinkFlags.Overrun)
        {
            var lost = message.Body.Length >= sizeof(long) ? Math.Max(1, MemoryMarshal.Read<long>(message.Body)) : 1;
            Overrun(ns, protocol, at, lost, output);
            return;
        }

        if (ns.Of(protocol).Open is not { } dump || message.Sequence != dump.Sequence || message.Type == NetlinkFlags.NoOperation) return;
        if ((message.Flags & NetlinkFlags.DumpInterrupted) != 0) dump.IsInterrupted = true;
        var error = message.Body.Length >= sizeof(int) ? -(long)MemoryMarshal.Read<int>(message.Body) : 0;
        if (message.Type == NetlinkFlags.Done || error != 0) CloseDump(ns, protocol, dump, (int)Math.Clamp(error, 0, int.MaxValue), at, output);
    }

    private void OpenDump(NamespaceState ns, int protocol, FamilyState family, in NetlinkMessage request, Timestamp at, List<NetworkEvent> output)
    {
        var state = ns.Of(protocol);
        if (state.WantsResync)
        {
            (state.WantsResync, state.InResync, state.Differences) = (false, true, 0);
            output.Add(_factory.Create(ns, at, protocol, MonitorEvents.ResyncStarted, "", 0));
        }

        var index = family.IndexOf(request);
        state.Open = new(family.Family, family, request.Whole.ToArray(), request.Sequence, ++ns.DumpNumber)
        {
            Index = index,
            IsInitial = family.IsFirst(index),
        };
        (state.Outcome, state.Error) = (DumpOutcome.Running, 0);
    }

    private void CloseDump(NamespaceState ns, int protocol, DumpSession dump, int error, Timestamp at, List<NetworkEvent> output)
    {
        var state = ns.Of(protocol);
        state.Open = null;
        state.Error = error;
        state.Outcome = error != 0 ? DumpOutcome.Failed : dump.IsInterrupted ? DumpOutcome.Interrupted : DumpOutcome.Complete;
        if (state.Outcome == DumpOutcome.Complete) _updater.Sweep(ns, dump, at, output);
        else if (!dump.IsInitial) ns.Audit.AddAll();
        if (state.Outcome == DumpOutcome.Complete || error == OperationNotSupported) dump.State.Conclude(dump.Index, error == 0);
        if (!state.InResync || state.WantsResync || ns.NeedsResync(protocol)) return;
        state.InResync = false;
        var detail = string.Create(CultureInfo.InvariantCulture, $"{state.Differences} differences");
        output.Add(_factory.Create(ns, at, protocol, MonitorEvents.ResyncFinished, detail, 0));
    }
}
