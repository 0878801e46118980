using Wirehook.Netlink.Codec;
using Wirehook.Netlink.Families;

namespace Wirehook.Netlink.State;

/// <summary>How the latest dump ended.</summary>
public enum DumpOutcome
{
    /// <summary>None was asked for.</summary>
    None,

    /// <summary>The answer is not complete yet.</summary>
    Running,

    /// <summary>Complete: the state is the kernel's.</summary>
    Complete,

    /// <summary>The kernel's state changed meanwhile (NLM_F_DUMP_INTR) or messages were lost: ask again. Nothing was taken for removed.</summary>
    Interrupted,

    /// <summary>The kernel refused or failed: see <see cref="NamespaceState.LastDumpError"/>. Nothing was taken for removed.</summary>
    Failed,
}

/// <summary>One dump under way.</summary>
internal sealed class DumpSession(NetlinkFamily family, FamilyState state, byte[] request, uint sequence, int number)
{
    private const int MostRemembered = 100_000;
    private readonly HashSet<NetlinkObject> _deleted = new(SameObject.Comparer);
    private readonly HashSet<NetlinkObject> _replaced = new(SameObject.Comparer);

    public NetlinkFamily Family { get; } = family;

    public FamilyState State { get; } = state;

    /// <summary>The request as it was sent.</summary>
    public byte[] Request { get; } = request;

    /// <summary>The sequence number of request and answer.</summary>
    public uint Sequence { get; } = sequence;

    /// <summary>Number of the dump in its namespace, from 1.</summary>
    public int Number { get; } = number;

    /// <summary>Which of the family's dumps it is; -1 for one with another scope, such as an audit.</summary>
    public int Index { get; init; }

    /// <summary>Whether it is the first of its kind, so that what it shows is no difference.</summary>
    public bool IsInitial { get; init; }

    /// <summary>Whether it cannot be relied upon for what is gone.</summary>
    public bool IsInterrupted { get; set; }

    /// <summary>Remembers that an object was announced as removed since the request: its appearance in the answer is older.</summary>
    public void NoteDeleted(NetlinkObject deleted)
    {
        if (_deleted.Count < MostRemembered) _deleted.Add(deleted);
        else IsInterrupted = true;
    }

    /// <summary>Remembers that an announced replacement took the place of an object: which one of several of a key that is can only be guessed while messages may be missing.</summary>
    public void NoteReplaced(NetlinkObject replaced)
    {
        if (_replaced.Count < MostRemembered) _replaced.Add(replaced);
        else IsInterrupted = true;
    }

    /// <summary>An object was announced as there again.</summary>
    public void NoteAdded(NetlinkObject added)
    {
        if (_deleted.Count > 0) _deleted.Remove(added);
        if (_replaced.Count > 0) _replaced.Remove(added);
    }

    /// <summary>Whether the object was announced as removed since the request.</summary>
    public bool WasDeleted(NetlinkObject subject) => _deleted.Count > 0 && _deleted.Contains(subject);

    /// <summary>Whether the object was taken for replaced since the request.</summary>
    public bool WasReplaced(NetlinkObject subject) => _replaced.Count > 0 && _replaced.Contains(subject);

    /// <summary>Whether the object lies in what was asked for.</summary>
    public bool Covers(NetlinkObject subject)
    {
        ReadOnlySpan<byte> rest = Request;
        return NetlinkMessage.TryRead(ref rest, out var request) && Family.IsInScope(request, subject);
    }
}

/// <summary>Compares objects by identity, whatever their state.</summary>
internal sealed class SameObject : IEqualityComparer<NetlinkObject>
{
    public static readonly SameObject Comparer = new();

    public bool Equals(NetlinkObject? x, NetlinkObject? y) => x is not null && y is not null && x.Family == y.Family && x.IsSameObject(y);

    public int GetHashCode(NetlinkObject obj) => obj.IdentityHash;
}
