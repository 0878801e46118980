using System.Runtime.ExceptionServices;

namespace Wirehook.Scripting;

/// <summary>
/// The thread that owns the scripts. Capture hands it batches of events through a bounded queue; everything else that concerns
/// the scripts, such as loading one, is done between two batches.
/// </summary>
/// <remarks>Any thread may fill and submit batches, each its own; <see cref="Invoke{T}"/> may be called from any thread but the lane's own.</remarks>
public sealed class ScriptLane : IDisposable
{
    // Deep recursion in a script must end at the engine's own limit, not at the end of the thread's stack.
    private const int StackBytes = 64 << 20;
    private readonly LaneOptions _options;
    private readonly ScriptHost _host;
    private readonly LaneBacklog _backlog;
    private readonly Thread _thread;
    private readonly Lock _poolLock = new();
    private readonly object _gate = new();
    private readonly Queue<EventBatch> _batches = new();
    private readonly Queue<Action> _commands = new();
    private readonly Stack<EventBatch> _pool = new();
    private DroppedEvents _dropped;
    private bool _completing;
    private ExceptionDispatchInfo? _fault;

    /// <summary>Starts the lane's thread.</summary>
    /// <param name="host">The scripts; from now on only the lane uses it.</param>
    /// <param name="options">The policy for a full queue.</param>
    public ScriptLane(ScriptHost host, LaneOptions options)
    {
        (_host, _options) = (host, options);
        _backlog = new LaneBacklog(options.Capacity);
        _thread = new Thread(Work, StackBytes) { Name = "scripts", IsBackground = true };
        _thread.Start();
    }

    /// <summary>Whether any script has an <c>onPacketCaptured</c>: without one, packets need not be submitted.</summary>
    public bool WantsPackets => _host.WantsPackets;

    /// <summary>Whether any script has an <c>onItemCaptured</c>: without one, items need not be submitted.</summary>
    public bool WantsItems => _host.WantsItems;

    /// <summary>Whether any script has an <c>onNetworkEvent</c>: without one, network events need not be submitted.</summary>
    public bool WantsNetworkEvents => _host.WantsNetworkEvents;

    /// <summary>Whether a good part of the queue is in use: who has little to submit had better gather more first.</summary>
    public bool IsBehind => _backlog.Level > 0;

    /// <summary>An empty batch to fill.</summary>
    public EventBatch Rent()
    {
        lock (_poolLock)
        {
            return _pool.TryPop(out var batch) ? batch : new EventBatch();
        }
    }

    /// <summary>Hands over a batch, which the caller must not use any more. Waits while the queue is full, or drops the batch and counts it, as the policy says.</summary>
    /// <returns>Whether the scripts get the batch; false where it was dropped.</returns>
    public bool Submit(EventBatch batch)
    {
        lock (_gate)
        {
            if (_options.Policy == LanePolicy.Wait)
                while (_batches.Count >= _options.Capacity && _fault is null) Monitor.Wait(_gate);
            _fault?.Throw();
            if (_batches.Count < _options.Capacity)
            {
                (batch.Dropped, _dropped) = (_dropped, default);
                _batches.Enqueue(batch);
                _backlog.Queued = _batches.Count;
                Monitor.PulseAll(_gate);
                return true;
            }

            _dropped = _dropped.And(batch);
        }

        Recycle(batch);
        return false;
    }

    /// <summary>Does something with the scripts on the lane's thread, after the batch that runs now, and waits for it.</summary>
    /// <exception cref="ObjectDisposedException">The lane has ended.</exception>
    public T Invoke<T>(Func<ScriptHost, T> action)
    {
        T result = default!;
        ExceptionDispatchInfo? failure = null;
        using var done = new ManualResetEventSlim();
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_completing, this);
            _fault?.Throw();
            _commands.Enqueue(() =>
            {
                try
                {
                    result = action(_host);
                }
                catch (Exception e)
                {
                    failure = ExceptionDispatchInfo.Capture(e);
                }

                done.Set();
            });
            Monitor.PulseAll(_gate);
        }

        done.Wait();
        failure?.Throw();
        return result;
    }

    /// <summary>Waits until the scripts have seen everything that was submitted, then ends the lane. The host may be read afterwards.</summary>
    public void Complete()
    {
        lock (_gate)
        {
            _completing = true;
            Monitor.PulseAll(_gate);
        }

        _thread.Join();
        _fault?.Throw();
    }

    /// <summary>Ends the lane as <see cref="Complete"/> does, without reporting a fault.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _completing = true;
            Monitor.PulseAll(_gate);
        }

        _thread.Join();
    }

    private void Work()
    {
        try
        {
            while (Take(out var command, out var batch))
            {
                if (command is not null) command();
                else if (batch is not null) Run(batch);
                else _host.AdvanceLiveClock();
            }

            _host.CountDropped(_dropped);
            _host.Finish();
        }
        catch (Exception e)
        {
            lock (_gate)
            {
                _fault = ExceptionDispatchInfo.Capture(e);
                while (_commands.TryDequeue(out var command)) command();
                Monitor.PulseAll(_gate);
            }
        }
    }

    /// <summary>Takes the next command, or batch, or (with neither) the tick of a job that is due. False at the end.</summary>
    private bool Take(out Action? command, out EventBatch? batch)
    {
        (command, batch) = (null, null);
        lock (_gate)
        {
            while (_commands.Count == 0 && _batches.Count == 0 && !_completing)
                if (!Monitor.Wait(_gate, _host.UntilLiveJobIsDue())) return true;
            if (_commands.TryDequeue(out command)) return true;
            if (!_batches.TryDequeue(out batch)) return false;
            _backlog.Queued = _batches.Count;
            Monitor.PulseAll(_gate);
            return true;
        }
    }

    private void Run(EventBatch batch)
    {
        _host.Run(batch, _options.Policy == LanePolicy.Drop ? _backlog : null);
        _options.Completed?.Invoke(batch);
        Recycle(batch);
    }

    private void Recycle(EventBatch batch)
    {
        batch.Clear();
        lock (_poolLock)
        {
            if (_pool.Count <= _options.Capacity) _pool.Push(batch);
        }
    }
}
