using Wirehook.Dissection.Contract;
using Wirehook.Dissection.Items;
using Wirehook.Packets;
using Wirehook.Packets.Flows;

namespace Wirehook.Dissection.Protocols.Sip;

/// <summary>SIP over UDP: every datagram is one message, or keeps the path open.</summary>
internal sealed class SipDatagramDissector(FlowContext context) : DatagramDissector
{
    private static readonly ItemError CutOff = ItemError.Gap("The capture kept only part of the datagram.");
    private readonly SipTransactions _transactions = new(context);
    private bool _accepted;

    /// <inheritdoc/>
    public override bool Dissect(Direction direction, ReadOnlySpan<byte> data, int missing, Timestamp timestamp)
    {
        if (SipStartLine.Check(data) != SipLineCheck.Valid) return _accepted && IsKeepAlive(data);
        _accepted = true;
        var end = SipFraming.FindHeadEnd(data);
        var head = end == 0 ? data : data[..end];
        var body = data[head.Length..];
        var length = SipFraming.ContentLengthOf(head);
        if (length >= 0 && length < body.Length) body = body[..length];
        var broken = missing > 0 || length > body.Length;
        _transactions.Accept(direction, SipMessage.Keep(context, head, body, data.Length + missing, broken), timestamp, timestamp, broken ? CutOff : null);
        return true;
    }

    /// <inheritdoc/>
    public override void OnEnd(FlowEnd end, Timestamp timestamp) => _transactions.Flush(end);

    /// <summary>Line ends, zeros or <c>jaK</c>, which keep address translators from forgetting the flow.</summary>
    private static bool IsKeepAlive(ReadOnlySpan<byte> data) => !data.ContainsAnyExcept("\r\n\0 "u8) || data.SequenceEqual("jaK"u8);
}
