using System.Runtime.InteropServices;

namespace Wirehook.Cli.Output;

/// <summary>The process's standard output.</summary>
internal static partial class StandardOutput
{
    private const int Descriptor = 1;
    private const short PollError = 8;

    /// <summary>Whether it is a pipe whose reader went away. Writing does not tell: .NET ignores a broken pipe at the console.</summary>
    public static unsafe bool IsClosed
    {
        get
        {
            var polled = new PollDescriptor { Descriptor = Descriptor };
            return Poll(&polled, 1, 0) > 0 && (polled.Returned & PollError) != 0;
        }
    }

    [LibraryImport("libc", EntryPoint = "poll")]
    private static unsafe partial int Poll(PollDescriptor* descriptors, nuint count, int timeoutMilliseconds);

    [StructLayout(LayoutKind.Sequential)]
    private struct PollDescriptor
    {
        public int Descriptor;
        public short Events;
        public short Returned;
    }
}
