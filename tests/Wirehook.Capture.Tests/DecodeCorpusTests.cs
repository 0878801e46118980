using Wirehook.Packets;
using Wirehook.Packets.Decoding;
using Wirehook.Tests;

namespace Wirehook.Capture.Tests;

public sealed class DecodeCorpusTests
{
    /// <summary>Files where tshark sees streams that are no conversations of the captured hosts, or that are not reached; and why.</summary>
    private static readonly Dictionary<string, string> Explained = new()
    {
        ["formats/libpcap_filter_AH-IPcomp-IPv4.pcap"] = "packets compressed by IPComp",
        ["formats/libpcap_filter_AH-IPcomp-IPv6.pcap"] = "packets compressed by IPComp",
        ["formats/libpcap_filter_arcnet-rfc1201-arp-icmp-http.pcap"] = "ARCNET",
        ["formats/pcapplusplus_file_heuristics_pcapng-example.pcapng.zst"] = "compressed with Zstandard",
        ["tunnels/zeek_tunnels_ayiya3.pcap"] = "an AYIYA tunnel (its UDP is reached)",
        ["tunnels/zeek_tunnels_gre-aruba-amsdu.pcap"] = "an 802.11 aggregate",
        ["ipv6ext/zeek_icmp_icmp6-destunreach-ip6ext-udp.pcap"] = "tshark counts the datagram that an ICMPv6 error quotes",
        ["tcp/sharppcap_test_stream.pcap"] = "tshark counts the datagram that an ICMP error quotes",
        ["tcp/pcapplusplus_tcp-reassembly.pcap"] = "tshark counts the headers that sFlow samples quote",
        ["tcp/pcapplusplus_tcp-malformed.pcap"] = "TCP headers shorter than 20 bytes",
    };

    [CorpusFact]
    public void Every_capture_with_tcp_or_udp_streams_yields_as_many_conversations()
    {
        var differences = new List<string>();
        foreach (var (name, path, tcp, udp) in TruthTable.Streams("formats", "linktypes", "vlan", "tunnels", "ipv6ext", "http1", "dns", "tcp"))
        {
            var (tcpFound, udpFound) = Conversations(path);
            if (Explained.ContainsKey(name)) continue;

            // tshark counts a reused port as a new TCP stream, and the datagrams that carry a tunnel as UDP streams of their own.
            var inTunnel = name.StartsWith("tunnels/", StringComparison.Ordinal) || name.StartsWith("formats/", StringComparison.Ordinal);
            if (tcpFound > tcp || (tcp > 0 && tcpFound == 0) || udpFound > udp || (udpFound < udp && !inTunnel)) differences.Add($"{name}: {tcpFound} of {tcp} TCP, {udpFound} of {udp} UDP");
        }

        Assert.True(differences.Count == 0, string.Join('\n', differences));
    }

    private static (int Tcp, int Udp) Conversations(string path)
    {
        var found = new HashSet<(TransportProtocol, string)>();
        var decoder = new PacketDecoder(new LossLedger());
        using var source = CaptureFileSource.Open(path);
        while (source.TryReadNext(out var header, out var frame))
        {
            DecodedPacket packet = default;
            if (decoder.Decode(header, frame, ref packet) != DecodeStatus.Transport) continue;
            var (one, other) = ($"{packet.Source} {packet.SourcePort}", $"{packet.Destination} {packet.DestinationPort}");
            found.Add((packet.Transport, string.CompareOrdinal(one, other) < 0 ? one + other : other + one));
        }

        return (found.Count(flow => flow.Item1 == TransportProtocol.Tcp), found.Count(flow => flow.Item1 == TransportProtocol.Udp));
    }
}
