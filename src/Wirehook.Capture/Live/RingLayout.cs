namespace Wirehook.Capture.Live;

/// <summary>Offsets in the memory that TPACKET_V3 shares with the kernel (linux/if_packet.h).</summary>
internal static class RingLayout
{
    public const int BlockStatus = 8;
    public const int BlockPacketCount = 12;
    public const int BlockFirstPacket = 16;
    public const uint StatusUser = 1;
    public const uint StatusKernel = 0;

    public const int PacketNext = 0;
    public const int PacketSeconds = 4;
    public const int PacketNanoseconds = 8;
    public const int PacketCaptured = 12;
    public const int PacketLength = 16;
    public const int PacketStatus = 20;
    public const int PacketMacOffset = 24;
    public const int PacketVlanTag = 32;
    public const int PacketVlanType = 36;
    public const uint StatusVlanValid = 0x10;
    public const uint StatusVlanTypeValid = 0x40;

    /// <summary>The packet's struct sockaddr_ll, after its header.</summary>
    public const int Address = 48;
    public const int AddressProtocol = Address + 2;
    public const int AddressInterface = Address + 4;
    public const int AddressHardwareType = Address + 8;
    public const int AddressPacketType = Address + 10;
    public const int AddressHardware = Address + 11;
    public const int HardwareAndLengthSize = 9;
    public const byte PacketTypeOutgoing = 4;

    public const ushort HardwareEthernet = 1;
    public const ushort HardwareLoopback = 772;
    public const ushort HardwareRadiotap = 803;
}
