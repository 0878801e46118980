using System.Runtime.InteropServices;

namespace Wirehook.Netlink.Monitor;

/// <summary>The system calls of netlink sockets and namespaces (netlink(7), setns(2), linux/netlink.h, linux/sock_diag.h).</summary>
internal static unsafe partial class Libc
{
    public const int AddressFamilyNetlink = 16;
    public const int SocketRaw = 3;
    public const int NonBlocking = 0x800;
    public const int CloseOnExec = 0x80000;
    public const int LevelSocket = 1;
    public const int ReceiveBuffer = 8;
    public const int ReceiveTimeout = 20;
    public const int ReceiveBufferForce = 33;
    public const int MemoryInfo = 55;
    public const int LevelNetlink = 270;
    public const int AddMembership = 1;
    public const int ListenAllNamespaceIds = 8;
    public const int ExtendedAck = 11;
    public const int StrictCheck = 12;
    public const int DoNotWait = 0x40;
    public const int Truncated = 0x20;
    public const int Interrupted = 4;
    public const int TryAgain = 11;
    public const int NoBufferSpace = 105;
    public const int NetworkNamespace = 0x40000000;
    public const short PollIn = 1;
    public const nuint IoctlSocketNamespace = 0x894C;
    public const nuint IoctlNamespaceType = 0xB703;
    public const uint NotifyCreate = 0x100;
    public const uint NotifyDelete = 0x200;
    public const uint NotifyMovedFrom = 0x40;
    public const uint NotifyMovedTo = 0x80;
    private const string Library = "libc";

    /// <summary>struct sockaddr_nl.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct NetlinkAddress
    {
        /// <summary>AF_NETLINK.</summary>
        public ushort Family;

        /// <summary>Zero.</summary>
        public ushort Padding;

        /// <summary>The port; 0 is the kernel.</summary>
        public uint Port;

        /// <summary>A mask of multicast groups.</summary>
        public uint Groups;
    }

    /// <summary>struct iovec.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct Buffer
    {
        /// <summary>First byte.</summary>
        public void* Start;

        /// <summary>Bytes.</summary>
        public nuint Length;
    }

    /// <summary>struct mmsghdr: struct msghdr, and the bytes that were received.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct MessageHeader
    {
        /// <summary>Where the sender's address goes.</summary>
        public NetlinkAddress* Name;

        /// <summary>Room there.</summary>
        public uint NameLength;

        /// <summary>The buffers.</summary>
        public Buffer* Buffers;

        /// <summary>How many.</summary>
        public nuint BufferCount;

        /// <summary>Where control messages go.</summary>
        public byte* Control;

        /// <summary>Room there.</summary>
        public nuint ControlLength;

        /// <summary>What the kernel says, such as MSG_TRUNC.</summary>
        public int Flags;

        /// <summary>Aligns what follows, as on every 64-bit machine.</summary>
        public int Padding;

        /// <summary>Bytes received.</summary>
        public uint Length;
    }

    /// <summary>struct pollfd.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct PollDescriptor
    {
        /// <summary>The descriptor.</summary>
        public int Descriptor;

        /// <summary>What to wait for.</summary>
        public short Events;

        /// <summary>What happened.</summary>
        public short Returned;
    }

    [LibraryImport(Library, EntryPoint = "socket", SetLastError = true)]
    public static partial int Socket(int family, int type, int protocol);

    [LibraryImport(Library, EntryPoint = "bind", SetLastError = true)]
    public static partial int Bind(int descriptor, NetlinkAddress* address, int length);

    [LibraryImport(Library, EntryPoint = "close")]
    public static partial int Close(int descriptor);

    [LibraryImport(Library, EntryPoint = "setsockopt", SetLastError = true)]
    public static partial int SetSocketOption(int descriptor, int level, int option, void* value, int length);

    [LibraryImport(Library, EntryPoint = "getsockopt", SetLastError = true)]
    public static partial int GetSocketOption(int descriptor, int level, int option, void* value, int* length);

    [LibraryImport(Library, EntryPoint = "send", SetLastError = true)]
    public static partial nint Send(int descriptor, byte* bytes, nint length, int flags);

    [LibraryImport(Library, EntryPoint = "recv", SetLastError = true)]
    public static partial nint Receive(int descriptor, byte* bytes, nint length, int flags);

    [LibraryImport(Library, EntryPoint = "recvmmsg", SetLastError = true)]
    public static partial int ReceiveMany(int descriptor, MessageHeader* messages, uint count, int flags, void* timeout);

    [LibraryImport(Library, EntryPoint = "poll", SetLastError = true)]
    public static partial int Poll(PollDescriptor* descriptors, nuint count, int timeoutMilliseconds);

    [LibraryImport(Library, EntryPoint = "eventfd", SetLastError = true)]
    public static partial int EventDescriptor(uint initial, int flags);

    [LibraryImport(Library, EntryPoint = "read", SetLastError = true)]
    public static partial nint Read(int descriptor, void* bytes, nint length);

    [LibraryImport(Library, EntryPoint = "write", SetLastError = true)]
    public static partial nint Write(int descriptor, void* bytes, nint length);

    [LibraryImport(Library, EntryPoint = "ioctl", SetLastError = true)]
    public static partial int Ioctl(int descriptor, nuint request, nint argument);

    [LibraryImport(Library, EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Open(string path, int flags);

    [LibraryImport(Library, EntryPoint = "fstat", SetLastError = true)]
    public static partial int FileStatus(int descriptor, void* status);

    [LibraryImport(Library, EntryPoint = "readlink", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint ReadLink(string path, byte* target, nint length);

    [LibraryImport(Library, EntryPoint = "setns", SetLastError = true)]
    public static partial int EnterNamespace(int descriptor, int type);

    [LibraryImport(Library, EntryPoint = "inotify_init1", SetLastError = true)]
    public static partial int NotifyOpen(int flags);

    [LibraryImport(Library, EntryPoint = "inotify_add_watch", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int NotifyWatch(int descriptor, string path, uint mask);

    [LibraryImport(Library, EntryPoint = "syscall", SetLastError = true)]
    public static partial nint SystemCall(nint number, nint first, nint second);
}
