using Wirehook.Netlink.Families;

namespace Wirehook.Netlink.State;

/// <summary>What is known of one network namespace. Used by the engine's thread only.</summary>
public sealed class NamespaceState : IInterfaceNames
{
    private const int MostFormerNames = 16_384;
    private readonly FamilyState[] _families = [.. NetlinkFamily.All.Select(f => new FamilyState(f))];
    private readonly Dictionary<int, ProtocolState> _protocols = [];
    private readonly Dictionary<int, string> _names = [];
    private readonly Dictionary<int, string> _formerNames = [];
    private readonly Queue<int> _formerOrder = new();

    internal NamespaceState(string name, int id)
    {
        (Name, Id) = (name, id);
    }

    /// <summary><c>default</c>, a name under /run/netns, <c>pid-N</c> or <c>nsid-N</c>. May be set when a better one is learnt.</summary>
    public string Name { get; set; }

    /// <summary>The id as seen from Wirehook's own namespace; -1 for none. May be set when it is learnt.</summary>
    public int Id { get; set; }

    /// <summary>Whether it came to be while others were followed already, so that everything in it is news.</summary>
    public bool IsNew { get; internal init; }

    /// <summary>Objects known, all families together.</summary>
    public int Count { get; internal set; }

    /// <summary>Dumps that were begun.</summary>
    internal int DumpNumber { get; set; }

    internal RouteAudit Audit { get; } = new();

    /// <summary>Audits that are wanted and were not asked for yet: at most two per family.</summary>
    internal Queue<byte[]> PendingAudits { get; } = [];

    internal ReadOnlySpan<FamilyState> Families => _families;

    /// <inheritdoc/>
    public string? NameOf(int interfaceIndex) =>
        _names.TryGetValue(interfaceIndex, out var name) || (_formerNames.Count > 0 && _formerNames.TryGetValue(interfaceIndex, out name)) ? name : null;

    /// <summary>How the latest dump over <paramref name="protocol"/> ended.</summary>
    public DumpOutcome LastDump(int protocol) => _protocols.TryGetValue(protocol, out var state) ? state.Outcome : DumpOutcome.None;

    /// <summary>The error number (positive) of the latest dump that failed; 0 for none.</summary>
    public int LastDumpError(int protocol) => _protocols.TryGetValue(protocol, out var state) ? state.Error : 0;

    /// <summary>Whether messages were lost and not all has been dumped again since.</summary>
    public bool NeedsResync(int protocol)
    {
        foreach (var family in _families)
        {
            if (family.Family.Protocol == protocol && family.NeedsResync) return true;
        }

        return false;
    }

    /// <summary>The objects of a family that are known now. For looking at between calls of the engine.</summary>
    public IEnumerable<NetlinkObject> Objects(NetlinkFamily family)
    {
        var objects = Of(family).Objects;
        for (var i = 0; i < objects.Capacity; i++)
        {
            if (objects.At(i).Subject is { } subject) yield return subject;
        }
    }

    internal FamilyState Of(NetlinkFamily family) => Array.Find(_families, f => f.Family == family)!;

    internal ProtocolState Of(int protocol)
    {
        if (!_protocols.TryGetValue(protocol, out var state)) _protocols.Add(protocol, state = new());
        return state;
    }

    /// <summary>Learns an interface's name.</summary>
    internal void SetName(int interfaceIndex, string name)
    {
        if (_names.TryGetValue(interfaceIndex, out var known) && ReferenceEquals(known, name)) return;
        _names[interfaceIndex] = name;
    }

    /// <summary>An interface is gone; its name is kept a while for what is told about it later.</summary>
    internal void RetireName(int interfaceIndex)
    {
        if (!_names.Remove(interfaceIndex, out var name)) return;
        if (_formerNames.TryAdd(interfaceIndex, name)) _formerOrder.Enqueue(interfaceIndex);
        else _formerNames[interfaceIndex] = name;
        if (_formerOrder.Count > MostFormerNames) _formerNames.Remove(_formerOrder.Dequeue());
    }
}

/// <summary>The state of one protocol's dumps in one namespace.</summary>
internal sealed class ProtocolState
{
    public DumpSession? Open { get; set; }

    public DumpOutcome Outcome { get; set; }

    public int Error { get; set; }

    /// <summary>Messages were lost and no dump was asked for since.</summary>
    public bool WantsResync { get; set; }

    /// <summary>Dumps that bring the state up to date again have begun.</summary>
    public bool InResync { get; set; }

    /// <summary>Differences found in the current resync.</summary>
    public long Differences { get; set; }
}
