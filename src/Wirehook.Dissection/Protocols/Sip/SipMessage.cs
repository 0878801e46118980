using Wirehook.Dissection.Contract;
using Wirehook.Dissection.Engine;

namespace Wirehook.Dissection.Protocols.Sip;

/// <summary>One message as it was on the wire: what items and pairing need of it.</summary>
internal sealed class SipMessage
{
    private const ulong HashBasis = 14695981039346656037;
    private const ulong HashPrime = 1099511628211;

    /// <summary>Start line and headers, with the empty line.</summary>
    public required ReadOnlyMemory<byte> Head { get; init; }

    /// <summary>The body, as far as it is kept.</summary>
    public required ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>Bytes on the wire.</summary>
    public required int Size { get; init; }

    /// <summary>Whether part of the body is not kept.</summary>
    public bool IsTruncated { get; init; }

    /// <summary>Whether bytes of the message were not captured.</summary>
    public bool IsBroken { get; init; }

    /// <summary>Whether the same message came before.</summary>
    public bool IsRetransmission { get; set; }

    /// <summary>Whether it is a response.</summary>
    public bool IsResponse => SipStartLine.IsResponse(Head.Span);

    /// <summary>A response's status code.</summary>
    public int Status => SipStartLine.StatusOf(Head.Span);

    /// <summary>Whether no response follows the request.</summary>
    public bool IsAck => Head.Span.StartsWith("ACK "u8);

    /// <summary>Keeps a message.</summary>
    /// <param name="context">The flow's context.</param>
    /// <param name="head">Start line and headers.</param>
    /// <param name="body">The body, as far as it is there.</param>
    /// <param name="size">Bytes of the message on the wire.</param>
    /// <param name="broken">Whether bytes of it were not captured.</param>
    public static SipMessage Keep(FlowContext context, ReadOnlySpan<byte> head, ReadOnlySpan<byte> body, int size, bool broken)
    {
        var kept = body[..Math.Min(body.Length, context.Options.BodyLimit)];
        var lost = size - head.Length - kept.Length;
        if (lost > 0 && !broken) context.Losses.BodyBytes.Add(lost);
        return new SipMessage { Head = context.Arena.Keep(head), Body = context.Arena.Keep(kept), Size = size, IsTruncated = lost > 0, IsBroken = broken };
    }

    /// <summary>A number that a request and its responses have in common (RFC 3261 §17.1.3), and others hardly.</summary>
    public long TransactionKey()
    {
        var head = Head.Span;
        var hash = Mix(HashBasis, SipFraming.Find(head, "call-id"u8, 'i'));
        hash = Mix(hash, SipFraming.Find(head, "cseq"u8, '\0'));
        return (long)Mix(hash, SipFraming.BranchOf(head));
    }

    /// <summary>Whether <paramref name="other"/> belongs to the same transaction.</summary>
    public bool IsOfTransactionOf(SipMessage other)
    {
        var head = Head.Span;
        var others = other.Head.Span;
        return SipFraming.Find(head, "call-id"u8, 'i').SequenceEqual(SipFraming.Find(others, "call-id"u8, 'i'))
            && SipFraming.Find(head, "cseq"u8, '\0').SequenceEqual(SipFraming.Find(others, "cseq"u8, '\0'))
            && SipFraming.BranchOf(head).SequenceEqual(SipFraming.BranchOf(others));
    }

    /// <summary>The same message in memory of its own, so that it holds no chunk that others have long left.</summary>
    public SipMessage Detach() => new()
    {
        Head = ByteArena.Detach(Head),
        Body = ByteArena.Detach(Body),
        Size = Size,
        IsTruncated = IsTruncated,
        IsBroken = IsBroken,
        IsRetransmission = IsRetransmission,
    };

    private static ulong Mix(ulong hash, ReadOnlySpan<byte> bytes)
    {
        foreach (var value in bytes) hash = (hash ^ value) * HashPrime;
        return (hash ^ 0xff) * HashPrime;
    }
}
