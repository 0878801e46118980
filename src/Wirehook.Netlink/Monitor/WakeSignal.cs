namespace Wirehook.Netlink.Monitor;

/// <summary>Wakes a thread that polls descriptors (eventfd).</summary>
internal sealed unsafe class WakeSignal : IDisposable
{
    private readonly object _gate = new();
    private bool _closed;

    /// <summary>Opens it.</summary>
    /// <exception cref="MonitorException">No more descriptors.</exception>
    public WakeSignal()
    {
        Descriptor = Libc.EventDescriptor(0, Libc.NonBlocking | Libc.CloseOnExec);
        if (Descriptor < 0) throw MonitorErrors.System("an eventfd cannot be opened");
    }

    /// <summary>Readable while the signal is set.</summary>
    public int Descriptor { get; }

    /// <summary>Sets the signal; from any thread, also after it was closed.</summary>
    public void Set()
    {
        var one = 1UL;
        lock (_gate)
        {
            if (!_closed) _ = Libc.Write(Descriptor, &one, sizeof(ulong));
        }
    }

    /// <summary>Clears the signal.</summary>
    public void Clear()
    {
        ulong count;
        _ = Libc.Read(Descriptor, &count, sizeof(ulong));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
        {
            if (_closed) return;
            _closed = true;
            _ = Libc.Close(Descriptor);
        }
    }
}
