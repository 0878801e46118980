using System.Runtime.InteropServices;

namespace Wirehook.EventHooks.Running;

/// <summary>The system calls that start, watch and end processes; values from the kernel's and glibc's headers, equal on x86-64 and arm64.</summary>
internal static unsafe partial class Libc
{
    public const int SignalKill = 9;
    public const int SignalTerminate = 15;
    public const int Interrupted = 4;
    public const int Again = 11;
    public const int OpenReadOnly = 0;
    public const int OpenWriteOnly = 1;
    public const int OpenNonBlocking = 0x800;
    public const int OpenCloseOnExec = 0x80000;
    public const int OpenPath = 0x200000;
    public const int EmptyPath = 0x1000;
    public const int CurrentDirectory = -100;
    public const int DuplicateCloseOnExec = 1030;
    public const int SetFlags = 4;
    public const int NoHang = 1;
    public const int SetChildSubreaper = 36;
    public const int ClockBootTime = 7;
    public const short PollIn = 1;
    public const short PollOut = 4;
    public const short SpawnSignalDefaults = 0x04;
    public const short SpawnSignalMask = 0x08;
    public const short SpawnNewSession = 0x80;

    private const string Library = "libc";
    private const nint PidfdSendSignalNumber = 424;
    private const nint PidfdOpenNumber = 434;

    /// <summary>One descriptor that <see cref="Poll"/> waits for; a negative one is skipped.</summary>
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

    /// <summary>Seconds and a fraction: microseconds in <c>struct timeval</c>, nanoseconds in <c>struct timespec</c>.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct KernelTime
    {
        /// <summary>Whole seconds.</summary>
        public long Seconds;

        /// <summary>The fraction.</summary>
        public long Fraction;
    }

    /// <summary><c>struct rusage</c>: what a process and its children that it waited for have used.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct ResourceUsage
    {
        /// <summary>Time in the program.</summary>
        public KernelTime User;

        /// <summary>Time in the kernel.</summary>
        public KernelTime System;

        private fixed long _rest[14];
    }

    /// <summary>The head of <c>struct statx</c> (linux/stat.h), whose layout is the same everywhere.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 256)]
    public struct FileStatus
    {
        /// <summary>Owner.</summary>
        [FieldOffset(20)]
        public uint User;

        /// <summary>Type and permission bits.</summary>
        [FieldOffset(28)]
        public ushort Mode;
    }

    /// <summary><c>struct passwd</c> (pwd.h).</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct PasswordEntry
    {
        /// <summary>Login name.</summary>
        public byte* Name;

        private byte* _password;

        /// <summary>User id.</summary>
        public uint User;

        /// <summary>Primary group.</summary>
        public uint Group;

        private byte* _comment;
        private byte* _home;
        private byte* _shell;
    }

    [LibraryImport(Library, EntryPoint = "close")]
    public static partial int Close(int descriptor);

    [LibraryImport(Library, EntryPoint = "read", SetLastError = true)]
    public static partial nint Read(int descriptor, void* buffer, nint count);

    [LibraryImport(Library, EntryPoint = "write", SetLastError = true)]
    public static partial nint Write(int descriptor, void* buffer, nint count);

