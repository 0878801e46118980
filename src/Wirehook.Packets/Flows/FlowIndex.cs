using System.Runtime.CompilerServices;

namespace Wirehook.Packets.Flows;

/// <summary>Finds the entry of a packet: an open-addressing hash table with linear probing, one entry for both directions of a flow.</summary>
internal sealed class FlowIndex
{
    private const int SmallestCapacity = 1024;
    private readonly ulong _seed;
    private Slot[] _slots = new Slot[SmallestCapacity];

    /// <summary>An empty index whose hash is keyed by <paramref name="seed"/>.</summary>
    public FlowIndex(ulong seed) => _seed = seed;

    /// <summary>Entries held.</summary>
    public int Count { get; private set; }

    /// <summary>The hash of a packet's key, the same for both directions.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public uint HashOf(in DecodedPacket packet)
    {
        var sum = Mix(packet.Source, packet.SourcePort) + Mix(packet.Destination, packet.DestinationPort) + (ulong)packet.Transport;
        sum *= 0xD6E8_FEB8_6659_FD93;
        return (uint)(sum >> 32);
    }

    /// <summary>The entry of <paramref name="packet"/>, or null.</summary>
    public FlowEntry? Find(in DecodedPacket packet, uint hash, out Direction direction)
    {
        var slots = _slots;
        var mask = (uint)slots.Length - 1;
        for (var i = hash & mask; ; i = (i + 1) & mask)
        {
            ref var slot = ref slots[i];
            if (slot.Entry is null) break;
            if (slot.Hash == hash && slot.Entry.Matches(packet, out direction)) return slot.Entry;
        }

        direction = Direction.Forward;
        return null;
    }

    /// <summary>Adds an entry whose key is not held yet; its <see cref="FlowEntry.Hash"/> is set.</summary>
    public void Add(FlowEntry entry)
    {
        if (++Count > _slots.Length / 2) Grow();
        Place(entry);
    }

    /// <summary>Takes an entry out and closes the hole it leaves, so that probing never meets a tombstone.</summary>
    public void Remove(FlowEntry entry)
    {
        var slots = _slots;
        var mask = (uint)slots.Length - 1;
        var hole = entry.Hash & mask;
        while (slots[hole].Entry != entry) hole = (hole + 1) & mask;
        for (var i = (hole + 1) & mask; slots[i].Entry is not null; i = (i + 1) & mask)
        {
            var home = slots[i].Hash & mask;
            if (((i - home) & mask) < ((i - hole) & mask)) continue;
            slots[hole] = slots[i];
            hole = i;
        }

        slots[hole] = default;
        Count--;
    }

    /// <summary>Every entry, in no particular order.</summary>
    public FlowEntry[] ToArray()
    {
        var entries = new FlowEntry[Count];
        var n = 0;
        foreach (ref var slot in _slots.AsSpan())
        {
            if (slot.Entry is not null) entries[n++] = slot.Entry;
        }

        return entries;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ulong Mix(IpAddress address, ushort port)
    {
        var high = Math.BigMul(address.Low ^ _seed, (address.High + port) ^ 0xA076_1D64_78BD_642F, out var low);
        return high ^ low;
    }

    private void Grow()
    {
        var old = _slots;
        _slots = new Slot[old.Length * 2];
        foreach (ref var slot in old.AsSpan())
        {
            if (slot.Entry is not null) Place(slot.Entry);
        }
    }

    private void Place(FlowEntry entry)
    {
        var mask = (uint)_slots.Length - 1;
        var i = entry.Hash & mask;
        while (_slots[i].Entry is not null) i = (i + 1) & mask;
        _slots[i] = new Slot { Hash = entry.Hash, Entry = entry };
    }

    private struct Slot
    {
        public uint Hash;
        public FlowEntry? Entry;
    }
}
