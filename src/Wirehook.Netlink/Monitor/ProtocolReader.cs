using System.Runtime.InteropServices;
using Wirehook.Netlink.State;

namespace Wirehook.Netlink.Monitor;

/// <summary>One protocol of one namespace: its listening socket, its dumps, its resyncs and audits. The reader's thread alone uses it.</summary>
internal sealed class ProtocolReader
{
    /// <summary>An audit may take a tenth of the time: so many times as long as it took, none follows.</summary>
    private const int AuditRest = 9;

    private readonly ReaderContext _context;
    private readonly NamespaceReader _owner;
    private readonly byte[][] _requests;
    private TimeSpan _nextAudit;
    private bool _isResyncing;

    /// <summary>The dumps of all families wait to be begun.</summary>
    public ProtocolReader(ReaderContext context, NamespaceReader owner, MonitorSocket monitor, NetlinkSocket? query)
    {
        (_context, _owner, Monitor, Query) = (context, owner, monitor, query);
        _requests = query is null ? [] : [.. monitor.Families.Where(f => f.IsCached).OrderBy(f => f.Name == "link" ? 0 : 1).SelectMany(f => f.Dumps)];
        EnqueueAll();
    }

    /// <summary>The netlink protocol.</summary>
    public int Protocol => Monitor.Socket.Protocol;

    /// <summary>The listening socket.</summary>
    public MonitorSocket Monitor { get; }

    /// <summary>The socket for dumps; null where there are none.</summary>
    public NetlinkSocket? Query { get; }

    /// <summary>The dumps.</summary>
    public DumpRunner Dumps { get; } = new(Random.Shared);

    /// <summary>When to compare everything again.</summary>
    public ResyncSchedule Resync { get; } = new();

    /// <summary>Whether the kernel dropped messages and this has not been told yet.</summary>
    public bool HasOverrun { get; set; }

    /// <summary>A part of an answer went through the engine.</summary>
    public void AnswerProcessed()
    {
        var outcome = _owner.State.LastDump(Protocol);
        if (!Dumps.IsRunning) return;
        if (outcome == DumpOutcome.Running) Dumps.Progress(_context.Now);
        else Finish(outcome, _owner.State.LastDumpError(Protocol));
    }

    /// <summary>Begins what it is time for.</summary>
    /// <param name="isDrained">Whether no announcement waits.</param>
    /// <returns>When there is something to do without the kernel; null for never.</returns>
    public TimeSpan? Proceed(bool isDrained)
    {
        var now = _context.Now;
        if (Dumps.IsOverdue(now)) Finish(DumpOutcome.Failed, 0);
        if (Resync.IsNeeded && !Dumps.IsRunning) Dumps.Cancel();
        if (Dumps.IsIdle && Resync.TryBegin(now)) BeginResync();
        if (isDrained && Dumps.IsIdle && !Resync.IsNeeded && now >= _nextAudit && Query is not null && TryTakeAudit(out var audit)) Dumps.Enqueue(audit, isAudit: true);
        if (Query is not null && Dumps.TryBegin(now, out var request)) Send(request);
        return Deadline();
    }

    private bool TryTakeAudit(out byte[] request)
    {
        request = [];
        return Protocol == Codec.NetlinkProtocol.Route && _context.Engine.TryTakeAudit(_owner.State, out request);
    }

    private void BeginResync()
    {
        EnqueueAll();
        _isResyncing = !Dumps.IsIdle;
    }

    private void EnqueueAll()
    {
        foreach (var request in _requests) Dumps.Enqueue(request);
    }

    private void Send(ReadOnlySpan<byte> request)
    {
        // The engine learns of the request before the kernel does: whatever is announced from here on prevails over the answer.
        _owner.Process(Protocol, request, _context.WallClock, outgoing: true);
        if (!Query!.TrySend(request)) Finish(DumpOutcome.Failed, Marshal.GetLastPInvokeError());
    }

    private void Finish(DumpOutcome outcome, int error)
    {
        var now = _context.Now;
        if (Resync.IsNeeded && outcome != DumpOutcome.Complete)
        {
            // More was lost meanwhile; the resync that is due asks for everything again.
            Dumps.Cancel();
            return;
        }

        var end = Dumps.Finish(outcome, error, now);
        if (!end.IsFinal) return;
        if (end.IsAudit) _nextAudit = now + (end.Took * AuditRest);
        else if (!end.IsComplete) GiveUp(error, now);
        if (!_isResyncing || !Dumps.IsIdle) return;
        _isResyncing = false;
        _context.Counters.AddResync();
    }

    private void GiveUp(int error, TimeSpan now)
    {
        _context.Counters.AddFailedDump();
        var reason = error == 0 ? "the kernel's state kept changing, or no answer came" : Marshal.GetPInvokeErrorMessage(error);
        _context.Notes.Add($"{_owner.State.Name}: a dump over netlink protocol {Protocol} failed ({reason}); what is known of it may be incomplete.");

        // After a loss the state stays unreliable until a dump succeeds; the schedule spaces the further tries.
        if (_owner.State.NeedsResync(Protocol)) Resync.Lost(now);
    }

    private TimeSpan? Deadline()
    {
        var next = Dumps.Deadline;
        if (Resync.IsNeeded && !Dumps.IsRunning) next = Earlier(next, Resync.NotBefore);
        if (Protocol == Codec.NetlinkProtocol.Route && Dumps.IsIdle && _nextAudit > _context.Now) next = Earlier(next, _nextAudit);
        return next;
    }

    private static TimeSpan Earlier(TimeSpan? left, TimeSpan right) => left is { } known && known < right ? known : right;
}
