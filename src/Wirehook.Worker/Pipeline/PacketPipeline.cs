using Wirehook.Dissection.Contract;
using Wirehook.Dissection.Engine;
using Wirehook.Dissection.Items;
using Wirehook.Netlink.Events;
using Wirehook.Packets;
using Wirehook.Packets.Decoding;
using Wirehook.Packets.Flows;
using Wirehook.Scripting;

namespace Wirehook.Worker.Pipeline;

/// <summary>The capture thread's side: each packet is decoded, followed and dissected at once, and leaves towards the scripts in batches.</summary>
public sealed class PacketPipeline : IItemSink
{
    // Items go over while their bytes are still in a cache that both threads reach quickly.
    private const long BatchBytes = 128 << 10;
    private readonly ScriptLane _lane;
    private readonly PacketDecoder _decoder;
    private readonly FlowTable _flows;
    private readonly bool _itemsWanted;
    private readonly long _limit;
    private readonly LossCounter _droppedItems;
    private EventBatch _batch;
    private Timestamp _now;
    private long _batchBytes;
    private bool _submitPackets;
    private bool _dissect;
    private bool _undissected;

    /// <summary>An empty pipeline.</summary>
    /// <param name="lane">Where events go.</param>
    /// <param name="dissection">Names and limits of items.</param>
    /// <param name="flows">Limits of flows.</param>
    /// <param name="losses">Where losses are counted.</param>
    /// <param name="itemsWanted">Whether items are made though no script asks for them, for output or counts.</param>
    /// <param name="limit">Items that are passed on; 0 for all.</param>
    public PacketPipeline(ScriptLane lane, DissectionOptions dissection, FlowOptions flows, LossLedger losses, bool itemsWanted, long limit)
    {
        (_lane, _itemsWanted, _limit) = (lane, itemsWanted || limit > 0, limit);
        _decoder = new PacketDecoder(losses);
        Engine = new DissectionEngine(dissection, losses, this);
        _flows = new FlowTable(flows, Engine, losses);
        _droppedItems = losses.Define("scripts", "queue-full", "items", "Items that neither scripts nor --items got because the script queue was full; each script's missed count has them too.");
        _batch = lane.Rent();
    }

    /// <summary>The dissectors' counts.</summary>
    public DissectionEngine Engine { get; }

    /// <summary>Flows and reassembly in numbers.</summary>
    public FlowTableStatistics Flows => _flows.Statistics;

    /// <summary>Packets taken.</summary>
    public long Packets { get; private set; }

    /// <summary>Their bytes on the wire.</summary>
    public long Bytes { get; private set; }

    /// <summary>Items passed on.</summary>
    public long Items { get; private set; }

    /// <summary>Whether as many items were passed on as were asked for.</summary>
    public bool LimitReached => _limit > 0 && Items >= _limit;

    /// <summary>Whether a script has a hook for network events.</summary>
    public bool WantsNetworkEvents { get; private set; }

    /// <summary>Whether every packet so far was dissected.</summary>
    public bool Dissected => _dissect && !_undissected;

    /// <summary>Asks the loaded scripts what they want. Called once, before the first packet.</summary>
    public void Open() => AskScripts();

    /// <summary>Takes the next packet of the capture.</summary>
    /// <param name="header">Its description.</param>
    /// <param name="frame">Its captured bytes; not kept.</param>
    public void OnPacket(in PacketHeader header, ReadOnlySpan<byte> frame)
    {
        Packets++;
        Bytes += header.Length;
        _now = header.Timestamp;
        if (_submitPackets)
        {
            _batch.AddPacket(header);
            if (_batch.IsFull) Flush();
        }

        // Netlink frames carry no streams: they are the business of NetlinkFrames.
        if (!_dissect || header.Link == LinkType.Netlink) return;
        var packet = default(DecodedPacket);
        if (_decoder.Decode(header, frame, ref packet) == DecodeStatus.Transport) _flows.OnPacket(packet, header.Timestamp);
    }

    /// <inheritdoc/>
    public void OnItem(Item item)
    {
        if (LimitReached) return;
        Items++;
        _batch.AddItem(item, _now);
        _batchBytes += item.KeptBytes;
        if (_batch.IsFull || _batchBytes > BatchBytes) Flush();
    }

    /// <summary>Takes a network event that came after the packets so far.</summary>
    public void OnNetworkEvent(NetworkEvent networkEvent)
    {
        _batch.AddNetworkEvent(networkEvent);
        if (_batch.IsFull) Flush();
    }

    /// <summary>Hands what has gathered to the scripts, however little: live capture does so at every pause.</summary>
    public void Flush()
    {
        _batch.Reach(_now);
        var items = _batch.ItemCount;
        if (!_lane.Submit(_batch)) _droppedItems.Add(items);
        _batch = _lane.Rent();
        _batchBytes = 0;
        AskScripts();
    }

    /// <summary>Lets time pass while no packet comes: holes and idle flows are given up, and events do not wait for a full batch.</summary>
    /// <param name="now">The present.</param>
    public void Idle(Timestamp now)
    {
        _now = now;
        if (_dissect)
        {
            _flows.AdvanceTo(now);
            Engine.AdvanceTo(now);
        }

        if (!_batch.IsEmpty) Flush();
    }

    /// <summary>The capture is over: what waited is delivered.</summary>
    public void Finish()
    {
        _decoder.Complete();
        if (_dissect && !LimitReached)
        {
            _flows.Finish();
            Engine.Finish();
        }

        Flush();
    }

    // A reloaded script may want what none wanted before; asked once per batch because the answer crosses threads.
    private void AskScripts()
    {
        _undissected |= Packets > 0 && !_dissect;
        _submitPackets = _lane.WantsPackets;
        WantsNetworkEvents = _lane.WantsNetworkEvents;
        _dissect = _itemsWanted || _lane.WantsItems;
    }
}
