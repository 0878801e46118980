using Wirehook.Packets.Decoding;
using static Wirehook.Packets.Tests.Decoding.Frames;

namespace Wirehook.Packets.Tests.Decoding;

public sealed class LinkLayerTests
{
    private const string Flow4 = $"{Client}:40000 > {Server}:80";
    private const string Flow6 = $"{Client6}:40000 > {Server6}:80";
    private const string AmbiguousWhenCut = "MPLS pseudowire without";

    public static TheoryData<string, LinkType, byte[], string> Frames => new()
    {
        { "Ethernet, IPv4", LinkType.Ethernet, Ethernet(0x0800, PlainIPv4()), Flow4 },
        { "Ethernet, IPv6", LinkType.Ethernet, Ethernet(0x86DD, PlainIPv6()), Flow6 },
        { "Ethernet, LLC/SNAP", LinkType.Ethernet, Ethernet(8 + 45, Join(Hex("AAAA03 000000 0800"), PlainIPv4(), new byte[9])), Flow4 },
        { "Ethernet, LLC for IP", LinkType.Ethernet, Ethernet(3 + 45, Join(Hex("060603"), PlainIPv4())), Flow4 },
        { "MPLS, two labels", LinkType.Ethernet, Ethernet(0x8847, Join(Hex("00010040 00020140"), PlainIPv4())), Flow4 },
        { "MPLS, IPv6", LinkType.Ethernet, Ethernet(0x8848, Join(Hex("00020140"), PlainIPv6())), Flow6 },
        { "MPLS pseudowire with control word", LinkType.Ethernet, Ethernet(0x8847, Join(Hex("00020140 00000000"), Ethernet(0x0800, PlainIPv4()))), Flow4 },
        { AmbiguousWhenCut, LinkType.Ethernet, Ethernet(0x8847, Join(Hex("00020140"), Ethernet(0x0800, PlainIPv4()))), Flow4 },
        { "PPPoE in Ethernet", LinkType.Ethernet, Ethernet(0x8864, Join(Hex("1100 0001"), U16(2 + 45), Hex("0021"), PlainIPv4(), new byte[4])), Flow4 },
        { "PPPoE", LinkType.PppEther, Join(Hex("1100 0001"), U16(2 + 65), Hex("0057"), PlainIPv6()), Flow6 },
        { "802.1ah", LinkType.Ethernet, Ethernet(0x88E7, Join(Hex("00000001"), Ethernet(0x0800, PlainIPv4()))), Flow4 },
        { "VN-Tag", LinkType.Ethernet, Ethernet(0x8926, Join(Hex("00000001 0800"), PlainIPv4())), Flow4 },
        { "PPP", LinkType.Ppp, Join(Hex("0021"), PlainIPv4()), Flow4 },
        { "PPP with framing", LinkType.PppHdlc, Join(Hex("FF03 0057"), PlainIPv6()), Flow6 },
        { "PPP, compressed protocol", LinkType.Ppp, Join(Hex("21"), PlainIPv4()), Flow4 },
        { "PPP link type with Cisco HDLC", LinkType.PppHdlc, Join(Hex("0F00 0800"), PlainIPv4()), Flow4 },
        { "Cisco HDLC", LinkType.CiscoHdlc, Join(Hex("0F00 86DD"), PlainIPv6()), Flow6 },
        { "raw, BSD", LinkType.RawBsd, PlainIPv4(), Flow4 },
        { "raw, OpenBSD", LinkType.RawOpenBsd, PlainIPv6(), Flow6 },
        { "raw", LinkType.Raw, PlainIPv6(), Flow6 },
        { "raw IPv4", LinkType.IPv4, PlainIPv4(), Flow4 },
        { "raw IPv6", LinkType.IPv6, PlainIPv6(), Flow6 },
        { "null, little-endian", LinkType.Null, Join(Hex("02000000"), PlainIPv4()), Flow4 },
        { "null, big-endian", LinkType.Null, Join(Hex("00000002"), PlainIPv4()), Flow4 },
        { "null, IPv6 of macOS", LinkType.Null, Join(Hex("1E000000"), PlainIPv6()), Flow6 },
        { "loop, IPv6 of OpenBSD", LinkType.Loop, Join(Hex("00000018"), PlainIPv6()), Flow6 },
        { "SLL", LinkType.LinuxSll, Join(Hex("0000 0001 0006 0200000000010000 0800"), PlainIPv4()), Flow4 },
        { "SLL, LLC", LinkType.LinuxSll, Join(Hex("0000 0001 0006 0200000000010000 0004 AAAA03 000000 86DD"), PlainIPv6()), Flow6 },
        { "SLL2", LinkType.LinuxSll2, Join(Hex("86DD 0000 00000001 0001 00 06 0200000000010000"), PlainIPv6()), Flow6 },
        { "SLL2, VLAN", LinkType.LinuxSll2, Join(Hex("8100 0000 00000001 0001 00 06 0200000000010000 0007 0800"), PlainIPv4()), Flow4 },
        { "802.11", LinkType.Ieee80211, Join(Hex("0801 0000"), new byte[20], Hex("AAAA03 000000 0800"), PlainIPv4()), Flow4 },
        { "802.11, QoS, both systems, HT control", LinkType.Ieee80211, Join(Hex("8883 0000"), new byte[32], Hex("AAAA03 000000 0800"), PlainIPv4()), Flow4 },
        { "radiotap", LinkType.Ieee80211Radiotap, Join(Hex("0000 0800 00000000 0802 0000"), new byte[20], Hex("AAAA03 000000 0800"), PlainIPv4()), Flow4 },
        {
            "radiotap, padded QoS header", LinkType.Ieee80211Radiotap,
            Join(Hex("0000 1900 030000A0 00000020 00000000"), new byte[8], Hex("20 8801 0000"), new byte[22], new byte[2], Hex("AAAA03 000000 0800"), PlainIPv4()), Flow4
        },
        { "Prism", LinkType.Ieee80211Prism, Join(Hex("44000000 10000000"), new byte[8], Hex("0801 0000"), new byte[20], Hex("AAAA03 000000 86DD"), PlainIPv6()), Flow6 },
        { "AVS", LinkType.Ieee80211Prism, Join(Hex("80211001 00000010"), new byte[8], Hex("0801 0000"), new byte[20], Hex("AAAA03 000000 86DD"), PlainIPv6()), Flow6 },
        { "NFLOG", LinkType.Nflog, Join(Hex("02000005 0500 0A00 00000000 3100 0900"), PlainIPv4(), new byte[3]), Flow4 },
    };

