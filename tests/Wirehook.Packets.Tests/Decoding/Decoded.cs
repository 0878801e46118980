using Wirehook.Packets.Decoding;

namespace Wirehook.Packets.Tests.Decoding;

/// <summary>A decoded packet that outlives its frame, and the losses of its decoder.</summary>
internal sealed class Decoded
{
    public required DecodeStatus Status { get; init; }

    public TransportProtocol Transport { get; private init; }

    public string Flow { get; private init; } = "";

    public byte[] Payload { get; private init; } = [];

    public int Missing { get; private init; }

    public int Vlan { get; private init; }

    public bool Fragmented { get; private init; }

    public uint Sequence { get; private init; }

    public uint Acknowledgment { get; private init; }

    public TcpFlags Flags { get; private init; }

    /// <summary>The losses so far: <c>decode/malformed=1 …</c>.</summary>
    public string Losses { get; private init; } = "";

    public static Decoded Read(byte[] frame, LinkType link = LinkType.Ethernet, int? wireLength = null) =>
        Read(new LossLedger(), null, frame, link, wireLength);

    public static Decoded Read(LossLedger ledger, PacketDecoder? decoder, byte[] frame, LinkType link = LinkType.Ethernet, int? wireLength = null, long time = 0)
    {
        decoder ??= new PacketDecoder(ledger);
        DecodedPacket packet = default;
        var header = new PacketHeader(new Timestamp(time), frame.Length, wireLength ?? frame.Length, link);
        var status = decoder.Decode(header, frame, ref packet);
        return new Decoded
        {
            Status = status,
            Transport = packet.Transport,
            Flow = $"{packet.Source}:{packet.SourcePort} > {packet.Destination}:{packet.DestinationPort}",
            Payload = packet.Payload.ToArray(),
            Missing = packet.MissingPayload,
            Vlan = packet.Vlan,
            Fragmented = packet.Fragmented,
            Sequence = packet.Sequence,
            Acknowledgment = packet.Acknowledgment,
            Flags = packet.Flags,
            Losses = string.Join(' ', ledger.Counters.Where(c => c.Count > 0).Select(c => $"{c.Stage}/{c.Reason}={c.Count}")),
        };
    }
}
