using System.Runtime.InteropServices;

namespace Wirehook.EventHooks.Running;

/// <summary>A file descriptor with one owner, closed once.</summary>
internal sealed unsafe class Descriptor(int value) : IDisposable
{
    private int _value = value;

    /// <summary>The number; -1 after <see cref="Dispose"/>.</summary>
    public int Value => Volatile.Read(ref _value);

    /// <summary>Whether there is one.</summary>
    public bool IsOpen => Value >= 0;

    /// <summary>Opens a file; check <see cref="IsOpen"/>.</summary>
    public static Descriptor Open(string path, int flags) => new(Libc.Open(path, flags | Libc.OpenCloseOnExec));

    /// <summary>An event counter whose reading end never blocks.</summary>
    public static Descriptor CreateEvent() => new(Libc.CreateEvent(0, Libc.OpenCloseOnExec | Libc.OpenNonBlocking));

    /// <summary>Makes an event counter readable; on a closed one nothing happens.</summary>
    public void Signal()
    {
        ulong one = 1;
        if (IsOpen) _ = Libc.Write(Value, &one, sizeof(ulong));
    }

    /// <summary>Makes an event counter unreadable again.</summary>
    public void Reset()
    {
        ulong value;
        _ = Libc.Read(Value, &value, sizeof(ulong));
    }

    /// <summary>Reads once; as read(2), with -1 and the error in <see cref="Marshal.GetLastPInvokeError"/>.</summary>
    public int Read(Span<byte> buffer)
    {
        fixed (byte* start = buffer) return (int)Libc.Read(Value, start, buffer.Length);
    }

    /// <summary>Writes everything; false when the other side refuses or stays full for longer than the time given.</summary>
    public bool WriteAll(ReadOnlySpan<byte> bytes, int patienceMilliseconds)
    {
        while (bytes.Length > 0)
        {
            nint written;
            fixed (byte* start = bytes) written = Libc.Write(Value, start, bytes.Length);
            if (written > 0) bytes = bytes[(int)written..];
            else if (Marshal.GetLastPInvokeError() is not (Libc.Again or Libc.Interrupted)) return false;
            else if (!WaitFor(Libc.PollOut, patienceMilliseconds)) return false;
        }
        return true;
    }

    /// <summary>Waits until it is ready.</summary>
    public bool WaitFor(short events, int timeoutMilliseconds)
    {
        var waiting = new Libc.PollDescriptor { Descriptor = Value, Events = events };
        return Libc.Poll(&waiting, 1, timeoutMilliseconds) > 0;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        var value = Interlocked.Exchange(ref _value, -1);
        if (value >= 0) _ = Libc.Close(value);
    }
}
