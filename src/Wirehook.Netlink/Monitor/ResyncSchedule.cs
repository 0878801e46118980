namespace Wirehook.Netlink.Monitor;

/// <summary>When to compare with the kernel's state after messages were lost: at once the first time, then ever more rarely (1, 2, 4, 8, at most 10 s apart)
/// while losses go on, so that resyncs themselves do not become the load.</summary>
internal sealed class ResyncSchedule
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(30);
    private TimeSpan _pause;
    private TimeSpan? _lastBegin;

    /// <summary>Whether a resync is needed and has not begun.</summary>
    public bool IsNeeded { get; private set; }

    /// <summary>When the needed resync may begin; meaningful while <see cref="IsNeeded"/>.</summary>
    public TimeSpan NotBefore => _lastBegin is { } last ? last + _pause : TimeSpan.Zero;

    /// <summary>Messages were lost.</summary>
    /// <param name="now">Monotonic time.</param>
    public void Lost(TimeSpan now)
    {
        if (_lastBegin is { } last && now - last > Quiet) (_lastBegin, _pause) = (null, TimeSpan.Zero);
        IsNeeded = true;
    }

    /// <summary>Whether a resync is to begin now; then it counts as begun.</summary>
    /// <param name="now">Monotonic time.</param>
    public bool TryBegin(TimeSpan now)
    {
        if (!IsNeeded || now < NotBefore) return false;
        _pause = _pause == TimeSpan.Zero ? FirstPause : TimeSpan.FromTicks(Math.Min(_pause.Ticks * 2, LongestPause.Ticks));
        (IsNeeded, _lastBegin) = (false, now);
        return true;
    }
}
