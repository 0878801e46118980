using Wirehook.Netlink.Families;

namespace Wirehook.Netlink.State;

/// <summary>The objects of one family by identity: a hash table whose entries carry what dumps need to know about them.</summary>
internal sealed class ObjectTable
{
    private const int None = -1;
    private int[] _buckets = NewBuckets(64);
    private Entry[] _entries = new Entry[64];
    private int _free = None;
    private int _used;
    private long _order;

    /// <summary>One object. A reference to an entry is good until the next call of <see cref="Add"/>.</summary>
    internal struct Entry
    {
        public NetlinkObject? Subject;
        public int Hash;
        public int Next;

        /// <summary>The number of the last dump that showed it, or that was open when it was announced.</summary>
        public int Dump;

        /// <summary>Whether it was announced while that dump was open: newer than what the dump says.</summary>
        public bool IsAnnounced;

        /// <summary>Whether it was put in another's place that a dump under way had just shown, though the announcement may have been older than the dump.</summary>
        public bool IsDoubtful;

        /// <summary>Orders objects of one key: the kernel replaces the first.</summary>
        public long Order;
    }

    /// <summary>Objects held.</summary>
    public int Count { get; private set; }

    /// <summary>Entries to walk over by <see cref="At"/>; some are empty.</summary>
    public int Capacity => _used;

    /// <summary>The entry at a place; its <see cref="Entry.Subject"/> is null where it is empty.</summary>
    public ref Entry At(int index) => ref _entries[index];

    /// <summary>The place of the same object; -1 where there is none.</summary>
    public int Find(NetlinkObject subject)
    {
        var hash = subject.IdentityHash;
        for (var i = _buckets[hash & (_buckets.Length - 1)]; i != None; i = _entries[i].Next)
        {
            ref var entry = ref _entries[i];
            if (entry.Hash == hash && entry.Subject!.IsSameObject(subject)) return i;
        }

        return None;
    }

    /// <summary>The place of the first object of the same hash that <paramref name="subject"/> replaces; -1 where there is none.</summary>
    /// <param name="family">Tells what replaces what.</param>
    /// <param name="subject">What came instead.</param>
    /// <param name="dump">Objects that this dump showed, or that were announced meanwhile, are not meant; 0 for none.</param>
    public int FindReplaced(NetlinkFamily family, NetlinkObject subject, int dump = 0)
    {
        var hash = subject.IdentityHash;
        var found = None;
        for (var i = _buckets[hash & (_buckets.Length - 1)]; i != None; i = _entries[i].Next)
        {
            ref var entry = ref _entries[i];
            if (entry.Hash != hash || (dump != 0 && entry.Dump == dump) || (found != None && entry.Order >= _entries[found].Order)) continue;
            if (family.Replaces(subject, entry.Subject!, dump == 0)) found = i;
        }

        return found;
    }

    /// <summary>Adds an object that is not there yet, before or behind those of its key.</summary>
    public ref Entry Add(NetlinkObject subject, bool first = false)
    {
        var index = _free;
        if (index != None)
        {
            _free = _entries[index].Next;
        }
        else
        {
            if (_used == _entries.Length) Grow();
            index = _used++;
        }

        var hash = subject.IdentityHash;
        ref var bucket = ref _buckets[hash & (_buckets.Length - 1)];
        ref var entry = ref _entries[index];
        entry = new() { Subject = subject, Hash = hash, Next = bucket };
        bucket = index;
        Count++;
        if (first) PutFirst(ref entry);
        else PutLast(ref entry);
        return ref entry;
    }

    /// <summary>Orders an object behind all others.</summary>
    public void PutLast(ref Entry entry) => entry.Order = ++_order;

    /// <summary>Takes an object out.</summary>
    public void RemoveAt(int index)
    {
        ref var entry = ref _entries[index];
        ref var link = ref _buckets[entry.Hash & (_buckets.Length - 1)];
        while (link != index) link = ref _entries[link].Next;
        link = entry.Next;
        entry = new() { Next = _free };
        _free = index;
        Count--;
    }

    private void PutFirst(ref Entry entry) => entry.Order = -++_order;

    private void Grow()
    {
        Array.Resize(ref _entries, _entries.Length * 2);
        _buckets = NewBuckets(_entries.Length);
        for (var i = 0; i < _used; i++)
        {
            ref var entry = ref _entries[i];
            if (entry.Subject is null) continue;
            ref var bucket = ref _buckets[entry.Hash & (_buckets.Length - 1)];
            entry.Next = bucket;
            bucket = i;
        }
    }

    private static int[] NewBuckets(int count)
    {
        var buckets = new int[count];
        Array.Fill(buckets, None);
        return buckets;
    }
}
