using Wirehook.Dissection.Contract;
using Wirehook.Dissection.Engine;
using Wirehook.Packets;

namespace Wirehook.Dissection.Protocols.WebSocket;

/// <summary>A message of which not all frames have come. It keeps their payloads up to the body limit, and lets go of them when memory runs out.</summary>
internal sealed class WebSocketFragments(FlowContext context, WebSocketOpcode opcode, bool compressed) : MemoryHolder
{
    private byte[] _bytes = [];
    private int _kept;

    /// <summary>What the message is.</summary>
    public WebSocketOpcode Opcode { get; } = opcode;

    /// <summary>Whether its payload is compressed.</summary>
    public bool IsCompressed { get; } = compressed;

    /// <summary>Frames so far.</summary>
    public int Frames { get; private set; }

    /// <summary>Payload bytes so far, kept or not.</summary>
    public long Length { get; private set; }

    /// <summary>Whether part of the payload is not kept.</summary>
    public bool IsCut { get; private set; }

    /// <summary>The kept payload.</summary>
    public ReadOnlySpan<byte> Payload => _bytes.AsSpan(0, _kept);

    /// <summary>Adds a frame.</summary>
    /// <param name="payload">Its payload, unmasked, as far as it is there.</param>
    /// <param name="length">Bytes of its payload on the wire.</param>
    public void Add(ReadOnlySpan<byte> payload, long length)
    {
        Frames++;
        Length += length;
        if (IsCut) return;
        IsCut = payload.Length < length || _kept + payload.Length > context.Options.BodyLimit;
        payload = payload[..Math.Min(payload.Length, context.Options.BodyLimit - _kept)];
        if (_kept + payload.Length > _bytes.Length) Array.Resize(ref _bytes, Math.Max(_kept + payload.Length, _bytes.Length * 2));
        payload.CopyTo(_bytes.AsSpan(_kept));
        _kept += payload.Length;
        context.Memory.ReportMessage(this, _bytes.Length);
    }

    /// <summary>The message is complete or lost.</summary>
    public void Free() => context.Memory.ReportMessage(this, 0);

    internal override void Release(Timestamp now)
    {
        (_bytes, _kept, IsCut) = ([], 0, true);
        Free();
    }
}
