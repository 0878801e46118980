using Wirehook.Dissection.Engine;
using Wirehook.Dissection.Pairing;
using Wirehook.Packets;
using Wirehook.Packets.Flows;

namespace Wirehook.Dissection.Protocols.Amqp;

/// <summary>A method with its content, where it has one: as sent, on one channel, by one side.</summary>
internal sealed class AmqpMessage : PendingMessage
{
    private const int Overhead = 256;
    private byte[]? _joined;
    private int _joinedLength;
    private ReadOnlyMemory<byte> _first;

    public required AmqpMethod Method { get; init; }

    public required ushort Channel { get; init; }

    public required Direction Direction { get; init; }

    /// <summary>When its first byte was captured.</summary>
    public required Timestamp Started { get; init; }

    /// <summary>The method's arguments.</summary>
    public required ReadOnlyMemory<byte> Arguments { get; set; }

    /// <summary>The content header's payload; empty where there is none.</summary>
    public ReadOnlyMemory<byte> Header { get; set; }

    /// <summary>Bytes of the body that are still to come.</summary>
    public ulong BodyLeft { get; set; }

    /// <summary>Whether every byte of it was seen.</summary>
    public bool IsWhole { get; set; }

    /// <summary>Whether part of the body is not kept.</summary>
    public bool Truncated { get; set; }

    /// <summary>The body as far as it is kept.</summary>
    public ReadOnlyMemory<byte> Body => _joined is null ? _first : _joined.AsMemory(0, _joinedLength);

    /// <inheritdoc/>
    public override long Held => Arguments.Length + Header.Length + (_joined?.Length ?? _first.Length) + Overhead;

    /// <summary>Keeps the next part of the body as far as <paramref name="limit"/> allows. Returns how many bytes were not kept.</summary>
    public int AppendBody(ReadOnlySpan<byte> part, ByteArena arena, int limit)
    {
        var kept = Math.Min(part.Length, limit - Body.Length);
        var dropped = part.Length - kept;
        Truncated |= dropped > 0;
        part = part[..kept];
        if (part.IsEmpty) return dropped;
        if (_joined is null && _first.IsEmpty) _first = arena.Keep(part);
        else Join(part, limit);
        return dropped;
    }

    /// <inheritdoc/>
    internal override void Detach()
    {
        (Arguments, Header) = (ByteArena.Detach(Arguments), ByteArena.Detach(Header));
        _first = ByteArena.Detach(_first);
    }

    private void Join(ReadOnlySpan<byte> part, int limit)
    {
        if (_joined is null)
        {
            _joined = new byte[Math.Min(limit, 2 * (_first.Length + part.Length))];
            _first.Span.CopyTo(_joined);
            (_joinedLength, _first) = (_first.Length, default);
        }

        if (_joined.Length - _joinedLength < part.Length) Array.Resize(ref _joined, (int)Math.Min(limit, Math.Max(2L * _joined.Length, _joinedLength + part.Length)));
        part.CopyTo(_joined.AsSpan(_joinedLength));
        _joinedLength += part.Length;
    }
}
