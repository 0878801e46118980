using Wirehook.Netlink.Codec;
using Wirehook.Netlink.Events;
using Wirehook.Netlink.Families;
using Wirehook.Packets;

namespace Wirehook.Netlink.State;

/// <summary>Brings the known state up to date with what was announced or dumped, and gives the events of the differences.</summary>
internal sealed class StateUpdater(NetlinkEngineOptions options, EventFactory factory)
{
    private readonly LossCounter _full = options.Ledger.Define(
        "netlink", "state-full", "objects", "More objects exist than are kept per namespace: their events have no old values.");

    private static readonly NetlinkMessageType NoMessage = new(0, "", NetlinkAction.New);
    private readonly List<int> _gone = [];

    /// <summary>One announcement.</summary>
    public void Announced(
        NamespaceState ns, FamilyState family, DumpSession? dump, NetlinkMessageType type, in NetlinkMessage message, NetlinkObject subject, Timestamp at, List<NetworkEvent> output)
    {
        var origin = EventOrigin.Announced(ns, message, at);
        if (!family.Family.IsCached || subject.IsTransient || (subject.IsPartial && family.Objects.Find(subject) < 0))
        {
            Emit(origin, type, new(type.Action, subject, null, 0), output);
        }
        else if (type.Action == NetlinkAction.Delete)
        {
            Remove(family, dump, origin, type, subject, output);
        }
        else
        {
            Put(family, dump, origin, type, message.Flags, subject, output);
        }
    }

    /// <summary>One passing event of a protocol without netlink messages.</summary>
    public void Told(NamespaceState ns, NetlinkObject subject, Timestamp at, List<NetworkEvent> output) =>
        Emit(new(ns, at, 0, 0, 0, false, false), NoMessage, new(NetlinkAction.New, subject, null, 0), output);

    /// <summary>One object of a dump's answer.</summary>
    public void Dumped(NamespaceState ns, DumpSession dump, NetlinkMessageType type, NetlinkObject subject, Timestamp at, List<NetworkEvent> output)
    {
        if (type.Action != NetlinkAction.New || subject.IsTransient || !dump.Family.IsCached || dump.WasDeleted(subject)) return;
        if (dump.WasReplaced(subject))
        {
            // Either the dump is older than the replacement, or another of the same key was replaced.
            ns.Audit.AddAll();
            return;
        }

        var objects = dump.State.Objects;
        var index = objects.Find(subject);
        if (index < 0) index = objects.FindReplaced(dump.Family, subject, dump.Number);
        if (index < 0)
        {
            if (!TryAdd(ns, dump.State, subject, false, dump, announced: false)) return;
            Learn(ns, subject);
            Found(ns, dump, type, new(NetlinkAction.New, subject, null, 0), at, output);
            return;
        }

        ref var entry = ref objects.At(index);
        if (entry.Dump == dump.Number && entry.IsAnnounced) return;
        var previous = entry.Subject!;
        var current = dump.Family.Merge(subject, previous);
        var changed = dump.Family.Compare(current, previous);
        (entry.Subject, entry.Dump, entry.IsAnnounced, entry.IsDoubtful) = (current, dump.Number, false, false);
        objects.PutLast(ref entry);
        if (changed == 0) return;
        Learn(ns, current);
        Found(ns, dump, type, new(NetlinkAction.New, current, previous, changed), at, output);
    }

    /// <summary>At the end of a complete dump: what it covers and did not show is gone.</summary>
    public void Sweep(NamespaceState ns, DumpSession dump, Timestamp at, List<NetworkEvent> output)
    {
        if (MessageTypes.Of(dump.Family, NetlinkAction.Delete) is not { } type) return;
        var objects = dump.State.Objects;
        _gone.Clear();
        for (var i = 0; i < objects.Capacity; i++)
        {
            ref var entry = ref objects.At(i);
            if (entry.Subject is { } subject && entry.Dump != dump.Number && dump.Covers(subject)) _gone.Add(i);
        }

        foreach (var index in _gone)
        {
            var subject = objects.At(index).Subject!;
            Take(ns, dump.State, index);
            Found(ns, dump, type, new(NetlinkAction.Delete, subject, subject, 0), at, output);
            Forget(ns, subject, at, output);
        }
    }

