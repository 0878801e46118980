namespace Wirehook.Packets.Decoding;

/// <summary>
/// Reads a captured frame down to its innermost transport header: link layer, VLAN and MPLS tags, IP with defragmentation, tunnels. Every packet that
/// yields no transport is counted with its reason. Not safe for several threads: one decoder per capture.
/// </summary>
public sealed class PacketDecoder
{
    private const int MaxLayers = 32;
    private readonly DecodeLosses _losses;
    private readonly IpDefragmenter _defragmenter;

    /// <summary>A decoder with its own fragment table.</summary>
    /// <param name="ledger">Where undecoded packets and lost fragments are counted, at the stages <c>decode</c> and <c>defragment</c>.</param>
    /// <param name="limits">Bounds of the fragment table; the defaults where null.</param>
    public PacketDecoder(LossLedger ledger, DefragmentationLimits? limits = null)
    {
        _losses = new DecodeLosses(ledger);
        _defragmenter = new IpDefragmenter(ledger, limits ?? new DefragmentationLimits());
    }

    /// <summary>Fragments that wait for the rest of their datagrams.</summary>
    public int FragmentsHeld => _defragmenter.FragmentsHeld;

    /// <summary>Reads one packet. Never throws, whatever <paramref name="frame"/> holds.</summary>
    /// <param name="header">The packet's description; <see cref="PacketHeader.Link"/> says how to read it.</param>
    /// <param name="frame">Its captured bytes.</param>
    /// <param name="packet">Filled when the status is <see cref="DecodeStatus.Transport"/>. Its payload is a part of <paramref name="frame"/>, or, for a
    /// reassembled datagram, of memory that the next call reuses.</param>
    public DecodeStatus Decode(in PacketHeader header, ReadOnlySpan<byte> frame, ref DecodedPacket packet)
    {
        if (header.Link == LinkType.Ethernet && PlainFrame.TryRead(frame, header.Length, ref packet))
        {
            packet.FrameLength = header.Length;
            return DecodeStatus.Transport;
        }

        packet = default;
        _defragmenter.BeginPacket();
        var cursor = new FrameCursor(frame, header.Length, header.Timestamp);
        var outcome = Walk(LinkLayers.Read(header.Link, ref cursor), ref cursor, ref packet);
        packet.FrameLength = header.Length;
        if (outcome == Layer.Transport) return DecodeStatus.Transport;
        if (outcome == Layer.FragmentHeld) return DecodeStatus.FragmentHeld;
        _losses.Count(outcome);
        return DecodeStatus.NotDecoded;
    }

    /// <summary>Gives up all incomplete datagrams, and counts them, because the capture is over.</summary>
    public void Complete() => _defragmenter.Complete();

    private Layer Walk(Layer layer, ref FrameCursor cursor, ref DecodedPacket packet)
    {
        while (layer < Layer.Transport)
        {
            if (++cursor.Depth > MaxLayers) return Layer.TooDeep;
            layer = layer switch
            {
                Layer.Ethernet => EthernetLayers.ReadEthernet(ref cursor),
                Layer.Vlan => EthernetLayers.ReadVlan(ref cursor, ref packet),
                Layer.BackboneTag => EthernetLayers.ReadBackboneTag(ref cursor),
                Layer.VirtualNetworkTag => EthernetLayers.ReadVirtualNetworkTag(ref cursor),
                Layer.Mpls => EthernetLayers.ReadMpls(ref cursor),
                Layer.Llc => EthernetLayers.ReadLlc(ref cursor),
                Layer.Pppoe => PppLayers.ReadPppoe(ref cursor),
                Layer.Ppp => PppLayers.ReadPpp(ref cursor),
                Layer.Ieee80211 => Ieee80211Layers.Read(ref cursor, paddedHeader: false),
                Layer.EtherIp => TunnelLayers.ReadEtherIp(ref cursor),
                Layer.Gre => TunnelLayers.ReadGre(ref cursor),
                Layer.RawIp => IPv4Layer.ReadVersion(ref cursor),
                Layer.IPv4 => IPv4Layer.Read(ref cursor, ref packet, _defragmenter),
                Layer.IPv6 => IPv6Layer.Read(ref cursor, ref packet, _defragmenter),
                Layer.AuthenticationHeader => IPv4Layer.ReadAuthentication(ref cursor),
                Layer.Tcp => TransportLayers.ReadTcp(ref cursor, ref packet),
                Layer.Udp => ReadUdp(ref cursor, ref packet),
                Layer.Sctp => TransportLayers.ReadSctp(ref cursor, ref packet),
                _ => TransportLayers.ReadIcmp(ref cursor, ref packet, layer),
            };
        }

        return layer;
    }

    /// <summary>Reads UDP and what it tunnels. A tunnel is known by its port only, so an inner packet that does not hold leaves the datagram plain
    /// UDP.</summary>
    private Layer ReadUdp(ref FrameCursor cursor, ref DecodedPacket packet)
    {
        var outcome = TransportLayers.ReadUdp(ref cursor, ref packet);
        if (outcome != Layer.Transport || !UdpTunnels.IsTunnelPort(packet.SourcePort, packet.DestinationPort)) return outcome;
        var inner = cursor;
        var next = UdpTunnels.Read(ref inner, packet.SourcePort, packet.DestinationPort);
        if (next == Layer.Transport) return outcome;
        var outer = packet;
        var innerOutcome = Walk(next, ref inner, ref packet);
        if (innerOutcome < Layer.Cut) return innerOutcome;
        packet = outer;
        return Layer.Transport;
    }
}