    [Theory]
    [MemberData(nameof(Frames))]
    public void Every_link_layer_leads_to_the_packet(string name, LinkType link, byte[] frame, string flow)
    {
        var packet = Decoded.Read(frame, link);
        Assert.True(packet.Status == DecodeStatus.Transport, $"{name}: {packet.Losses}");
        Assert.Equal(TransportProtocol.Tcp, packet.Transport);
        Assert.Equal(flow, packet.Flow);
        Assert.Equal("hello"u8.ToArray(), packet.Payload);
        Assert.Equal(0, packet.Missing);
        Assert.Equal((1000u, 2000u, TcpFlags.Psh | TcpFlags.Ack), (packet.Sequence, packet.Acknowledgment, packet.Flags));
    }

    [Theory]
    [MemberData(nameof(Frames))]
    public void Every_cut_of_every_frame_is_told_as_cut_or_missing(string name, LinkType link, byte[] frame, string flow)
    {
        for (var length = 0; length < frame.Length; length++)
        {
            var packet = Decoded.Read(frame[..length], link, frame.Length);
            if (packet.Status == DecodeStatus.Transport) Assert.Equal((flow, 5), (packet.Flow, packet.Payload.Length + packet.Missing));
            else if (name != AmbiguousWhenCut) Assert.True(packet.Losses == "decode/cut=1", $"{name} cut to {length}: {packet.Losses}");
        }
    }

    [Fact]
    public void The_outermost_vlan_is_kept()
    {
        var packet = Decoded.Read(Ethernet(0x88A8, Vlan(0x2064, 0x8100, Vlan(7, 0x9100, Vlan(8, 0x0800, PlainIPv4())))));
        Assert.Equal((DecodeStatus.Transport, 0x64), (packet.Status, packet.Vlan));
    }

    [Theory]
    [InlineData("decode/not-ip=1", LinkType.Ethernet, "020000000002 020000000001 0806 0001")]
    [InlineData("decode/not-ip=1", LinkType.Ethernet, "0180C2000000 020000000001 0026 424203 0000000000000000")]
    [InlineData("decode/not-ip=1", LinkType.Ethernet, "020000000002 020000000001 8864 1109 0000 0000")]
    [InlineData("decode/not-ip=1", LinkType.Ppp, "C021 01")]
    [InlineData("decode/not-ip=1", LinkType.Null, "07000000 00")]
    [InlineData("decode/not-ip=1", LinkType.LinuxSll, "0000 0001 0006 0200000000010000 0001 FFFF")]
    [InlineData("decode/unknown-link=1", (LinkType)147, "00")]
    [InlineData("decode/no-data=1", LinkType.Ieee80211, "8000 0000 0000")]
    [InlineData("decode/no-data=1", LinkType.Ieee80211, "4801 0000 0000")]
    [InlineData("decode/encrypted=1", LinkType.Ieee80211, "0841 0000 000000000000 000000000000 000000000000 0000 00000000")]
    [InlineData("decode/aggregate=1", LinkType.Ieee80211, "8801 0000 000000000000 000000000000 000000000000 0000 8000 00000000")]
    [InlineData("decode/malformed=1", LinkType.Raw, "10")]
    [InlineData("decode/malformed=1", LinkType.Raw, "")]
    [InlineData("decode/malformed=1", LinkType.Ieee80211Radiotap, "0100 0800 00000000 0802")]
    public void What_is_not_decoded_is_counted_with_its_reason(string losses, LinkType link, string frame)
    {
        var packet = Decoded.Read(Hex(frame), link);
        Assert.Equal((DecodeStatus.NotDecoded, losses), (packet.Status, packet.Losses));
    }

    [Fact]
    public void Tags_without_end_are_given_up()
    {
        var frame = Enumerable.Range(0, 200).Aggregate(PlainIPv4(), (inner, i) => Vlan(5, i == 0 ? 0x0800 : 0x8100, inner));
        Assert.Equal("decode/too-deep=1", Decoded.Read(Ethernet(0x8100, frame)).Losses);
    }
}
