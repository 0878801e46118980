using Wirehook.Netlink.Codec;
using Wirehook.Netlink.State;

namespace Wirehook.Netlink.Monitor;

/// <summary>The dumps of one protocol in one namespace, one after the other: numbers the requests, and decides whether what failed is tried again. Does no I/O.</summary>
internal sealed class DumpRunner(Random jitter)
{
    /// <summary>After so long without an answer a dump counts as failed.</summary>
    internal static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private const int MostAttempts = 20;
    private const int NotPermitted = 1;
    private const int AccessDenied = 13;
    private const int InvalidArgument = 22;
    private const int NotSupported = 95;
    private readonly Queue<Job> _waiting = new();
    private Job? _current;
    private bool _isRunning;
    private uint _sequence;
    private TimeSpan _notBefore;
    private TimeSpan _begun;
    private TimeSpan _progress;

    /// <summary>Whether nothing runs and nothing waits.</summary>
    public bool IsIdle => _current is null && _waiting.Count == 0;

    /// <summary>Whether a request was sent whose answer is not complete.</summary>
    public bool IsRunning => _isRunning;

    /// <summary>When there is something to do without the kernel; null for never.</summary>
    public TimeSpan? Deadline => _isRunning ? _progress + Patience : IsIdle ? null : _notBefore;

    /// <summary>Adds a dump behind the others.</summary>
    /// <param name="request">The whole message; numbered when it is sent.</param>
    /// <param name="isAudit">Whether the engine asks again by itself when it fails.</param>
    public void Enqueue(byte[] request, bool isAudit = false) => _waiting.Enqueue(new Job(request, isAudit));

    /// <summary>Forgets what waits and does not try again what runs.</summary>
    public void Cancel()
    {
        _waiting.Clear();
        (_current, _isRunning) = (null, false);
    }

    /// <summary>The request to send now, if it is time for one.</summary>
    public bool TryBegin(TimeSpan now, out ReadOnlySpan<byte> request)
    {
        request = default;
        if (_isRunning || now < _notBefore) return false;
        if (_current is null && !_waiting.TryDequeue(out _current)) return false;
        NetlinkRequest.SetSequence(_current.Request, ++_sequence);
        _current.Attempts++;
        (_isRunning, _begun, _progress) = (true, now, now);
        request = _current.Request;
        return true;
    }

    /// <summary>A part of the answer came.</summary>
    public void Progress(TimeSpan now) => _progress = now;

    /// <summary>Whether the kernel has been silent for too long.</summary>
    public bool IsOverdue(TimeSpan now) => _isRunning && now - _progress >= Patience;

    /// <summary>The dump ended.</summary>
    /// <param name="outcome">How.</param>
    /// <param name="error">The error number; 0 for none.</param>
    /// <param name="now">Monotonic time.</param>
    /// <returns>What becomes of it.</returns>
    public DumpEnd Finish(DumpOutcome outcome, int error, TimeSpan now)
    {
        _isRunning = false;
        if (_current is not { } job) return default;
        var isRefused = error is NotPermitted or AccessDenied or InvalidArgument or NotSupported;
        if (outcome != DumpOutcome.Complete && !isRefused && !job.IsAudit && job.Attempts < MostAttempts)
        {
            // Tried again at once it would most likely meet the same burst of changes.
            _notBefore = now + TimeSpan.FromMilliseconds(job.Attempts * jitter.Next(5, 20));
            return default;
        }

        _current = null;
        return new DumpEnd(true, outcome == DumpOutcome.Complete, job.IsAudit, now - _begun);
    }

    private sealed class Job(byte[] request, bool isAudit)
    {
        // Copied because numbering it changes it, and families share theirs.
        public byte[] Request { get; } = [.. request];

        public bool IsAudit { get; } = isAudit;

        public int Attempts { get; set; }
    }
}

/// <summary>What became of a dump.</summary>
/// <param name="IsFinal">Whether it is over; otherwise it is tried again.</param>
/// <param name="IsComplete">Whether it succeeded.</param>
/// <param name="IsAudit">Whether it was an audit.</param>
/// <param name="Took">Time of the last attempt.</param>
internal readonly record struct DumpEnd(bool IsFinal, bool IsComplete, bool IsAudit, TimeSpan Took);
