using System.Buffers.Binary;

namespace Wirehook.Dissection.Protocols.Http2;

/// <summary>Frame types (RFC 9113 §6).</summary>
internal enum FrameType : byte
{
    Data,
    Headers,
    Priority,
    ResetStream,
    Settings,
    PushPromise,
    Ping,
    GoAway,
    WindowUpdate,
    Continuation,
}

/// <summary>The nine bytes before each frame's payload (RFC 9113 §4.1).</summary>
internal readonly struct FrameHeader
{
    /// <summary>Bytes of a frame header.</summary>
    public const int Size = 9;

    private const byte EndStreamFlag = 0x01;
    private const byte EndHeadersFlag = 0x04;
    private const byte PaddedFlag = 0x08;
    private const byte PriorityFlag = 0x20;
    private const byte AckFlag = 0x01;
    private const int LongestSettings = 6 * 64;
    private readonly byte _flags;
    private readonly uint _streamId;

    /// <summary>Reads the header at the beginning of <paramref name="data"/>, which has at least <see cref="Size"/> bytes.</summary>
    public FrameHeader(ReadOnlySpan<byte> data)
    {
        Length = (data[0] << 16) | BinaryPrimitives.ReadUInt16BigEndian(data[1..]);
        (Type, _flags, _streamId) = ((FrameType)data[3], data[4], BinaryPrimitives.ReadUInt32BigEndian(data[5..]));
    }

    /// <summary>Bytes of the payload.</summary>
    public int Length { get; }

    public FrameType Type { get; }

    /// <summary>The stream; 0 for the connection.</summary>
    public uint StreamId => _streamId & 0x7fff_ffff;

    public bool EndStream => (_flags & EndStreamFlag) != 0;

    public bool EndHeaders => (_flags & EndHeadersFlag) != 0;

    public bool IsPadded => (_flags & PaddedFlag) != 0;

    public bool HasPriority => (_flags & PriorityFlag) != 0;

    public bool IsAck => (_flags & AckFlag) != 0;

    /// <summary>Whether the frame can be what it says: its type is known, and stream and length are as that type has them.</summary>
    public bool IsPossible => Type switch
    {
        FrameType.Data or FrameType.Continuation => StreamId != 0,
        FrameType.Headers => StreamId != 0 && Length >= (IsPadded ? 1 : 0) + (HasPriority ? 5 : 0),
        FrameType.PushPromise => StreamId != 0 && Length >= (IsPadded ? 5 : 4),
        FrameType.Priority => StreamId != 0 && Length == 5,
        FrameType.ResetStream => StreamId != 0 && Length == 4,
        FrameType.Settings => StreamId == 0 && Length % 6 == 0 && (!IsAck || Length == 0) && Length <= LongestSettings,
        FrameType.Ping => StreamId == 0 && Length == 8,
        FrameType.GoAway => StreamId == 0 && Length >= 8,
        FrameType.WindowUpdate => Length == 4,
        _ => false,
    };

    /// <summary>Whether the frame is of a type that came after RFC 9113, to be ignored (§5.5), such as ALTSVC or PRIORITY_UPDATE.</summary>
    public bool IsExtension => (byte)Type is > (byte)FrameType.Continuation and <= 0x20 && Length <= 64 << 10;

    /// <summary>Whether in addition nothing is set that a sender leaves unset, and the stream is below <paramref name="streamLimit"/>: what chance bytes hardly are.</summary>
    public bool IsLikely(uint streamLimit) => IsPossible && _streamId < streamLimit && (_flags & ~AllowedFlags) == 0 && (Type != FrameType.GoAway || Length <= 1024);

    private byte AllowedFlags => Type switch
    {
        FrameType.Data => EndStreamFlag | PaddedFlag,
        FrameType.Headers => EndStreamFlag | EndHeadersFlag | PaddedFlag | PriorityFlag,
        FrameType.PushPromise => EndHeadersFlag | PaddedFlag,
        FrameType.Settings or FrameType.Ping => AckFlag,
        FrameType.Continuation => EndHeadersFlag,
        _ => 0,
    };

    /// <summary>Takes padding and priority off the payload of a frame. False where the padding is longer than the frame.</summary>
    public bool TryStrip(ref ReadOnlySpan<byte> payload)
    {
        if (IsPadded && Type is FrameType.Headers or FrameType.PushPromise)
        {
            if (payload.IsEmpty || payload[0] >= payload.Length) return false;
            payload = payload[1..^payload[0]];
        }

        if (Type != FrameType.Headers || !HasPriority) return true;
        if (payload.Length < 5) return false;
        payload = payload[5..];
        return true;
    }
}