    private void Put(FamilyState family, DumpSession? dump, in EventOrigin origin, NetlinkMessageType type, ushort flags, NetlinkObject subject, List<NetworkEvent> output)
    {
        var (ns, objects) = (origin.Namespace, family.Objects);
        var isReplacement = (flags & NetlinkFlags.Replace) != 0;
        var index = objects.Find(subject);
        var replaced = index < 0 && isReplacement ? objects.FindReplaced(family.Family, subject) : index;
        dump?.NoteAdded(subject);
        NetlinkObject? previous = null;
        var (current, changed) = (subject, 0UL);
        if (replaced >= 0)
        {
            ref var entry = ref objects.At(replaced);
            previous = entry.Subject!;
            current = family.Family.Merge(subject, previous);
            changed = family.Family.Compare(current, previous);
            entry.Subject = current;
            if (index < 0) dump?.NoteReplaced(previous);
            entry.IsDoubtful |= index < 0 && dump is not null && entry.Dump == dump.Number && !entry.IsAnnounced;
            if (dump is not null && !subject.IsPartial) (entry.Dump, entry.IsAnnounced) = (dump.Number, true);
        }
        else
        {
            TryAdd(ns, family, subject, !isReplacement && (flags & NetlinkFlags.Append) == 0, dump, announced: true);

            // Where not all that exists is known, what is not known need not be new.
            if (!family.IsLoaded && subject.Before is { } before) (previous, changed) = (before, family.Family.Compare(subject, before));
        }

        Learn(ns, current);
        Emit(origin, type, new(NetlinkAction.New, current, previous, changed), output);
    }

    private void Remove(FamilyState family, DumpSession? dump, in EventOrigin origin, NetlinkMessageType type, NetlinkObject subject, List<NetworkEvent> output)
    {
        var ns = origin.Namespace;
        var index = family.Objects.Find(subject);
        var previous = index < 0 ? null : family.Objects.At(index).Subject;
        if (previous is not null && family.Family.Remaining(subject, previous) is { } remaining)
        {
            ref var entry = ref family.Objects.At(index);
            entry.Subject = remaining;
            if (dump is not null) (entry.Dump, entry.IsAnnounced) = (dump.Number, true);
            Emit(origin, type, new(NetlinkAction.New, remaining, previous, family.Family.Compare(remaining, previous)), output);
            return;
        }

        dump?.NoteDeleted(subject);
        if (index >= 0)
        {
            // What it seemed to replace may still be there, beside it.
            if (family.Objects.At(index).IsDoubtful) ns.Audit.AddAll();
            Take(ns, family, index);
        }

        Emit(origin, type, new(NetlinkAction.Delete, subject, previous, 0), output);
        Forget(ns, subject, origin.At, output);
    }

    private bool TryAdd(NamespaceState ns, FamilyState family, NetlinkObject subject, bool first, DumpSession? dump, bool announced)
    {
        if (ns.Count >= options.MaxObjects)
        {
            _full.Add();
            return false;
        }

        ref var entry = ref family.Objects.Add(subject, first);
        if (dump is not null) (entry.Dump, entry.IsAnnounced) = (dump.Number, announced);
        ns.Count++;
        return true;
    }

    private static void Take(NamespaceState ns, FamilyState family, int index)
    {
        family.Objects.RemoveAt(index);
        ns.Count--;
    }

    private void Found(NamespaceState ns, DumpSession dump, NetlinkMessageType type, in NetworkChange change, Timestamp at, List<NetworkEvent> output)
    {
        var isInitial = dump.IsInitial && !ns.IsNew;
        if (isInitial && !options.EmitInitial) return;
        ns.Of(dump.Family.Protocol).Differences++;
        Emit(EventOrigin.Dumped(ns, at, isInitial), type, change, output);
    }

    private void Emit(in EventOrigin origin, NetlinkMessageType type, in NetworkChange change, List<NetworkEvent> output)
    {
        output.Add(factory.Create(origin, type, change));
        change.Current.Family.RequestAudit(change, origin.Namespace.Audit);
    }

    private static void Learn(NamespaceState ns, NetlinkObject subject)
    {
        if (subject is { InterfaceIndex: > 0, InterfaceName: { } name }) ns.SetName(subject.InterfaceIndex, name);
    }

    /// <summary>An interface takes along what belongs to it: most of that was announced before, and no more will be said about the rest.</summary>
    private void Forget(NamespaceState ns, NetlinkObject subject, Timestamp at, List<NetworkEvent> output)
    {
        if (!subject.OwnsInterface) return;
        ns.RetireName(subject.InterfaceIndex);
        foreach (var family in ns.Families)
        {
            if (!family.Family.DiesWithInterface || MessageTypes.Of(family.Family, NetlinkAction.Delete) is not { } type) continue;
            for (var i = 0; i < family.Objects.Capacity; i++)
            {
                if (family.Objects.At(i).Subject is not { } dependent || dependent.InterfaceIndex != subject.InterfaceIndex) continue;
                Take(ns, family, i);
                Emit(EventOrigin.Dumped(ns, at, false), type, new(NetlinkAction.Delete, dependent, dependent, 0), output);
            }
        }
    }
}
