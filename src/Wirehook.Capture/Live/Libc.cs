using System.Runtime.InteropServices;

namespace Wirehook.Capture.Live;

/// <summary>The system calls of packet sockets (packet(7), and the kernel's packet_mmap document).</summary>
internal static unsafe partial class Libc
{
    public const int AddressFamilyPacket = 17;
    public const int SocketRaw = 3;
    public const int SocketDatagram = 2;
    public const int CloseOnExec = 0x80000;
    public const int LevelSocket = 1;
    public const int LevelPacket = 263;
    public const int SocketError = 4;
    public const int PacketAddMembership = 1;
    public const int PacketReceiveRing = 5;
    public const int PacketStatistics = 6;
    public const int PacketVersion = 10;
    public const int PacketReserve = 12;
    public const int TpacketVersion3 = 2;
    public const int PromiscuousMembership = 1;
    public const int ProtectionReadWrite = 3;
    public const int MapShared = 1;
    public const short PollIn = 1;
    public const short PollError = 8;
    public const nuint IoctlHardwareAddress = 0x8927;
    public const int NotPermitted = 1;
    public const int OutOfMemory = 12;
    public const int AccessDenied = 13;
    private const string Library = "libc";

    /// <summary>One descriptor that <see cref="Poll"/> waits for.</summary>
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

    [LibraryImport(Library, EntryPoint = "close")]
    public static partial int Close(int descriptor);

    [LibraryImport(Library, EntryPoint = "setsockopt", SetLastError = true)]
    public static partial int SetSocketOption(int descriptor, int level, int option, void* value, int length);

    [LibraryImport(Library, EntryPoint = "getsockopt", SetLastError = true)]
    public static partial int GetSocketOption(int descriptor, int level, int option, void* value, int* length);

    [LibraryImport(Library, EntryPoint = "bind", SetLastError = true)]
    public static partial int Bind(int descriptor, void* address, int length);

    [LibraryImport(Library, EntryPoint = "ioctl", SetLastError = true)]
    public static partial int Ioctl(int descriptor, nuint request, void* argument);

    [LibraryImport(Library, EntryPoint = "mmap", SetLastError = true)]
    public static partial nint Map(void* address, nuint length, int protection, int flags, int descriptor, nint offset);

    [LibraryImport(Library, EntryPoint = "munmap")]
    public static partial int Unmap(void* address, nuint length);

    [LibraryImport(Library, EntryPoint = "poll", SetLastError = true)]
    public static partial int Poll(PollDescriptor* descriptors, nuint count, int timeoutMilliseconds);

    [LibraryImport(Library, EntryPoint = "if_nametoindex", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial uint InterfaceIndex(string name);
}
