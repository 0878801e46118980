namespace Wirehook.Packets.Decoding;

/// <summary>The counters of packets that yield no transport, one per reason.</summary>
internal sealed class DecodeLosses
{
    private readonly LossCounter[] _byOutcome = new LossCounter[(int)Layer.TooDeep + 1];

    /// <summary>Defines the counters in <paramref name="ledger"/>.</summary>
    public DecodeLosses(LossLedger ledger)
    {
        void Define(Layer outcome, string reason, string explanation) =>
            _byOutcome[(int)outcome] = ledger.Define("decode", reason, "packets", explanation);

        Define(Layer.UnknownLink, "unknown-link", "The interface's link layer is not one that is read.");
        Define(Layer.NotIp, "not-ip", "The frame carries no IP: ARP, LLDP, spanning tree and the like.");
        Define(Layer.UnknownProtocol, "unknown-protocol", "The IP packet carries neither TCP, UDP, ICMP, SCTP nor a known tunnel.");
        Define(Layer.NoData, "no-data", "An 802.11 frame of management, control or without data.");
        Define(Layer.Aggregate, "aggregate", "An 802.11 frame holds several packets (A-MSDU).");
        Define(Layer.Encrypted, "encrypted", "The payload is encrypted by 802.11 or IPsec.");
        Define(Layer.Cut, "cut", "The capture kept too few bytes for the headers; capture with a larger snap length.");
        Define(Layer.Malformed, "malformed", "A header contradicts itself or the packet's length.");
        Define(Layer.TooDeep, "too-deep", "The packet has more layers than are followed.");
    }

    /// <summary>Counts one packet of <paramref name="outcome"/>.</summary>
    public void Count(Layer outcome) => _byOutcome[(int)outcome].Add();
}
