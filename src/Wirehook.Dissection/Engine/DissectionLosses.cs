using Wirehook.Packets;

namespace Wirehook.Dissection.Engine;

/// <summary>Every way in which dissection loses something, each counted in the run's ledger.</summary>
public sealed class DissectionLosses
{
    private const string Stage = "dissection";
    private readonly LossLedger _ledger;

    /// <summary>Defines the counters in <paramref name="ledger"/>.</summary>
    /// <param name="ledger">The run's ledger.</param>
    public DissectionLosses(LossLedger ledger)
    {
        _ledger = ledger;
        UnidentifiedStreams = ledger.Define(Stage, "unidentified-stream", "streams", "Streams whose bytes no protocol recognised.");
        UnidentifiedDatagrams = ledger.Define(Stage, "unidentified-datagram", "packets", "Datagrams that no protocol recognised.");
        RejectedDatagrams = ledger.Define(Stage, "rejected-datagram", "packets", "Datagrams of an identified flow that violate its protocol.");
        RejectedStreams = ledger.Define(Stage, "rejected-stream", "streams", "Streams that stopped following their protocol; the rest of each was ignored.");
        ResyncBytes = ledger.Define(Stage, "resync", "bytes", "Bytes skipped while looking for the next message after a gap or an invalid message.");
        GapBytes = ledger.Define(Stage, "gap", "bytes", "Bytes that are missing from identified streams.");
        BufferOverflows = ledger.Define(Stage, "buffer-limit", "streams", "Streams given up because an incomplete message exceeded the buffer limit.");
        BodyBytes = ledger.Define(Stage, "body-limit", "bytes", "Body bytes beyond the body limit; raise dissection.bodyLimit to keep them.");
        MemoryStreams = ledger.Define(Stage, "memory-streams", "streams", "Streams given up because the undigested bytes of all streams exceeded dissection.memoryMb.");
        MemoryMessages = ledger.Define(Stage, "memory-messages", "messages", "Messages that left unpaired or cut because all that wait exceeded dissection.memoryMb.");
        PendingMessages = ledger.Define(Stage, "pending-limit", "messages", "Messages that left unpaired because too many waited for their partner in one stream.");
    }

    /// <summary>Streams whose bytes no protocol recognised.</summary>
    public LossCounter UnidentifiedStreams { get; }

    /// <summary>Datagrams that no protocol recognised.</summary>
    public LossCounter UnidentifiedDatagrams { get; }

    /// <summary>Datagrams of an identified flow that violate its protocol.</summary>
    public LossCounter RejectedDatagrams { get; }

    /// <summary>Streams that stopped following their protocol.</summary>
    public LossCounter RejectedStreams { get; }

    /// <summary>Bytes skipped while looking for the next message.</summary>
    public LossCounter ResyncBytes { get; }

    /// <summary>Bytes missing from identified streams.</summary>
    public LossCounter GapBytes { get; }

    /// <summary>Streams given up because an incomplete message exceeded the buffer limit.</summary>
    public LossCounter BufferOverflows { get; }

    /// <summary>Body bytes beyond the body limit.</summary>
    public LossCounter BodyBytes { get; }

    /// <summary>Streams given up because all streams together held too many bytes.</summary>
    public LossCounter MemoryStreams { get; }

    /// <summary>Messages that left early because all messages together held too many bytes.</summary>
    public LossCounter MemoryMessages { get; }

    /// <summary>Messages that left unpaired because too many waited.</summary>
    public LossCounter PendingMessages { get; }

    /// <summary>A counter of a module's own: made at the first call, the same one afterwards.</summary>
    /// <param name="reason">Why something is lost, in kebab case.</param>
    /// <param name="unit">What is counted.</param>
    /// <param name="explanation">A sentence for people.</param>
    public LossCounter Define(string reason, string unit, string explanation) => _ledger.Define(Stage, reason, unit, explanation);
}
