using Wirehook.Dissection.Contract;
using Wirehook.Dissection.Engine;
using Wirehook.Dissection.Items;
using Wirehook.Packets;
using Wirehook.Packets.Flows;

namespace Wirehook.Dissection.Tests.Harness;

/// <summary>Makes recorded calls to a new engine and keeps the items.</summary>
internal sealed class CaptureRun : IItemSink
{
    private readonly IReadOnlyList<Flow> _flows;
    private readonly Dictionary<int, IFlowHandler?> _handlers = [];

    /// <summary>A run over the flows of <paramref name="recording"/>, with the secrets beside it.</summary>
    /// <param name="recording">The recording.</param>
    /// <param name="handshake">Whether their beginnings count as seen; null for as recorded.</param>
    /// <param name="port">Added to every port, to make known ones unknown.</param>
    public CaptureRun(CaptureRecording recording, bool? handshake = null, int port = 0)
    {
        _flows = [.. recording.Flows.Select(f => Copy(f, handshake, port))];
        // The names that `wirehook replay` uses unless configured, so that expected items are what it prints.
        Engine = new DissectionEngine(new DissectionOptions { Node = new Node("127.0.0.1", ""), Keys = recording.Keys }, Ledger, this);
    }

    public LossLedger Ledger { get; } = new();

    public DissectionEngine Engine { get; }

    public List<Item> Items { get; } = [];

    public List<string> Json => [.. Items.Select(Conversation.ToJson)];

    /// <summary>Whole pairs, by what identifies their two messages: no pair of a damaged run may be missing among those of the whole one.</summary>
    public HashSet<(string Protocol, long Request, long RequestSize, long ResponseSize, long Elapsed)> Pairs =>
        [.. Items.Where(i => i.HasRequest && i.HasResponse).Select(i => (i.Protocol.Name, i.Timestamp.UnixNanoseconds, i.RequestSize, i.ResponseSize, i.ElapsedMilliseconds))];

    public void OnItem(Item item) => Items.Add(item);

    /// <summary>Makes the calls, in order.</summary>
    public CaptureRun Play(IEnumerable<FlowCall> calls)
    {
        foreach (var call in calls)
        {
            if (!_handlers.TryGetValue(call.Flow, out var handler)) _handlers[call.Flow] = handler = Engine.OnFlowStarted(_flows[call.Flow]);
            if (handler is not null) call.Make(handler);
        }

        return this;
    }

    private static Flow Copy(Flow flow, bool? handshake, int port) =>
        new(flow.Number, flow.Transport, Move(flow.Initiator, port), Move(flow.Responder, port), flow.Started) { HandshakeSeen = handshake ?? flow.HandshakeSeen };

    private static Endpoint Move(Endpoint endpoint, int port) => endpoint with { Port = (ushort)(endpoint.Port == 0 || port == 0 ? endpoint.Port : 20_000 + ((endpoint.Port + port) % 40_000)) };
}
