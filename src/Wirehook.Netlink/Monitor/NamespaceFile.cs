using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace Wirehook.Netlink.Monitor;

/// <summary>An open file that stands for a network namespace, and keeps it alive while open.</summary>
internal sealed class NamespaceFile : IDisposable
{
    /// <summary>The namespace of the calling thread.</summary>
    public const string OfThisThread = "/proc/thread-self/ns/net";

    private const int ReadOnly = 0;

    private NamespaceFile(int descriptor, ulong inode)
    {
        (Descriptor, Inode) = (descriptor, inode);
    }

    /// <summary>The file descriptor.</summary>
    public int Descriptor { get; private set; }

    /// <summary>The inode, the same for every file of one namespace and for no other while it lives.</summary>
    public ulong Inode { get; }

    /// <summary>Opens a file. Null where it cannot be opened, with the thread's last error, or is no network namespace, with error 0.</summary>
    public static NamespaceFile? TryOpen(string path)
    {
        var descriptor = Libc.Open(path, ReadOnly | Libc.CloseOnExec | Libc.NonBlocking);
        if (descriptor < 0) return null;
        if (Libc.Ioctl(descriptor, Libc.IoctlNamespaceType, 0) == Libc.NetworkNamespace && InodeOf(descriptor) is > 0 and var inode) return new NamespaceFile(descriptor, inode);
        _ = Libc.Close(descriptor);
        Marshal.SetLastPInvokeError(0);
        return null;
    }

    /// <summary>The inode that a link under /proc tells (<c>net:[4026531840]</c>); null where it is no link to a network namespace, or may not be read.</summary>
    public static unsafe ulong? InodeOf(string link)
    {
        var target = stackalloc byte[64];
        var length = Libc.ReadLink(link, target, 64);
        if (length < 7) return null;
        var text = Encoding.ASCII.GetString(target, (int)length);
        if (!text.StartsWith("net:[", StringComparison.Ordinal) || text[^1] != ']') return null;
        return ulong.TryParse(text.AsSpan(5, text.Length - 6), NumberStyles.None, CultureInfo.InvariantCulture, out var inode) ? inode : null;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (Descriptor < 0) return;
        _ = Libc.Close(Descriptor);
        Descriptor = -1;
    }

    private static unsafe ulong InodeOf(int descriptor)
    {
        // struct stat begins with device and inode, of 64 bits each, on every 64-bit machine; it is never longer than this.
        var status = stackalloc ulong[32];
        return Libc.FileStatus(descriptor, status) == 0 ? status[1] : 0;
    }
}
