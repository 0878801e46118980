namespace Wirehook.Dissection.Contract;

/// <summary>What a dissector made of the bytes that it was given.</summary>
public enum StreamStepKind
{
    /// <summary>Bytes were digested.</summary>
    Consume,

    /// <summary>The bytes are the beginning of something: call again when there are more.</summary>
    NeedMore,

    /// <summary>What follows depends on the other direction: call again after it made a step.</summary>
    AwaitOther,

    /// <summary>Bytes were skipped because they belong to no message (after a gap or an invalid message).</summary>
    Resync,

    /// <summary>The stream is not, or no longer, this protocol.</summary>
    Reject,

    /// <summary>Another protocol begins after the digested bytes, in both directions (Upgrade, CONNECT, STARTTLS).</summary>
    HandOver,
}

/// <summary>A dissector's answer: consume, need more, await the other direction, resync, reject or hand over.</summary>
public readonly struct StreamStep
{
    private readonly object? _detail;

    private StreamStep(StreamStepKind kind, int count, object? detail)
    {
        (Kind, Count, _detail) = (kind, count, detail);
    }

    /// <summary>Which answer.</summary>
    public StreamStepKind Kind { get; }

    /// <summary>Consume, Resync, HandOver: how many bytes are done with. NeedMore: how many bytes there must be in all before another call helps, 0 where any more may.</summary>
    public int Count { get; }

    /// <summary>Reject: why, in kebab case.</summary>
    public string? Reason => _detail as string;

    /// <summary>HandOver: what is known of what follows, or null.</summary>
    public Upgrade? Upgrade => _detail as Upgrade;

    /// <summary><paramref name="count"/> bytes, at least one, were digested.</summary>
    public static StreamStep Consume(int count) => new(StreamStepKind.Consume, count, null);

    /// <summary>Nothing was digested; more bytes are needed.</summary>
    /// <param name="total">How many bytes there must be in all before another call helps; 0 where any more may.</param>
    public static StreamStep NeedMore(int total = 0) => new(StreamStepKind.NeedMore, total, null);

    /// <summary>Nothing was digested; the other direction has to come first.</summary>
    public static StreamStep AwaitOther() => new(StreamStepKind.AwaitOther, 0, null);

    /// <summary><paramref name="count"/> bytes, at least one, belong to no message and are counted as lost.</summary>
    public static StreamStep Resync(int count) => new(StreamStepKind.Resync, count, null);

    /// <summary>The stream is not this protocol: others are asked while nothing was emitted, otherwise the rest of the flow is ignored and counted.</summary>
    /// <param name="reason">Why, in kebab case.</param>
    public static StreamStep Reject(string reason) => new(StreamStepKind.Reject, 0, reason);

    /// <summary>After <paramref name="count"/> bytes, which may be none, detection starts anew in both directions.</summary>
    /// <param name="count">How many bytes are done with.</param>
    /// <param name="upgrade">What is known of the protocol that follows.</param>
    public static StreamStep HandOver(int count, Upgrade? upgrade = null) => new(StreamStepKind.HandOver, count, upgrade);
}
