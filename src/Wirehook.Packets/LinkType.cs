namespace Wirehook.Packets;

/// <summary>Link layer of a captured packet, by the number that capture files carry (the LINKTYPE_ registry of tcpdump.org).</summary>
public enum LinkType
{
    /// <summary>BSD loopback: address family in the capturing host's byte order.</summary>
    Null = 0,

    /// <summary>IEEE 802.3 Ethernet.</summary>
    Ethernet = 1,

    /// <summary>PPP, with or without HDLC-like address and control bytes.</summary>
    Ppp = 9,

    /// <summary>Raw IP as DLT_RAW of some systems.</summary>
    RawBsd = 12,

    /// <summary>Raw IP as DLT_RAW of OpenBSD.</summary>
    RawOpenBsd = 14,

    /// <summary>PPP in HDLC-like framing (RFC 1662).</summary>
    PppHdlc = 50,

    /// <summary>PPPoE session packets (RFC 2516).</summary>
    PppEther = 51,

    /// <summary>Raw IPv4 or IPv6.</summary>
    Raw = 101,

    /// <summary>IEEE 802.11 without a radio header.</summary>
    Ieee80211 = 105,

    /// <summary>OpenBSD loopback: address family in network byte order.</summary>
    Loop = 108,

    /// <summary>Linux cooked capture, version 1.</summary>
    LinuxSll = 113,

    /// <summary>IEEE 802.11 behind a Prism header.</summary>
    Ieee80211Prism = 119,

    /// <summary>IEEE 802.11 behind a radiotap header.</summary>
    Ieee80211Radiotap = 127,

    /// <summary>Raw IPv4.</summary>
    IPv4 = 228,

    /// <summary>Raw IPv6.</summary>
    IPv6 = 229,

    /// <summary>Linux cooked capture, version 2.</summary>
    LinuxSll2 = 276,

    /// <summary>Cisco HDLC with IPv4, IPv6 and others by EtherType.</summary>
    CiscoHdlc = 104,

    /// <summary>Linux netfilter log messages.</summary>
    Nflog = 239,

    /// <summary>Linux netlink messages behind a cooked header.</summary>
    Netlink = 253,
}
