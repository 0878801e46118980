using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using Wirehook.Packets;

namespace Wirehook.Capture.Live;

/// <summary>
/// One AF_PACKET socket with a TPACKET_V3 receive ring. The socket is opened without a protocol, and bound only when the ring stands: otherwise packets of
/// other interfaces would arrive first.
/// </summary>
internal sealed unsafe class PacketRing : IDisposable
{
    /// <summary>The name that stands for all interfaces.</summary>
    public const string AnyInterface = "any";

    /// <summary>Free bytes in front of every packet, for the VLAN tag and the cooked header that are written there.</summary>
    public const int Headroom = 32;

    private const int BlockLength = 1 << 20;
    private const int FrameLength = 2048;
    private const ushort EveryProtocol = 0x0300;
    private readonly string _name;
    private readonly int _socket = -1;
    private readonly byte* _memory;
    private readonly int _blocks;
    private int _current;
    private long _drops;

    /// <summary>Opens a ring on an interface.</summary>
    public PacketRing(string name, LiveCaptureOptions options)
    {
        _name = name;
        _blocks = Math.Max(options.RingBytes / BlockLength, 2);
        var index = FindInterface(name);
        try
        {
            Link = name == AnyInterface ? LinkType.LinuxSll2 : FindLink(name);
            var type = Link == LinkType.LinuxSll2 ? Libc.SocketDatagram : Libc.SocketRaw;
            _socket = Libc.Socket(Libc.AddressFamilyPacket, type | Libc.CloseOnExec, 0);
            if (_socket < 0) throw LiveCaptureErrors.Open(name);
            _memory = MapRing(options.BlockMilliseconds);
            if (options.Promiscuous && index != 0) JoinPromiscuous(index);
            Bind(index);
        }
        catch (CaptureException)
        {
            Dispose();
            throw;
        }
    }

    /// <summary>How the ring's packets start.</summary>
    public LinkType Link { get; }

    /// <summary>The descriptor to wait for.</summary>
    public int Descriptor => _socket;

    /// <summary>Packets dropped because the ring was full. Safe to read from another thread.</summary>
    public long Drops => Volatile.Read(ref _drops);

    /// <summary>The next block if the kernel has filled it, otherwise null.</summary>
    public byte* ReadyBlock()
    {
        var block = _memory + ((long)_current * BlockLength);
        return (Volatile.Read(ref *(uint*)(block + RingLayout.BlockStatus)) & RingLayout.StatusUser) != 0 ? block : null;
    }

    /// <summary>Gives the block of <see cref="ReadyBlock"/> back to the kernel.</summary>
    public void ReleaseBlock()
    {
        var block = _memory + ((long)_current * BlockLength);
        Volatile.Write(ref *(uint*)(block + RingLayout.BlockStatus), RingLayout.StatusKernel);
        _current = (_current + 1) % _blocks;
    }

    /// <summary>Adds the kernel's count of drops, which starts over with every question.</summary>
    public void RefreshDrops()
    {
        var counts = stackalloc uint[3];
        var length = 3 * sizeof(uint);
        if (Libc.GetSocketOption(_socket, Libc.LevelPacket, Libc.PacketStatistics, counts, &length) == 0) Volatile.Write(ref _drops, _drops + counts[1]);
    }

    /// <summary>Clears the error that an interface leaves when it goes down; its packets come again when it is up.</summary>
    public void ClearError()
    {
        int error;
        var length = sizeof(int);
        _ = Libc.GetSocketOption(_socket, Libc.LevelSocket, Libc.SocketError, &error, &length);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_memory != null) _ = Libc.Unmap(_memory, (nuint)((long)BlockLength * _blocks));
        if (_socket >= 0) _ = Libc.Close(_socket);
    }

    private static uint FindInterface(string name)
    {
        if (name == AnyInterface) return 0;
        var index = Libc.InterfaceIndex(name);
        return index != 0 ? index : throw LiveCaptureErrors.NoInterface(name);
    }

    /// <summary>Ethernet and radiotap frames are taken as they are; every other interface delivers packets from their network header on, behind a cooked
    /// header.</summary>
    private static LinkType FindLink(string name)
    {
        const int RequestLength = 40;
        const int HardwareType = 16;
        var probe = Libc.Socket(Libc.AddressFamilyPacket, Libc.SocketDatagram | Libc.CloseOnExec, 0);
        if (probe < 0) throw LiveCaptureErrors.Open(name);
        var request = stackalloc byte[RequestLength];
        new Span<byte>(request, RequestLength).Clear();
        Encoding.UTF8.GetBytes(name, new Span<byte>(request, HardwareType - 1));
        var result = Libc.Ioctl(probe, Libc.IoctlHardwareAddress, request);
        _ = Libc.Close(probe);
        return result < 0 ? LinkType.LinuxSll2 : *(ushort*)(request + HardwareType) switch
        {
            RingLayout.HardwareEthernet or RingLayout.HardwareLoopback => LinkType.Ethernet,
            RingLayout.HardwareRadiotap => LinkType.Ieee80211Radiotap,
            _ => LinkType.LinuxSll2,
        };
    }

    private byte* MapRing(int blockMilliseconds)
    {
        SetOption(Libc.PacketVersion, Libc.TpacketVersion3);
        SetOption(Libc.PacketReserve, Headroom);
        var request = stackalloc uint[7];
        request[0] = BlockLength;
        request[1] = (uint)_blocks;
        request[2] = FrameLength;
        request[3] = (uint)((long)BlockLength / FrameLength * _blocks);
        request[4] = (uint)blockMilliseconds;
        request[5] = 0;
        request[6] = 0;
        Check(Libc.SetSocketOption(_socket, Libc.LevelPacket, Libc.PacketReceiveRing, request, 7 * sizeof(uint)), "the receive ring");
        var memory = Libc.Map(null, (nuint)((long)BlockLength * _blocks), Libc.ProtectionReadWrite, Libc.MapShared, _socket, 0);
        Check(memory, "mapping the receive ring");
        return (byte*)memory;
    }

    private void JoinPromiscuous(uint index)
    {
        var request = stackalloc uint[4];
        (request[0], request[1], request[2], request[3]) = (index, Libc.PromiscuousMembership, 0, 0);
        Check(Libc.SetSocketOption(_socket, Libc.LevelPacket, Libc.PacketAddMembership, request, 4 * sizeof(uint)), "promiscuous mode");
    }

    private void Bind(uint index)
    {
        const int AddressLength = 20;
        var address = stackalloc byte[AddressLength];
        new Span<byte>(address, AddressLength).Clear();
        *(ushort*)address = Libc.AddressFamilyPacket;
        BinaryPrimitives.WriteUInt16LittleEndian(new Span<byte>(address + 2, 2), EveryProtocol);
        *(uint*)(address + 4) = index;
        Check(Libc.Bind(_socket, address, AddressLength), "binding");
    }

    private void SetOption(int option, int value) => Check(Libc.SetSocketOption(_socket, Libc.LevelPacket, option, &value, sizeof(int)), "a socket option");

    private void Check(nint result, string what)
    {
        if (result == -1) throw LiveCaptureErrors.Setup(_name, what, Marshal.GetLastPInvokeError());
    }
}