    [LibraryImport(Library, EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Open(string path, int flags);

    [LibraryImport(Library, EntryPoint = "openat", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int OpenAt(int directory, string name, int flags);

    [LibraryImport(Library, EntryPoint = "statx", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Status(int directory, string name, int flags, uint mask, FileStatus* status);

    [LibraryImport(Library, EntryPoint = "readlinkat", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint ReadLinkAt(int directory, string name, byte* buffer, nint size);

    [LibraryImport(Library, EntryPoint = "fchown", SetLastError = true)]
    public static partial int ChangeOwner(int descriptor, uint user, uint group);

    [LibraryImport(Library, EntryPoint = "fcntl", SetLastError = true)]
    public static partial int Control(int descriptor, int command, nint argument);

    [LibraryImport(Library, EntryPoint = "pipe2", SetLastError = true)]
    public static partial int Pipe(int* descriptors, int flags);

    [LibraryImport(Library, EntryPoint = "memfd_create", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int CreateMemoryFile(string name, uint flags);

    [LibraryImport(Library, EntryPoint = "eventfd", SetLastError = true)]
    public static partial int CreateEvent(uint value, int flags);

    [LibraryImport(Library, EntryPoint = "poll", SetLastError = true)]
    public static partial int Poll(PollDescriptor* descriptors, nuint count, int timeoutMilliseconds);

    [LibraryImport(Library, EntryPoint = "kill", SetLastError = true)]
    public static partial int Kill(int process, int signal);

    [LibraryImport(Library, EntryPoint = "wait4", SetLastError = true)]
    public static partial int Wait(int process, int* status, int options, ResourceUsage* usage);

    [LibraryImport(Library, EntryPoint = "getsid")]
    public static partial int SessionOf(int process);

    [LibraryImport(Library, EntryPoint = "geteuid")]
    public static partial uint EffectiveUser();

    [LibraryImport(Library, EntryPoint = "prctl", SetLastError = true)]
    public static partial int ProcessControl(int option, nuint a, nuint b, nuint c, nuint d);

    [LibraryImport(Library, EntryPoint = "clock_gettime", SetLastError = true)]
    public static partial int Clock(int clock, KernelTime* time);

    [LibraryImport(Library, EntryPoint = "getpwnam_r", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int UserByName(string name, PasswordEntry* entry, byte* buffer, nuint size, PasswordEntry** found);

    [LibraryImport(Library, EntryPoint = "getpwuid_r")]
    public static partial int UserByNumber(uint user, PasswordEntry* entry, byte* buffer, nuint size, PasswordEntry** found);

    [LibraryImport(Library, EntryPoint = "posix_spawn_file_actions_init")]
    public static partial int FileActionsCreate(void* actions);

    [LibraryImport(Library, EntryPoint = "posix_spawn_file_actions_destroy")]
    public static partial int FileActionsDestroy(void* actions);

    [LibraryImport(Library, EntryPoint = "posix_spawn_file_actions_adddup2")]
    public static partial int FileActionsDuplicate(void* actions, int from, int to);

    [LibraryImport(Library, EntryPoint = "posix_spawn_file_actions_addclosefrom_np")]
    public static partial int FileActionsCloseFrom(void* actions, int first);

    [LibraryImport(Library, EntryPoint = "posix_spawn_file_actions_addchdir_np", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int FileActionsChangeDirectory(void* actions, string path);

    [LibraryImport(Library, EntryPoint = "posix_spawnattr_init")]
    public static partial int AttributesCreate(void* attributes);

    [LibraryImport(Library, EntryPoint = "posix_spawnattr_destroy")]
    public static partial int AttributesDestroy(void* attributes);

    [LibraryImport(Library, EntryPoint = "posix_spawnattr_setflags")]
    public static partial int AttributesFlags(void* attributes, short flags);

    [LibraryImport(Library, EntryPoint = "posix_spawnattr_setsigmask")]
    public static partial int AttributesSignalMask(void* attributes, void* set);

    [LibraryImport(Library, EntryPoint = "posix_spawnattr_setsigdefault")]
    public static partial int AttributesSignalDefaults(void* attributes, void* set);

    [LibraryImport(Library, EntryPoint = "posix_spawn", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Spawn(int* process, string path, void* actions, void* attributes, byte** arguments, byte** environment);

    /// <summary>A descriptor that becomes readable when the process ends; negative on failure. Close-on-exec by itself.</summary>
    public static int OpenProcess(int process) => (int)SystemCall(PidfdOpenNumber, process, 0, 0, 0);

    /// <summary>Sends a signal to exactly the process that the descriptor stands for.</summary>
    public static int SignalProcess(int processDescriptor, int signal) => (int)SystemCall(PidfdSendSignalNumber, processDescriptor, signal, 0, 0);

    [LibraryImport(Library, EntryPoint = "syscall", SetLastError = true)]
    private static partial nint SystemCall(nint number, nint a, nint b, nint c, nint d);

    /// <summary>The text of the last error of a call in this class.</summary>
    public static string LastError() => Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError());
}
