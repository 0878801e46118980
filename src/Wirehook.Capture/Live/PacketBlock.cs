using System.Buffers.Binary;
using Wirehook.Packets;

namespace Wirehook.Capture.Live;

/// <summary>Packets of one ring block, in capture order. The spans that it gives point into the ring and are valid until it is disposed.</summary>
public unsafe ref struct PacketBlock
{
    private const int EthernetAddressesLength = 12;
    private const int EthernetHeaderLength = 14;
    private const int VlanTagLength = 4;
    private const int CookedHeaderLength = 20;
    private const ushort DefaultVlanType = 0x8100;
    private readonly PacketRing _ring;
    private readonly int _interface;
    private byte* _packet;
    private uint _left;

    internal PacketBlock(PacketRing ring, int index, byte* block)
    {
        (_ring, _interface) = (ring, index);
        _left = *(uint*)(block + RingLayout.BlockPacketCount);
        Count = (int)_left;
        _packet = block + *(uint*)(block + RingLayout.BlockFirstPacket);
    }

    /// <summary>Packets in the block, with those that <see cref="TryReadNext"/> leaves out (the second copy of every loopback packet).</summary>
    public int Count { get; }

    /// <summary>Steps to the next packet of the block.</summary>
    /// <param name="header">The packet's description.</param>
    /// <param name="frame">Its captured bytes.</param>
    public bool TryReadNext(out PacketHeader header, out ReadOnlySpan<byte> frame)
    {
        while (_left > 0)
        {
            var packet = _packet;
            _left--;
            _packet += *(uint*)(packet + RingLayout.PacketNext);

            // Loopback shows every packet twice, once when sent and once when received.
            if (*(packet + RingLayout.AddressPacketType) == RingLayout.PacketTypeOutgoing
                && *(ushort*)(packet + RingLayout.AddressHardwareType) == RingLayout.HardwareLoopback) continue;
            Describe(packet, out header, out frame);
            return true;
        }

        header = default;
        frame = default;
        return false;
    }

    /// <summary>Gives the block back to the kernel.</summary>
    public readonly void Dispose() => _ring?.ReleaseBlock();

    private readonly void Describe(byte* packet, out PacketHeader header, out ReadOnlySpan<byte> frame)
    {
        var data = packet + *(ushort*)(packet + RingLayout.PacketMacOffset);
        var captured = *(int*)(packet + RingLayout.PacketCaptured);
        var length = *(int*)(packet + RingLayout.PacketLength);
        var added = _ring.Link == LinkType.LinuxSll2 ? PrependCookedHeader(packet, data) : InsertVlanTag(packet, data, captured);
        var time = (*(uint*)(packet + RingLayout.PacketSeconds) * 1_000_000_000L) + *(uint*)(packet + RingLayout.PacketNanoseconds);
        frame = new ReadOnlySpan<byte>(data - added, captured + added);
        header = new PacketHeader(new Timestamp(time), captured + added, Math.Max(length, captured) + added, _ring.Link, _interface);
    }

    /// <summary>Puts the outer VLAN tag, which the kernel takes out of the frame, back into its place. Returns how many bytes the frame grew to the
    /// front.</summary>
    private readonly int InsertVlanTag(byte* packet, byte* data, int captured)
    {
        if (_ring.Link != LinkType.Ethernet || captured < EthernetHeaderLength || !TryReadVlan(packet, out var type, out var tag)) return 0;
        new ReadOnlySpan<byte>(data, EthernetAddressesLength).CopyTo(new Span<byte>(data - VlanTagLength, EthernetAddressesLength));
        WriteTag(data - VlanTagLength + EthernetAddressesLength, type, tag);
        return VlanTagLength;
    }

    /// <summary>Writes a Linux cooked header, version 2, in front of the network header, and a VLAN tag between them where there was one.</summary>
    private readonly int PrependCookedHeader(byte* packet, byte* data)
    {
        var protocol = BinaryPrimitives.ReadUInt16BigEndian(new ReadOnlySpan<byte>(packet + RingLayout.AddressProtocol, 2));
        var added = CookedHeaderLength;
        if (TryReadVlan(packet, out var type, out var tag))
        {
            added += VlanTagLength;
            WriteTag(data - VlanTagLength, tag, protocol);
            protocol = type;
        }

        var cooked = new Span<byte>(data - added, CookedHeaderLength);
        cooked.Clear();
        BinaryPrimitives.WriteUInt16BigEndian(cooked, protocol);
        BinaryPrimitives.WriteInt32BigEndian(cooked[4..], *(int*)(packet + RingLayout.AddressInterface));
        BinaryPrimitives.WriteUInt16BigEndian(cooked[8..], *(ushort*)(packet + RingLayout.AddressHardwareType));
        cooked[10] = *(packet + RingLayout.AddressPacketType);
        new ReadOnlySpan<byte>(packet + RingLayout.AddressHardware, RingLayout.HardwareAndLengthSize).CopyTo(cooked[11..]);
        return added;
    }

    private static bool TryReadVlan(byte* packet, out ushort type, out ushort tag)
    {
        var status = *(uint*)(packet + RingLayout.PacketStatus);
        tag = (ushort)*(uint*)(packet + RingLayout.PacketVlanTag);
        type = (status & RingLayout.StatusVlanTypeValid) != 0 ? *(ushort*)(packet + RingLayout.PacketVlanType) : DefaultVlanType;
        return (status & RingLayout.StatusVlanValid) != 0;
    }

    private static void WriteTag(byte* place, ushort first, ushort second)
    {
        BinaryPrimitives.WriteUInt16BigEndian(new Span<byte>(place, 2), first);
        BinaryPrimitives.WriteUInt16BigEndian(new Span<byte>(place + 2, 2), second);
    }
}
