using System.Runtime.InteropServices;
using Wirehook.Dissection.Contract;
using Wirehook.Dissection.Items;
using Wirehook.Packets;
using Wirehook.Packets.Flows;

namespace Wirehook.Dissection.Protocols.WebSocket;

/// <summary>Makes messages of frames: puts fragments together, expands what is compressed, and passes the messages on as a stream of a protocol of their own.</summary>
internal sealed class WebSocketMessages(FlowContext context, WebSocketNegotiation negotiation)
{
    /// <summary>After as many messages in which nobody recognised a protocol, nobody is asked any more.</summary>
    private const int UnrecognisedLimit = 16;

    private static readonly ItemError StateUnknown = ItemError.Gap("The payload is compressed and refers to messages that were not captured.");
    private static readonly ItemError NotDeflate = ItemError.Dissection("The payload is not valid permessage-deflate data.");
    private CarriedStream? _carried;
    private bool _carriesNothing;
    private bool _gapless = context.AtStart;
    private int _unrecognised;
    private ReadOnlyMemory<byte> _message;
    private bool _hasMessage;
    private bool _isMessageWhole;

    /// <summary>The frame as its item shows it.</summary>
    /// <param name="side">Its direction's state.</param>
    /// <param name="direction">Who sent it.</param>
    /// <param name="header">Its header.</param>
    /// <param name="wire">Its payload as on the wire, or the beginning of it.</param>
    /// <param name="broken">Whether part of it was not captured.</param>
    /// <param name="fromClient">Whether the client sent it.</param>
    /// <param name="problem">What is wrong with its content, or null.</param>
    public WebSocketFrame Read(WebSocketSide side, Direction direction, in WebSocketFrameHeader header, ReadOnlySpan<byte> wire, bool broken, bool fromClient, out ItemError? problem)
    {
        problem = null;
        var payload = Keep(header, wire, broken);
        var cut = payload.Length < header.PayloadLength;
        if (WebSocketOpcodes.IsControl(header.Opcode)) return new WebSocketFrame(header, payload) { IsTruncated = cut };
        if (header.Opcode != WebSocketOpcode.Continuation)
        {
            side.Fragments?.Free();
            side.Fragments = header.IsFinal ? null : new WebSocketFragments(context, header.Opcode, header.Rsv1);
            if (header.IsFinal) return ReadWhole(side, header, payload, cut, fromClient, out problem);
        }

        var compressed = side.Fragments?.IsCompressed ?? header.Rsv1;
        var message = side.Fragments is null ? null : AddFragment(side, header, payload.Span, fromClient, out problem);
        return new WebSocketFrame(header, payload) { IsTruncated = cut, IsCompressed = compressed, Message = message };
    }

    /// <summary>Passes on the message whose last frame was read last.</summary>
    public void Carry(Direction direction, Timestamp timestamp)
    {
        if (!_hasMessage) return;
        _hasMessage = false;
        var before = context.ItemCount;
        _carried ??= context.Carry(tls: false, _gapless, new Upgrade(negotiation.Subprotocol) { ClientDirection = context.Upgrade?.ClientDirection ?? Direction.Forward });
        if (_isMessageWhole) _carried.OnData(direction, _message.Span, timestamp);
        else _carried.OnGap(direction, 0, timestamp);
        _message = default;
        if (context.ItemCount > before) _unrecognised = int.MinValue;
        if (++_unrecognised < UnrecognisedLimit) return;
        _carried.GiveUp(timestamp);
        (_carried, _carriesNothing) = (null, true);
    }

    /// <summary>Frames may be missing.</summary>
    public void OnGap(WebSocketSide side, Direction direction, long length, Timestamp timestamp)
    {
        _gapless = false;
        side.Window?.Forget();
        side.Fragments?.Free();
        side.Fragments = null;
        _carried?.OnGap(direction, length, timestamp);
    }

    /// <summary>One side is complete.</summary>
    public void OnDirectionEnd(Direction direction, Timestamp timestamp) => _carried?.OnDirectionEnd(direction, timestamp);

