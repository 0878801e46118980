using System.Runtime.InteropServices;

namespace Wirehook.Cli.Output;

/// <summary>Writes files that whoever reads them finds whole, even after a kill.</summary>
internal static partial class WholeFile
{
    private const int CurrentDirectory = -100;
    private const uint TypeOnly = 1;
    private const int TypeMask = 0xF000;
    private const int RegularFile = 0x8000;

    /// <summary>
    /// Writes <paramref name="content"/> beside the file and moves it over it. What is no file, such as <c>/dev/null</c>, <c>/dev/stderr</c> or a pipe, is
    /// written to instead: moved over, it would be gone. A link goes on pointing where it does.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="content">All that it is to hold.</param>
    /// <exception cref="IOException">It cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    public static void Write(string path, ReadOnlySpan<byte> content)
    {
        if (IsNoFile(path))
        {
            using var open = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
            open.Write(content);
            return;
        }

        var target = new FileInfo(path).LinkTarget is null ? path : File.ResolveLinkTarget(path, returnFinalTarget: true)!.FullName;
        var written = $"{target}.{Environment.ProcessId}.tmp";
        File.WriteAllBytes(written, content);
        File.Move(written, target, overwrite: true);
    }

    private static bool IsNoFile(string path) => ReadStatus(CurrentDirectory, path, 0, TypeOnly, out var status) == 0 && (status.Mode & TypeMask) != RegularFile;

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int ReadStatus(int directory, string path, int flags, uint mask, out FileStatus status);

    /// <summary>The head of <c>struct statx</c> (linux/stat.h), whose layout is the same everywhere.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 256)]
    private struct FileStatus
    {
        /// <summary>Type and permission bits.</summary>
        [FieldOffset(28)]
        public ushort Mode;
    }
}
