using Wirehook.Packets.Decoding;
using static Wirehook.Packets.Tests.Decoding.Frames;

namespace Wirehook.Packets.Tests.Decoding;

public sealed class TunnelTests
{
    private const string Flow4 = $"{Client}:40000 > {Server}:80";
    private const string Flow6 = $"{Client6}:40000 > {Server6}:80";

    public static TheoryData<string, byte[], string> Packets => new()
    {
        { "IPIP", Outer(4, PlainIPv4()), Flow4 },
        { "6in4", Outer(41, PlainIPv6()), Flow6 },
        { "4in6", IPv6(4, PlainIPv4()), Flow4 },
        { "GRE", Outer(47, Join(Hex("0000 0800"), PlainIPv4())), Flow4 },
        { "GRE with checksum, key and sequence", Outer(47, Join(Hex("B000 86DD 00000000 00000001 00000002"), PlainIPv6())), Flow6 },
        { "GRE bridging", Outer(47, Join(Hex("2000 6558 00000001"), Ethernet(0x0800, PlainIPv4()))), Flow4 },
        { "PPTP", Outer(47, Join(Hex("3081 880B 0031 0001 00000001 00000002 FF03 0021"), PlainIPv4())), Flow4 },
        { "ERSPAN I", Outer(47, Join(Hex("0000 88BE"), Ethernet(0x0800, PlainIPv4()))), Flow4 },
        { "ERSPAN II", Outer(47, Join(Hex("1000 88BE 00000001 1000000000000000"), Ethernet(0x0800, PlainIPv4()))), Flow4 },
        { "ERSPAN III", Outer(47, Join(Hex("1000 22EB 00000001"), new byte[11], [1], new byte[8], Ethernet(0x0800, PlainIPv4()))), Flow4 },
        { "Aruba", Outer(47, Join(Hex("0000 8200 0801 0000"), new byte[20], Hex("AAAA03 000000 0800"), PlainIPv4())), Flow4 },
        { "EtherIP", Outer(97, Join(Hex("3000"), Ethernet(0x0800, PlainIPv4()))), Flow4 },
        { "MPLS in IP", Outer(137, Join(Hex("00020140"), PlainIPv4())), Flow4 },
        { "authentication header", Outer(51, Join(Hex("0604 0000 00000001 00000001"), new byte[12], Tcp("hello"u8.ToArray()))), $"192.0.2.1:40000 > 192.0.2.2:80" },
        { "VXLAN", InUdp(4789, Join(Hex("08000000 00000100"), Ethernet(0x0800, PlainIPv4()))), Flow4 },
        { "VXLAN of old Linux", InUdp(8472, Join(Hex("08000000 00000100"), Ethernet(0x86DD, PlainIPv6()))), Flow6 },
        { "VXLAN-GPE", InUdp(4790, Join(Hex("0C000001 00000100"), PlainIPv4())), Flow4 },
        { "Geneve with options", InUdp(6081, Join(Hex("0100 6558 00000100 00000000"), Ethernet(0x8100, Vlan(3, 0x0800, PlainIPv4())))), Flow4 },
        { "GTP-U", InUdp(2152, Join(Hex("30FF"), U16(45), Hex("00000001"), PlainIPv4())), Flow4 },
        { "GTP-U with extension", InUdp(2152, Join(Hex("34FF"), U16(45 + 4 + 8), Hex("00000001 00000085 01100085 01100000"), PlainIPv4())), Flow4 },
        { "GRE in UDP", InUdp(4754, Join(Hex("0000 0800"), PlainIPv4())), Flow4 },
        { "Teredo", InUdp(3544, PlainIPv6()), Flow6 },
        { "Teredo with authentication and origin", InUdp(3544, Join(Hex("0001 0000 0000000000000000 00 0000 000000000000"), PlainIPv6())), Flow6 },
        { "AYIYA", InUdp(5072, Join(Hex("41521129 4AF64BFD"), new byte[16 + 20], PlainIPv6())), Flow6 },
        { "AYIYA without signature", InUdp(5072, Join(Hex("21000104 4AF64BFD"), new byte[4], PlainIPv4())), Flow4 },
        { "VXLAN in GRE in IPIP", Outer(4, Outer(47, Join(Hex("0000 0800"), InUdp(4789, Join(Hex("08000000 00000100"), Ethernet(0x0800, PlainIPv4())))))), Flow4 },
    };

    [Theory]
    [MemberData(nameof(Packets))]
    public void Every_tunnel_leads_to_the_packet_inside(string name, byte[] packet, string flow)
    {
        var decoded = Decoded.Read(packet, LinkType.Raw);
        Assert.True(decoded.Status == DecodeStatus.Transport, $"{name}: {decoded.Losses}");
        Assert.Equal((TransportProtocol.Tcp, flow, 5), (decoded.Transport, decoded.Flow, decoded.Payload.Length));
    }

    [Theory]
    [InlineData(4789, "00000000 00000000 0000")]
    [InlineData(4789, "08000000 00000100 0200000000020200000000010800 45")]
    [InlineData(6081, "FFFF 6558 00000100 00000000")]
    [InlineData(2152, "32FF 0004 00000001 00000000")]
    [InlineData(2152, "3001 0000 00000001")]
    [InlineData(3544, "60000000 FFFF 0640 00")]
    [InlineData(4754, "1234 0100 0001 0000")]
    [InlineData(5072, "41521129 4AF64BFD")]
    [InlineData(5072, "01000229 4AF64BFD 00 60000000 0000 3B40 00000000000000000000000000000000 00000000000000000000000000000000")]
    [InlineData(5072, "01000129 4AF64BFD 00 45000014 0000 0000 403B 0000 00000000 00000000")]
    public void A_tunnel_port_without_a_tunnel_stays_udp(int port, string payload)
    {
        var decoded = Decoded.Read(InUdp(port, Hex(payload)), LinkType.Raw);
        Assert.Equal((TransportProtocol.Udp, $"192.0.2.1:50000 > 192.0.2.2:{port}"), (decoded.Transport, decoded.Flow));
        Assert.Equal(Hex(payload), decoded.Payload);
        Assert.Equal("", decoded.Losses);
    }

    [Fact]
    public void An_overlay_frame_without_ip_is_not_a_datagram_of_its_own()
    {
        var decoded = Decoded.Read(InUdp(4789, Join(Hex("08000000 00000100"), Ethernet(0x0806, new byte[28]))), LinkType.Raw);
        Assert.Equal("decode/not-ip=1", decoded.Losses);
    }

    [Fact]
    public void Tunnels_in_tunnels_end()
    {
        var packet = Enumerable.Range(0, 100).Aggregate(PlainIPv4(), (inner, _) => Outer(4, inner));
        Assert.Equal("decode/too-deep=1", Decoded.Read(packet, LinkType.Raw).Losses);
    }

    private static byte[] Outer(int protocol, byte[] payload) => IPv4(protocol, payload, source: "192.0.2.1", destination: "192.0.2.2");

    private static byte[] InUdp(int port, byte[] payload) => Outer(17, Udp(payload, 50000, port));
}
