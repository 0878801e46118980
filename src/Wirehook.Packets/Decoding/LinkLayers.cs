using System.Buffers.Binary;

namespace Wirehook.Packets.Decoding;

/// <summary>The first header of a frame, by link type (the LINKTYPE_ pages of tcpdump.org).</summary>
internal static class LinkLayers
{
    private const int LoopbackHeaderLength = 4;
    private const int CiscoHdlcHeaderLength = 4;
    private const int SllHeaderLength = 16;
    private const int Sll2HeaderLength = 20;
    private const ushort SllNovell = 1;
    private const ushort SllLlc = 4;
    private const uint FamilyIPv4 = 2;
    private const uint FamilyIPv6Linux = 10;
    private const uint FamilyIPv6NetBsd = 24;
    private const uint FamilyIPv6FreeBsd = 28;
    private const uint FamilyIPv6Darwin = 30;

    /// <summary>Reads the link header of a frame of <paramref name="link"/>.</summary>
    public static Layer Read(LinkType link, ref FrameCursor cursor) => link switch
    {
        LinkType.Ethernet => Layer.Ethernet,
        LinkType.RawBsd or LinkType.RawOpenBsd or LinkType.Raw => Layer.RawIp,
        LinkType.IPv4 => Layer.IPv4,
        LinkType.IPv6 => Layer.IPv6,
        LinkType.Null or LinkType.Loop => ReadLoopback(ref cursor),
        LinkType.LinuxSll => ReadSll(ref cursor),
        LinkType.LinuxSll2 => ReadSll2(ref cursor),
        LinkType.Ppp => Layer.Ppp,
        LinkType.PppHdlc => PppLayers.ReadHdlc(ref cursor),
        LinkType.PppEther => Layer.Pppoe,
        LinkType.CiscoHdlc => ReadCiscoHdlc(ref cursor),
        LinkType.Ieee80211 => Layer.Ieee80211,
        LinkType.Ieee80211Radiotap => Ieee80211Layers.ReadRadiotap(ref cursor),
        LinkType.Ieee80211Prism => Ieee80211Layers.ReadPrism(ref cursor),
        LinkType.Nflog => NflogLayer.Read(ref cursor),
        _ => Layer.UnknownLink,
    };

    /// <summary>The layer of a family that a loopback header names; IPv6 has a number of its own on every system.</summary>
    public static Layer NextOfFamily(uint family) => family switch
    {
        FamilyIPv4 => Layer.IPv4,
        FamilyIPv6Linux or FamilyIPv6NetBsd or FamilyIPv6FreeBsd or FamilyIPv6Darwin => Layer.IPv6,
        _ => Layer.NotIp,
    };

    /// <summary>Reads the four-byte family. Its byte order is that of the capturing host, which the file does not tell; families are small numbers, so
    /// the value does.</summary>
    private static Layer ReadLoopback(ref FrameCursor cursor)
    {
        if (cursor.Bytes.Length < LoopbackHeaderLength) return cursor.Missing(LoopbackHeaderLength);
        var family = BinaryPrimitives.ReadUInt32LittleEndian(cursor.Bytes);
        if (family > ushort.MaxValue) family = BinaryPrimitives.ReverseEndianness(family);
        cursor.Skip(LoopbackHeaderLength);
        return NextOfFamily(family);
    }

    private static Layer ReadSll(ref FrameCursor cursor)
    {
        if (cursor.Bytes.Length < SllHeaderLength) return cursor.Missing(SllHeaderLength);
        var protocol = BinaryPrimitives.ReadUInt16BigEndian(cursor.Bytes[14..]);
        cursor.Skip(SllHeaderLength);
        return NextOfSll(protocol);
    }

    private static Layer ReadSll2(ref FrameCursor cursor)
    {
        if (cursor.Bytes.Length < Sll2HeaderLength) return cursor.Missing(Sll2HeaderLength);
        var protocol = BinaryPrimitives.ReadUInt16BigEndian(cursor.Bytes);
        cursor.Skip(Sll2HeaderLength);
        return NextOfSll(protocol);
    }

    private static Layer NextOfSll(ushort protocol) => protocol switch
    {
        SllLlc => Layer.Llc,
        SllNovell => Layer.NotIp,
        _ => EtherTypes.Next(protocol),
    };

    private static Layer ReadCiscoHdlc(ref FrameCursor cursor)
    {
        if (cursor.Bytes.Length < CiscoHdlcHeaderLength) return cursor.Missing(CiscoHdlcHeaderLength);
        var type = BinaryPrimitives.ReadUInt16BigEndian(cursor.Bytes[2..]);
        cursor.Skip(CiscoHdlcHeaderLength);
        return EtherTypes.Next(type);
    }
}
