using Wirehook.Netlink.Codec;
using Wirehook.Netlink.Families;

namespace Wirehook.Netlink.State;

/// <summary>What is known of one family's objects in one namespace, and by which dumps.</summary>
internal sealed class FamilyState(NetlinkFamily family)
{
    private readonly uint _all = family.IsCached ? (1u << family.Dumps.Count) - 1 : 0;
    private uint _loaded;
    private uint _wanted;

    public NetlinkFamily Family { get; } = family;

    public ObjectTable Objects { get; } = new();

    /// <summary>Whether every dump was complete once.</summary>
    public bool IsLoaded => _loaded == _all;

    /// <summary>Whether a dump is still wanted since messages were lost.</summary>
    public bool NeedsResync => _wanted != 0;

    /// <summary>Messages were lost: every dump that was made is wanted again.</summary>
    public void WantResync() => _wanted = _loaded;

    /// <summary>Whether dump number <paramref name="index"/> has not been complete yet. A dump with another scope counts as later than the first.</summary>
    public bool IsFirst(int index) => index < 0 ? _loaded == 0 : (_loaded & 1u << index) == 0;

    /// <summary>Notes how a dump ended: a refused one is not waited for any more.</summary>
    public void Conclude(int index, bool complete)
    {
        if (index < 0) return;
        _wanted &= ~(1u << index);
        if (complete) _loaded |= 1u << index;
    }

    /// <summary>Which of the family's dumps a request is: the same type and body; -1 for none of them.</summary>
    public int IndexOf(in NetlinkMessage request)
    {
        var dumps = Family.Dumps;
        for (var i = 0; i < dumps.Count; i++)
        {
            ReadOnlySpan<byte> rest = dumps[i];
            if (NetlinkMessage.TryRead(ref rest, out var known) && known.Type == request.Type && known.Body.SequenceEqual(request.Body)) return i;
        }

        return -1;
    }
}
