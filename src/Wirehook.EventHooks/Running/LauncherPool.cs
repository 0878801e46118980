namespace Wirehook.EventHooks.Running;

/// <summary>A few launchers that wait for programs, replaced as they are used.</summary>
internal sealed class LauncherPool : IDisposable
{
    private readonly ChildTable _children;
    private readonly CgroupTree? _cgroups;
    private readonly int _size;
    private readonly Lock _lock = new();
    private readonly Queue<ParkedLauncher> _waiting = new();
    private int _refilling;
    private bool? _isUsable;
    private bool _closed;

    /// <summary>Starts launchers.</summary>
    /// <param name="children">Where they are waited for.</param>
    /// <param name="cgroups">Where their cgroups are made; null for none.</param>
    /// <param name="size">How many wait.</param>
    public LauncherPool(ChildTable children, CgroupTree? cgroups, int size)
    {
        (_children, _cgroups, _size) = (children, cgroups, size);
        Refill();
    }

    /// <summary>The launcher that has waited longest; null where none does.</summary>
    public ParkedLauncher? Take()
    {
        while (true)
        {
            ParkedLauncher? launcher;
            lock (_lock)
            {
                _waiting.TryDequeue(out launcher);
            }
            if (launcher is null) Refill();
            if (launcher is null || launcher.IsWaiting()) return launcher;
            Discard(launcher);
        }
    }

    /// <summary>The process ids of the launchers that wait.</summary>
    public List<int> Processes
    {
        get { lock (_lock) return _waiting.Select(launcher => launcher.Process).ToList(); }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_lock)
        {
            _closed = true;
            foreach (var launcher in _waiting) Discard(launcher);
            _waiting.Clear();
        }
    }

    private static void Discard(ParkedLauncher launcher)
    {
        launcher.Dispose();
        launcher.Scope?.Ended();
        launcher.Scope?.Release();
    }

    /// <summary>Replaces what has been taken, on another thread; by itself as soon as a launcher has become a program.</summary>
    private void Refill()
    {
        if (_size > 0 && Interlocked.Exchange(ref _refilling, 1) == 0) ThreadPool.UnsafeQueueUserWorkItem(static pool => pool.Fill(), this, false);
    }

    private void Fill()
    {
        Volatile.Write(ref _refilling, 0);
        while (TryAdd())
        {
        }
    }

    private bool TryAdd()
    {
        lock (_lock)
        {
            if (_closed || _waiting.Count >= _size) return false;
            if (!(_isUsable ??= ParkedLauncher.CanBeUsed(_children))) return false;
            var scope = _cgroups?.Rent();
            if (_cgroups is not null && scope is null) return false;
            var launcher = ParkedLauncher.Park(_children, scope, Refill);
            if (launcher is null) scope?.Release();
            else _waiting.Enqueue(launcher);
            return launcher is not null;
        }
    }
}
