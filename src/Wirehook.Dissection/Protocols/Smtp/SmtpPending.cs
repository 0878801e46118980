using Wirehook.Dissection.Engine;
using Wirehook.Dissection.Items;
using Wirehook.Dissection.Pairing;
using Wirehook.Dissection.Records;
using Wirehook.Packets;

namespace Wirehook.Dissection.Protocols.Smtp;

/// <summary>A command that waits for its reply. DATA and BDAT wait while their content is on its way, however long it takes.</summary>
internal sealed class SmtpPending : PendingMessage
{
    /// <summary>The command line.</summary>
    public required ReadOnlyMemory<byte> Line { get; set; }

    /// <summary>What it is.</summary>
    public required SmtpVerb Verb { get; init; }

    /// <summary>When its first byte was captured.</summary>
    public required Timestamp Started { get; init; }

    /// <summary>The address of MAIL FROM before it; empty where there was none.</summary>
    public string From { get; init; } = "";

    /// <summary>The addresses of RCPT TO before it.</summary>
    public IReadOnlyList<FieldValue> To { get; init; } = [];

    /// <summary>The mail that belongs to it, complete or not; null where there is none.</summary>
    public SmtpContent? Content { get; set; }

    /// <summary>Whether its content is on its way.</summary>
    public bool IsReceiving { get; set; }

    /// <summary>Bytes of content that followed the line.</summary>
    public long ContentLength { get; set; }

    /// <summary>Whether bytes of the content were not captured.</summary>
    public bool IsBroken { get; set; }

    /// <summary>Whether its item has left.</summary>
    public bool IsEmitted { get; set; }

    /// <summary>Why it has no reply, where its item waits only for the end of the content; null otherwise.</summary>
    public ItemError? DelayedError { get; set; }

    /// <summary>The code of the reply that let the content come, or 0.</summary>
    public int InterimCode { get; set; }

    /// <summary>That reply.</summary>
    public ReadOnlyMemory<byte> InterimReply { get; set; }

    /// <inheritdoc/>
    internal override void Detach() => (Line, InterimReply) = (ByteArena.Detach(Line), ByteArena.Detach(InterimReply));

    internal override void Expire(Timestamp now)
    {
        if (!IsReceiving) base.Expire(now);
    }
}
