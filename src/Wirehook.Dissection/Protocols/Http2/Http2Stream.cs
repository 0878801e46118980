using Wirehook.Dissection.Contract;
using Wirehook.Dissection.Engine;
using Wirehook.Packets;
using Wirehook.Packets.Flows;

namespace Wirehook.Dissection.Protocols.Http2;

/// <summary>One open stream: what each side has sent on it so far. It holds the memory of both messages.</summary>
internal sealed class Http2Stream(Http2Streams owner, uint id) : MemoryHolder
{
    private const int Overhead = 192;
    private Http2Message? _forward;
    private Http2Message? _reverse;

    /// <summary>The stream's number.</summary>
    public uint Id { get; } = id;

    /// <summary>The stream opened before this one that is still open.</summary>
    public Http2Stream? Before { get; set; }

    /// <summary>The stream opened after this one that is still open.</summary>
    public Http2Stream? After { get; set; }

    /// <summary>What the stream carries behind a CONNECT that succeeded.</summary>
    public CarriedStream? Tunnel { get; set; }

    /// <summary>Whether the client's, or the server's, side of the tunnel is complete.</summary>
    public bool TunnelHalfEnded { get; set; }

    /// <summary>Whether the request left alone, because its response was late.</summary>
    public bool RequestLeft { get; set; }

    /// <summary>Bytes that it holds, messages included.</summary>
    public long Held => Overhead + (_forward?.Held ?? 0) + (_reverse?.Held ?? 0);

    /// <summary>What was last added to the sum over all streams.</summary>
    public long Accounted { get; set; }

    /// <summary>The message that travels in <paramref name="direction"/>, or null.</summary>
    public Http2Message? this[Direction direction]
    {
        get => direction == Direction.Forward ? _forward : _reverse;
        set
        {
            if (direction == Direction.Forward) _forward = value;
            else _reverse = value;
        }
    }

    internal override void Release(Timestamp now) => owner.Release(this);

    internal override void Expire(Timestamp now) => owner.Expire(this, now);

    internal override void OnAged()
    {
        _forward?.MoveOut();
        _reverse?.MoveOut();
    }
}