    /// <summary>The connection is over.</summary>
    public void OnEnd(FlowEnd? end, Timestamp timestamp)
    {
        if (_unrecognised < 0) _carried?.OnEnd(end ?? FlowEnd.Finished, timestamp);
        else _carried?.GiveUp(timestamp);
    }

    /// <summary>Lets go of what <paramref name="side"/> keeps.</summary>
    public static void Free(WebSocketSide side)
    {
        side.Window?.Free();
        side.Fragments?.Free();
        (side.Window, side.Fragments) = (null, null);
    }

    /// <summary>Keeps a payload as far as the limit allows, unmasked.</summary>
    private ReadOnlyMemory<byte> Keep(in WebSocketFrameHeader header, ReadOnlySpan<byte> wire, bool broken)
    {
        var kept = context.Arena.Keep(wire[..Math.Min(wire.Length, context.Options.BodyLimit)]);
        if (header.MaskKey != 0) WebSocketMask.Apply(MemoryMarshal.AsMemory(kept).Span, header.MaskKey);
        if (!broken && kept.Length < header.PayloadLength) context.Losses.BodyBytes.Add(header.PayloadLength - kept.Length);
        return kept;
    }

    private WebSocketFrame ReadWhole(WebSocketSide side, in WebSocketFrameHeader header, ReadOnlyMemory<byte> payload, bool cut, bool fromClient, out ItemError? problem)
    {
        problem = null;
        var compressed = header.Rsv1;
        if (compressed) compressed = !TryExpand(side, ref payload, ref cut, fromClient, out problem);
        Offer(header.Opcode, payload, !cut && !compressed);
        return new WebSocketFrame(header, payload) { IsTruncated = cut, IsCompressed = compressed };
    }

    /// <summary>Adds a frame to its message; the message where the frame is its last.</summary>
    private WebSocketMessage? AddFragment(WebSocketSide side, in WebSocketFrameHeader header, ReadOnlySpan<byte> payload, bool fromClient, out ItemError? problem)
    {
        problem = null;
        var fragments = side.Fragments!;
        fragments.Add(payload, header.PayloadLength);
        if (!header.IsFinal) return null;
        fragments.Free();
        side.Fragments = null;
        var (compressed, cut, whole) = (fragments.IsCompressed, fragments.IsCut, context.Arena.Keep(fragments.Payload));
        if (compressed) compressed = !TryExpand(side, ref whole, ref cut, fromClient, out problem);
        Offer(fragments.Opcode, whole, !cut && !compressed);
        return new WebSocketMessage(fragments.Opcode, fragments.Frames, fragments.Length, whole) { IsTruncated = cut, IsCompressed = compressed };
    }

    /// <summary>Expands a compressed message. False where it stays compressed.</summary>
    private bool TryExpand(WebSocketSide side, ref ReadOnlyMemory<byte> payload, ref bool cut, bool fromClient, out ItemError? problem)
    {
        problem = null;
        if (negotiation is { IsKnown: true, Deflates: false }) return false;
        var window = side.Window ??= new DeflateWindow(context.Memory);
        if (fromClient ? negotiation.ClientForgets : negotiation.ServerForgets) window.Reset();
        if (cut)
        {
            window.Forget();
            return false;
        }

        var status = context.Shared<Inflater>().Inflate(payload.Span, window, context.Options.DecodedBodyLimit, out var expanded);
        if (status is InflateStatus.Unknown or InflateStatus.Damaged)
        {
            problem = status == InflateStatus.Unknown ? StateUnknown : NotDeflate;
            return false;
        }

        cut = status == InflateStatus.TooLong;
        payload = context.Arena.Keep(expanded);
        return true;
    }

    private void Offer(WebSocketOpcode opcode, ReadOnlyMemory<byte> message, bool whole)
    {
        if (_carriesNothing || (opcode != WebSocketOpcode.Binary && negotiation.Subprotocol.Length == 0)) return;
        (_message, _hasMessage, _isMessageWhole) = (message, true, whole);
    }
}
