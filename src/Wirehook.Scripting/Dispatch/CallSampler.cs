namespace Wirehook.Scripting.Dispatch;

/// <summary>Chooses which packets are measured: reading the clock around every call would cost as much as the call.</summary>
internal sealed class CallSampler
{
    /// <summary>Packets per measured one, on average.</summary>
    internal const int MeanInterval = 64;
    private int _until = 1;
    private uint _state = 0x9E37_79B9;

    /// <summary>Whether the present packet is measured. Intervals vary, so that work which scripts do every so many packets is neither always nor never hit.</summary>
    internal bool IsDue()
    {
        if (--_until > 0) return false;
        _state ^= _state << 13;
        _state ^= _state >> 17;
        _state ^= _state << 5;
        _until = MeanInterval / 2 + (int)(_state & (MeanInterval - 1));
        return true;
    }

    /// <summary>Divides the time of all packet hooks among them, by what their samples took and how often each was called since the last division.</summary>
    internal static void Divide(ReadOnlySpan<EventDispatch.Binding> hooks, double nanoseconds)
    {
        var total = 0.0;
        foreach (ref readonly var hook in hooks) total += hook.Slot.Row.EstimatedPacketCost;
        if (total <= 0) return;
        foreach (ref readonly var hook in hooks) hook.Slot.Row.TakePacketShare(nanoseconds / total);
    }
}
