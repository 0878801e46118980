using System.Runtime.InteropServices;

namespace Wirehook.Netlink.Monitor;

/// <summary>One netlink socket, bound to a port of the kernel's choice. It stays in the network namespace in which it was opened.</summary>
internal sealed unsafe class NetlinkSocket : IDisposable
{
    private const int MemoryInfoDrops = 8;
    private const int MemoryInfoLength = 9;
    private const int SizeOfAddress = 12;
    private uint _lastDrops;

    private NetlinkSocket(int descriptor, int protocol)
    {
        (Descriptor, Protocol) = (descriptor, protocol);
    }

    /// <summary>The file descriptor; -1 after closing.</summary>
    public int Descriptor { get; private set; }

    /// <summary>The netlink protocol.</summary>
    public int Protocol { get; }

    /// <summary>The receive buffer that the kernel granted, in bytes.</summary>
    public int ReceiveBufferBytes => GetOption(Libc.LevelSocket, Libc.ReceiveBuffer);

    /// <summary>Opens a socket in the namespace of the calling thread.</summary>
    /// <returns>Null where the kernel has no such protocol or refuses it; the error is then the thread's last.</returns>
    public static NetlinkSocket? TryOpen(int protocol, bool blocking = false)
    {
        var descriptor = Libc.Socket(Libc.AddressFamilyNetlink, Libc.SocketRaw | Libc.CloseOnExec | (blocking ? 0 : Libc.NonBlocking), protocol);
        if (descriptor < 0) return null;
        var address = new Libc.NetlinkAddress { Family = Libc.AddressFamilyNetlink };
        if (Libc.Bind(descriptor, &address, SizeOfAddress) == 0) return new NetlinkSocket(descriptor, protocol);
        var error = Marshal.GetLastPInvokeError();
        _ = Libc.Close(descriptor);
        Marshal.SetLastPInvokeError(error);
        return null;
    }

    /// <summary>Asks for a receive buffer: by force, which needs CAP_NET_ADMIN, otherwise within the machine's limit.</summary>
    public void EnlargeBuffer(int bytes)
    {
        if (!SetOption(Libc.LevelSocket, Libc.ReceiveBufferForce, bytes)) SetOption(Libc.LevelSocket, Libc.ReceiveBuffer, bytes);
    }

    /// <summary>Joins a multicast group. False where the kernel has none of that number or refuses it.</summary>
    public bool TryJoin(int group) => SetOption(Libc.LevelNetlink, Libc.AddMembership, group);

    /// <summary>Also receives from every namespace that has an id here (NETLINK_LISTEN_ALL_NSID). False without CAP_NET_BROADCAST.</summary>
    public bool TryListenToAllNamespaces() => SetOption(Libc.LevelNetlink, Libc.ListenAllNamespaceIds, 1);

    /// <summary>Has requests checked strictly and errors explained, where the kernel can.</summary>
    public void CheckStrictly()
    {
        SetOption(Libc.LevelNetlink, Libc.StrictCheck, 1);
        SetOption(Libc.LevelNetlink, Libc.ExtendedAck, 1);
    }

    /// <summary>Gives up receiving on a blocking socket after so many seconds.</summary>
    public void LimitWaiting(int seconds)
    {
        var time = stackalloc nint[2] { seconds, 0 };
        _ = Libc.SetSocketOption(Descriptor, Libc.LevelSocket, Libc.ReceiveTimeout, time, 2 * sizeof(nint));
    }

    /// <summary>Sends one request to the kernel.</summary>
    public bool TrySend(ReadOnlySpan<byte> request)
    {
        fixed (byte* bytes = request)
        {
            return Libc.Send(Descriptor, bytes, request.Length, 0) == request.Length;
        }
    }

    /// <summary>Receives one datagram. Returns its length, or -1 with the thread's last error.</summary>
    public int Receive(Span<byte> buffer)
    {
        fixed (byte* bytes = buffer)
        {
            return (int)Libc.Receive(Descriptor, bytes, buffer.Length, 0);
        }
    }

    /// <summary>Messages that the kernel dropped at this socket since the last call (SO_MEMINFO, the Drops of /proc/net/netlink).</summary>
    public long TakeDrops()
    {
        var values = stackalloc uint[MemoryInfoLength];
        var length = MemoryInfoLength * sizeof(uint);
        if (Libc.GetSocketOption(Descriptor, Libc.LevelSocket, Libc.MemoryInfo, values, &length) != 0 || length < MemoryInfoLength * sizeof(uint)) return 0;
        var drops = values[MemoryInfoDrops] - _lastDrops;
        _lastDrops = values[MemoryInfoDrops];
        return drops;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (Descriptor < 0) return;
        _ = Libc.Close(Descriptor);
        Descriptor = -1;
    }

    private bool SetOption(int level, int option, int value) => Libc.SetSocketOption(Descriptor, level, option, &value, sizeof(int)) == 0;

    private int GetOption(int level, int option)
    {
        int value = 0, length = sizeof(int);
        return Libc.GetSocketOption(Descriptor, level, option, &value, &length) == 0 ? value : 0;
    }
}
