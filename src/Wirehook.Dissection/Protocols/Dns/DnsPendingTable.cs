using Wirehook.Dissection.Contract;
using Wirehook.Packets;
using Wirehook.Packets.Flows;

namespace Wirehook.Dissection.Protocols.Dns;

/// <summary>
/// Every query of a capture that waits for its response. Queries are found by asker and id in order of arrival, leave by age in packet time,
/// and are bounded in number and bytes. Short messages are copied into slots that are used again, so that a query that gets its response
/// allocates nothing here.
/// </summary>
internal sealed class DnsPendingTable : IExpiring
{
    /// <summary>Nanoseconds of packet time that a query waits.</summary>
    public const long Timeout = 10_000_000_000;

    private const int None = -1;
    private const int SlotLength = 128;
    private const int MaxProbes = 64;
    private readonly int _capacity;
    private readonly long _longMessageLimit;
    private Entry[] _entries = new Entry[64];
    private byte[] _slots = new byte[64 * SlotLength];
    private Bucket[] _buckets = NewBuckets(64);
    private int _free = None;
    private int _used;
    private int _oldest = None;
    private int _newest = None;
    private long _longMessageBytes;

    /// <summary>A table for 65,536 queries, and 8 MiB of those that are longer than a slot.</summary>
    public DnsPendingTable()
        : this(1 << 16, 8 << 20)
    {
    }

    /// <summary>A table with other bounds.</summary>
    /// <param name="capacity">Queries that may wait; a power of two, 64 or more.</param>
    /// <param name="longMessageLimit">Bytes that the messages longer than a slot may have together.</param>
    public DnsPendingTable(int capacity, long longMessageLimit)
    {
        (_capacity, _longMessageLimit) = (capacity, longMessageLimit);
    }

    /// <summary>Queries that wait.</summary>
    public int Count { get; private set; }

    /// <summary>Keeps a copy of a query; the oldest query leaves unanswered, and is counted, where there is no room.</summary>
    public void Add(DnsConversation owner, ushort id, ReadOnlySpan<byte> message, int questionsEnd, int wireLength, Direction direction, Timestamp timestamp)
    {
        while (Count == _capacity || (message.Length > SlotLength && _longMessageBytes + message.Length > _longMessageLimit && Count > 0)) Evict();
        var at = TakeSlot();
        ref var entry = ref _entries[at];
        entry = new Entry
        {
            Owner = owner,
            Timestamp = timestamp,
            Length = message.Length,
            WireLength = wireLength,
            QuestionsEnd = questionsEnd,
            Id = id,
            Direction = direction,
            Hash = HashOf(owner.Flow.SenderOf(direction), id),
        };
        if (message.Length <= SlotLength)
        {
            message.CopyTo(_slots.AsSpan(at * SlotLength));
        }
        else
        {
            entry.LongMessage = message.ToArray();
            _longMessageBytes += message.Length;
        }

        Append(at);
        Count++;
    }

    /// <summary>Takes the oldest query that a response answers.</summary>
    /// <param name="responder">The conversation that carries the response: the query's own, or another one where the query was multicast.</param>
    /// <param name="asker">Who gets the response.</param>
    /// <param name="id">The response's id.</param>
    /// <param name="questions">The response's question section; where empty, any question matches.</param>
    /// <param name="query">The query.</param>
    public bool TryTake(DnsConversation responder, Endpoint asker, ushort id, ReadOnlySpan<byte> questions, out DnsPendingQuery query)
    {
        var (previous, probes) = (None, 0);
        for (var at = BucketOf(HashOf(asker, id)).First; at != None && probes < MaxProbes; (previous, at) = (at, _entries[at].NextInBucket))
        {
            probes++;
            ref var entry = ref _entries[at];
            if (entry.Id != id || !entry.Owner.IsAnsweredBy(responder, asker, entry.Direction)) continue;
            if (!QuestionsMatch(MessageOf(at)[DnsHeader.Length..entry.QuestionsEnd], questions)) continue;
            query = Remove(at, previous);
            return true;
        }

        query = default;
        return false;
    }

    /// <summary>Emits every query that has waited too long.</summary>
    public void AdvanceTo(Timestamp now)
    {
        while (TryTakeExpired(now, out var expired)) expired.Owner.EmitExpired(expired);
    }

    /// <summary>Takes one query that has waited too long.</summary>
    public bool TryTakeExpired(Timestamp now, out DnsPendingQuery query)
    {
        if (_oldest == None || now.Since(_entries[_oldest].Timestamp) < Timeout)
        {
            query = default;
            return false;
        }

        query = RemoveOldest();
        return true;
    }

    /// <summary>Takes the oldest query of one conversation.</summary>
    public bool TryTakeOf(DnsConversation owner, out DnsPendingQuery query)
    {
        if (owner.OldestPending == None)
        {
            query = default;
            return false;
        }

        query = RemoveFound(owner.OldestPending);
        return true;
    }

    private static int HashOf(Endpoint asker, ushort id)
    {
        var mixed = (asker.Address.Low ^ asker.Address.High ^ ((ulong)asker.Port << 40) ^ ((ulong)id << 16)) * 0x9E37_79B9_7F4A_7C15;
        return (int)(mixed >> 32);
    }

