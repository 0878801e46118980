using System.Buffers.Text;

namespace Wirehook.EventHooks.Running;

/// <summary>A leaf cgroup: whatever a run starts is in it, also in other sessions and with other parents.</summary>
internal sealed class CgroupScope(CgroupTree tree, string folder) : ProcessScope
{
    private const int BufferSize = 16 * 1024;

    private int _first;

    /// <summary>The leaf's folder.</summary>
    public string Folder => folder;

    /// <inheritdoc/>
    public override string Entry { get; } = folder + "/cgroup.procs";

    /// <inheritdoc/>
    public override string GuardianName { get; } = Path.GetFileName(folder);

    /// <inheritdoc/>
    public override void Started(int process) => _first = process;

    /// <inheritdoc/>
    public override void Ended() => _first = 0;

    /// <inheritdoc/>
    public override bool IsEmpty()
    {
        using var file = Descriptor.Open(Entry, Libc.OpenReadOnly);
        Span<byte> buffer = stackalloc byte[16];
        return file.Read(buffer) <= 0;
    }

    /// <inheritdoc/>
    public override int Signal(int signal)
    {
        var others = SignalEach(signal == Libc.SignalKill ? 0 : signal);
        if (signal != Libc.SignalKill) return others;
        if (!CgroupTree.TryWrite(folder + "/cgroup.kill", "1")) SignalEach(signal);
        // A launcher that has not entered yet is not in the cgroup; it leads a session and has started nothing.
        if (_first > 0) _ = Libc.Kill(-_first, signal);
        return others;
    }

    /// <inheritdoc/>
    public override void Release()
    {
        _first = 0;
        tree.Return(this);
    }

    /// <summary>Counts the processes beside the first and signals all; signal 0 only counts.</summary>
    private int SignalEach(int signal)
    {
        using var file = Descriptor.Open(Entry, Libc.OpenReadOnly);
        var buffer = new byte[BufferSize];
        var (kept, others) = (0, 0);
        for (int read; (read = file.Read(buffer.AsSpan(kept))) > 0;)
        {
            var text = buffer.AsSpan(0, kept + read);
            for (int end; (end = text.IndexOf((byte)'\n')) >= 0; text = text[(end + 1)..])
            {
                if (!Utf8Parser.TryParse(text[..end], out int process, out _) || process <= 0) continue;
                if (process != _first) others++;
                if (signal != 0) _ = Libc.Kill(process, signal);
            }
            text.CopyTo(buffer);
            kept = text.Length;
        }
        return others;
    }
}
