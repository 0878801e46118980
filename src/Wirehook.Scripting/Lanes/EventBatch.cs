using Wirehook.Dissection.Items;
using Wirehook.Netlink.Events;
using Wirehook.Packets;

namespace Wirehook.Scripting;

/// <summary>Packets, items and network events in capture order, on their way to the scripts. Filled by one thread, then handed over whole; reused afterwards.</summary>
public sealed class EventBatch
{
    /// <summary>Packets that one batch holds.</summary>
    public const int PacketCapacity = 4096;

    /// <summary>Items that one batch holds.</summary>
    public const int ItemCapacity = 512;

    /// <summary>Network events that one batch holds.</summary>
    public const int NetworkEventCapacity = 512;

    private readonly PacketHeader[] _packets = new PacketHeader[PacketCapacity];
    private readonly ItemEvent[] _items = new ItemEvent[ItemCapacity];
    private readonly NetworkEventEntry[] _networkEvents = new NetworkEventEntry[NetworkEventCapacity];

    /// <summary>Packets in the batch.</summary>
    public int PacketCount { get; private set; }

    /// <summary>Items in the batch.</summary>
    public int ItemCount { get; private set; }

    /// <summary>Network events in the batch.</summary>
    public int NetworkEventCount { get; private set; }

    /// <summary>Whether another packet, item or network event may not fit: submit the batch.</summary>
    public bool IsFull => PacketCount == PacketCapacity || ItemCount == ItemCapacity || NetworkEventCount == NetworkEventCapacity;

    /// <summary>Whether it holds no event and no time.</summary>
    public bool IsEmpty => PacketCount == 0 && ItemCount == 0 && NetworkEventCount == 0 && ReachedTime is null;

    /// <summary>The capture time that was reached at the end of the batch, where one was given.</summary>
    public Timestamp? ReachedTime { get; private set; }

    /// <summary>The packets, in capture order.</summary>
    public ReadOnlySpan<PacketHeader> Packets => _packets.AsSpan(0, PacketCount);

    /// <summary>The items, in capture order.</summary>
    public ReadOnlySpan<ItemEvent> Items => _items.AsSpan(0, ItemCount);

    /// <summary>The network events, in their order.</summary>
    public ReadOnlySpan<NetworkEventEntry> NetworkEvents => _networkEvents.AsSpan(0, NetworkEventCount);

    /// <summary>The place after everything that was added so far.</summary>
    internal BatchPosition End => new(PacketCount, ItemCount);

    /// <summary>Events that were dropped before this batch because the queue was full.</summary>
    internal DroppedEvents Dropped { get; set; }

    /// <summary>Adds a packet. The batch must not be full.</summary>
    public void AddPacket(in PacketHeader packet) => _packets[PacketCount++] = packet;

    /// <summary>Adds an item that was complete after the packets added so far. The batch must not be full.</summary>
    /// <param name="item">The item; nothing else may change it from now on.</param>
    /// <param name="time">Capture time of the packet that completed it: jobs that are due by then run first.</param>
    public void AddItem(Item item, Timestamp time) => _items[ItemCount++] = new ItemEvent(item, PacketCount, time);

    /// <summary>Adds a network event that came after everything added so far. The batch must not be full.</summary>
    /// <param name="networkEvent">The event; jobs that are due by its time run first.</param>
    public void AddNetworkEvent(NetworkEvent networkEvent) => _networkEvents[NetworkEventCount++] = new NetworkEventEntry(networkEvent, End);

    /// <summary>Says that capture has come to <paramref name="time"/>, so that jobs due by then run though the batch may hold no packets.</summary>
    public void Reach(Timestamp time) => ReachedTime = time;

    /// <summary>Empties the batch and lets its items and network events go.</summary>
    public void Clear()
    {
        _items.AsSpan(0, ItemCount).Clear();
        _networkEvents.AsSpan(0, NetworkEventCount).Clear();
        (PacketCount, ItemCount, NetworkEventCount, ReachedTime, Dropped) = (0, 0, 0, null, default);
    }
}

/// <summary>One item of a batch.</summary>
/// <param name="Item">The item.</param>
/// <param name="PacketsBefore">How many of the batch's packets come before it.</param>
/// <param name="Time">Capture time of the packet that completed it.</param>
public readonly record struct ItemEvent(Item Item, int PacketsBefore, Timestamp Time);

/// <summary>One network event of a batch.</summary>
/// <param name="Event">The event.</param>
/// <param name="Place">What comes before it.</param>
public readonly record struct NetworkEventEntry(NetworkEvent Event, BatchPosition Place);

/// <summary>A place in a batch.</summary>
/// <param name="Packets">How many of the batch's packets come before it.</param>
/// <param name="Items">How many of its items do.</param>
public readonly record struct BatchPosition(int Packets, int Items);
