using System.Text;

namespace Wirehook.EventHooks.Running;

/// <summary>
/// A run's processes where there is no cgroup: its session, their descendants, whatever carries the run's mark in its environment,
/// and orphans in other sessions that no other run can be made answerable for.
/// </summary>
internal sealed class SessionScope(ChildTable children, string executionId) : ProcessScope
{
    private static readonly byte[] AnyMark = Encoding.UTF8.GetBytes(EnvironmentBlock.ExecutionVariable + "=");

    private readonly byte[] _mark = Encoding.UTF8.GetBytes($"{EnvironmentBlock.ExecutionVariable}={executionId}");
    private int _session;
    private bool _firstLives;

    /// <inheritdoc/>
    public override void Started(int process) => (_session, _firstLives) = (process, true);

    /// <inheritdoc/>
    public override void Ended() => _firstLives = false;

    /// <inheritdoc/>
    public override bool IsEmpty()
    {
        if (_firstLives && ProcessTable.Read(_session) is { IsDead: false }) return false;
        // Without its first process, every tree of the run hangs from a process that Wirehook has adopted.
        foreach (var orphan in children.LivingOrphans())
        {
            if (IsRoot(orphan)) return false;
        }
        return true;
    }

    /// <inheritdoc/>
    public override int Signal(int signal)
    {
        // The group first: one call reaches all of it, also while it forks. Later its number may be another's.
        var members = FindMembers();
        if (_firstLives) _ = Libc.Kill(-_session, signal);
        foreach (var member in members) Send(member, signal);
        return members.Count(member => member.Id != _session);
    }

    /// <inheritdoc/>
    public override void Release()
    {
    }

    private static void Send(in ProcessEntry entry, int signal)
    {
        // The descriptor stands for one process; the start time says that it is the one found, and not another of the same number.
        using var process = new Descriptor(Libc.OpenProcess(entry.Id));
        if (process.IsOpen && ProcessTable.Read(entry.Id) is { } now && now.StartTime == entry.StartTime) _ = Libc.SignalProcess(process.Value, signal);
    }

    private List<ProcessEntry> FindMembers()
    {
        var living = ProcessTable.ReadAll();
        living.RemoveAll(entry => entry.IsDead || entry.Id == Environment.ProcessId);
        var members = new HashSet<int>();
        foreach (var entry in living)
        {
            if (IsRoot(entry)) members.Add(entry.Id);
        }
        // Parents may have higher numbers than their children, so that one pass is not enough.
        for (var grown = members.Count > 0; grown;)
        {
            grown = false;
            foreach (var entry in living) grown |= members.Contains(entry.Parent) && members.Add(entry.Id);
        }
        return living.FindAll(entry => members.Contains(entry.Id));
    }

    private bool IsRoot(in ProcessEntry entry)
    {
        if (entry.Session == _session || ProcessTable.HasEnvironment(entry.Id, _mark)) return true;
        // Process 1 of a container adopts what others have started, too.
        var adopted = entry.Parent == Environment.ProcessId && Environment.ProcessId != 1 && entry.Session != Libc.SessionOf(0) && !children.Contains(entry.Id);
        return adopted && !children.Contains(entry.Session) && !ProcessTable.HasEnvironmentNamed(entry.Id, AnyMark);
    }
}
