using Wirehook.Dissection.Contract;
using Wirehook.Dissection.Framing;
using Wirehook.Packets;
using Wirehook.Packets.Flows;

namespace Wirehook.Dissection.Protocols.Ldap;

/// <summary>Dissects one LDAP connection, into TLS behind StartTLS (RFC 4511 §4.14), and through SASL layers that only sign.</summary>
internal sealed class LdapStreamDissector : StreamDissector
{
    private readonly FlowContext _context;
    private readonly LdapConversation _conversation;
    private readonly int _wholeLimit;
    private MessageFramer<LdapScanner> _forward;
    private MessageFramer<LdapScanner> _reverse;
    private bool _isOpaque;

    public LdapStreamDissector(FlowContext context)
    {
        _context = context;
        _conversation = new LdapConversation(context);
        _wholeLimit = MessageFramer<LdapScanner>.WholeLimit(context);
        if (context.AtStart) return;
        _forward.Lose();
        _reverse.Lose();
    }

    /// <inheritdoc/>
    public override StreamStep Dissect(Direction direction, ReadOnlySpan<byte> data, Timestamp timestamp)
    {
        ref var side = ref SideOf(direction);
        if (side.Lost)
        {
            if (!LdapDetection.IsMessageStart(data))
            {
                _conversation.OnLoss();
                return StreamStep.Resync(data.Length);
            }

            side.Find();
        }

        if (!side.IsInside && LdapScanner.IsSasl(data[0]) && !_conversation.HasBegun) return StreamStep.Reject("not-ldap");
        switch (side.Advance(data, timestamp, _wholeLimit, out var step, out var length))
        {
            case ScanResult.Incomplete:
                return step;
            case ScanResult.Complete:
                return OnMessage(direction, ref side, data, length, timestamp);
            default:
                return Mislead(ref side, data.Length);
        }
    }

    /// <inheritdoc/>
    public override void OnGap(Direction direction, ReadOnlySpan<byte> undigested, long length, Timestamp timestamp)
    {
        ref var side = ref SideOf(direction);
        if (side.TrySkip(undigested, length)) return;
        side.Lose();
        _conversation.OnLoss();
    }

    /// <inheritdoc/>
    public override void OnEnd(FlowEnd? end, Timestamp timestamp) => _conversation.End(end);

    private ref MessageFramer<LdapScanner> SideOf(Direction direction)
    {
        if (direction == Direction.Forward) return ref _forward;
        return ref _reverse;
    }

    private StreamStep Mislead(ref MessageFramer<LdapScanner> side, int length)
    {
        if (!_conversation.HasBegun) return StreamStep.Reject("not-ldap");
        side.Lose();
        _conversation.OnLoss();
        return StreamStep.Resync(length);
    }

    private StreamStep OnMessage(Direction direction, ref MessageFramer<LdapScanner> side, ReadOnlySpan<byte> data, int length, Timestamp timestamp)
    {
        var message = side.Take(_context, data[..length]);
        if (!message.IsEmpty && LdapScanner.IsSasl(message.Bytes.Span[0]))
        {
            OnBuffer(direction, message, timestamp);
            return StreamStep.Consume(length);
        }

        if (_conversation.Accept(direction, message, timestamp, out var startsTls))
        {
            return startsTls ? StreamStep.HandOver(length, new Upgrade("tls") { Inner = "ldap", ClientDirection = _conversation.Client!.Value }) : StreamStep.Consume(length);
        }

        return Mislead(ref side, length);
    }

    private void OnBuffer(Direction direction, in FramedMessage buffer, Timestamp timestamp)
    {
        if (buffer.Truncated || !SaslBuffer.TryUnwrap(buffer.Bytes.Span, out var rest))
        {
            if (!_isOpaque) _conversation.EmitOpaque(direction, buffer);
            _isOpaque = true;
            return;
        }

        var overhead = buffer.Size - rest.Length;
        while (BerReader.TryReadHeader(rest, out var header, out var length, out _) && header + length <= rest.Length)
        {
            var inner = new FramedMessage(_context.Arena.Keep(rest[..(int)(header + length)]), header + length + overhead, buffer.Started, false, false);
            if (!_conversation.Accept(direction, inner, timestamp, out _)) return;
            rest = rest[(int)(header + length)..];
            overhead = 0;
        }
    }
}