    /// <summary>Servers echo the question section, some of them in another letter case.</summary>
    private static bool QuestionsMatch(ReadOnlySpan<byte> asked, ReadOnlySpan<byte> answered)
    {
        if (answered.IsEmpty || asked.SequenceEqual(answered)) return true;
        if (asked.Length != answered.Length) return false;
        for (var i = 0; i < asked.Length; i++)
        {
            if (Fold(asked[i]) != Fold(answered[i])) return false;
        }

        return true;
    }

    private static int Fold(byte value) => value is >= (byte)'A' and <= (byte)'Z' ? value | 0x20 : value;

    private static Bucket[] NewBuckets(int count)
    {
        var buckets = new Bucket[count];
        Array.Fill(buckets, new Bucket { First = None, Last = None });
        return buckets;
    }

    private ref Bucket BucketOf(int hash) => ref _buckets[hash & (_buckets.Length - 1)];

    private ReadOnlySpan<byte> MessageOf(int at)
    {
        ref var entry = ref _entries[at];
        return entry.LongMessage is null ? _slots.AsSpan(at * SlotLength, entry.Length) : entry.LongMessage;
    }

    private void Evict()
    {
        var evicted = RemoveOldest();
        evicted.Owner.EmitEvicted(evicted);
    }

    private int TakeSlot()
    {
        if (_free != None)
        {
            var at = _free;
            _free = _entries[at].NextInBucket;
            return at;
        }

        if (_used == _entries.Length) Grow();
        return _used++;
    }

    private void Grow()
    {
        Array.Resize(ref _entries, _entries.Length * 2);
        Array.Resize(ref _slots, _slots.Length * 2);
        _buckets = NewBuckets(_entries.Length);
        for (var at = _oldest; at != None; at = _entries[at].Newer) AppendToBucket(at);
    }

    private void Append(int at)
    {
        ref var entry = ref _entries[at];
        AppendToBucket(at);
        (entry.Older, entry.Newer) = (_newest, None);
        if (_newest == None) _oldest = at;
        else _entries[_newest].Newer = at;
        _newest = at;
        var owner = entry.Owner;
        (entry.OwnersOlder, entry.OwnersNewer) = (owner.NewestPending, None);
        if (owner.NewestPending == None) owner.OldestPending = at;
        else _entries[owner.NewestPending].OwnersNewer = at;
        owner.NewestPending = at;
    }

    private void AppendToBucket(int at)
    {
        ref var entry = ref _entries[at];
        ref var bucket = ref BucketOf(entry.Hash);
        entry.NextInBucket = None;
        if (bucket.First == None) bucket.First = at;
        else _entries[bucket.Last].NextInBucket = at;
        bucket.Last = at;
    }

    private DnsPendingQuery RemoveOldest() => RemoveFound(_oldest);

    private DnsPendingQuery RemoveFound(int at)
    {
        var previous = None;
        for (var other = BucketOf(_entries[at].Hash).First; other != at; other = _entries[other].NextInBucket) previous = other;
        return Remove(at, previous);
    }

    private DnsPendingQuery Remove(int at, int previousInBucket)
    {
        ref var entry = ref _entries[at];
        var query = new DnsPendingQuery
        {
            Owner = entry.Owner,
            Message = MessageOf(at),
            QuestionsEnd = entry.QuestionsEnd,
            WireLength = entry.WireLength,
            Direction = entry.Direction,
            Timestamp = entry.Timestamp,
        };
        Unlink(at, previousInBucket);
        if (entry.LongMessage is not null) _longMessageBytes -= entry.Length;
        (entry.Owner, entry.LongMessage, entry.NextInBucket) = (null!, null, _free);
        _free = at;
        Count--;
        return query;
    }

    private void Unlink(int at, int previousInBucket)
    {
        ref var entry = ref _entries[at];
        ref var bucket = ref BucketOf(entry.Hash);
        if (previousInBucket == None) bucket.First = entry.NextInBucket;
        else _entries[previousInBucket].NextInBucket = entry.NextInBucket;
        if (bucket.Last == at) bucket.Last = previousInBucket;

        if (entry.Older == None) _oldest = entry.Newer;
        else _entries[entry.Older].Newer = entry.Newer;
        if (entry.Newer == None) _newest = entry.Older;
        else _entries[entry.Newer].Older = entry.Older;

        var owner = entry.Owner;
        if (entry.OwnersOlder == None) owner.OldestPending = entry.OwnersNewer;
        else _entries[entry.OwnersOlder].OwnersNewer = entry.OwnersNewer;
        if (entry.OwnersNewer == None) owner.NewestPending = entry.OwnersOlder;
        else _entries[entry.OwnersNewer].OwnersOlder = entry.OwnersOlder;
    }

    private struct Bucket
    {
        public int First;
        public int Last;
    }

    private struct Entry
    {
        public DnsConversation Owner;
        public byte[]? LongMessage;
        public Timestamp Timestamp;
        public int Length;
        public int WireLength;
        public int QuestionsEnd;
        public int Hash;
        public int NextInBucket;
        public int Older;
        public int Newer;
        public int OwnersOlder;
        public int OwnersNewer;
        public ushort Id;
        public Direction Direction;
    }
}
