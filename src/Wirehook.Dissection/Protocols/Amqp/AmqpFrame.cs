using System.Buffers.Binary;

namespace Wirehook.Dissection.Protocols.Amqp;

/// <summary>What a frame carries (AMQP 0-9-1 §4.2.3).</summary>
internal enum AmqpFrameType : byte
{
    Method = 1,
    Header = 2,
    Body = 3,
    Heartbeat = 8,
}

/// <summary>The head of a frame: type, channel and length of the payload, behind which the end octet stands.</summary>
internal readonly struct AmqpFrame
{
    public const int HeadLength = 7;
    public const byte End = 0xCE;

    /// <summary>A content header without properties: class, weight, body size and flags.</summary>
    private const int ShortestHeader = 14;
    private const int MethodNumbers = 4;

    private AmqpFrame(ReadOnlySpan<byte> head)
    {
        (Type, Channel, Length) = ((AmqpFrameType)head[0], BinaryPrimitives.ReadUInt16BigEndian(head[1..]), BinaryPrimitives.ReadUInt32BigEndian(head[3..]));
    }

    public AmqpFrameType Type { get; }

    public ushort Channel { get; }

    /// <summary>Bytes of the payload.</summary>
    public uint Length { get; }

    /// <summary>Bytes of the frame.</summary>
    public long WholeLength => (long)HeadLength + Length + 1;

    /// <summary>The frame whose head begins <paramref name="data"/>. False where that can be none; needs <see cref="HeadLength"/> bytes.</summary>
    public static bool TryRead(ReadOnlySpan<byte> data, out AmqpFrame frame)
    {
        frame = new AmqpFrame(data);
        return frame.Type switch
        {
            AmqpFrameType.Method => frame.Length >= MethodNumbers,
            AmqpFrameType.Header => frame.Length >= ShortestHeader && frame.Channel > 0,
            AmqpFrameType.Body => frame.Channel > 0,
            AmqpFrameType.Heartbeat => frame is { Length: 0, Channel: 0 },
            _ => false,
        };
    }

    /// <summary>The method and its arguments, where <paramref name="payload"/> is that of a method frame and fits to the last byte; null otherwise.</summary>
    public static AmqpMethod? ReadMethod(ReadOnlySpan<byte> payload)
    {
        var method = AmqpMethods.Find(BinaryPrimitives.ReadUInt16BigEndian(payload), BinaryPrimitives.ReadUInt16BigEndian(payload[2..]));
        return method is not null && method.Fits(payload[MethodNumbers..]) ? method : null;
    }

    /// <summary>The arguments in a method frame's payload.</summary>
    public static ReadOnlySpan<byte> ArgumentsOf(ReadOnlySpan<byte> payload) => payload[MethodNumbers..];

    /// <summary>
    /// Whether a frame begins <paramref name="data"/> that nothing else can be: one with method and arguments that fit, a content header that fits, or a heartbeat.
    /// A body says nothing of itself. <paramref name="needed"/> is how many bytes tell where there are too few, otherwise 0.
    /// </summary>
    public static bool IsUnmistakable(ReadOnlySpan<byte> data, int limit, out int needed)
    {
        needed = 0;
        if (data.Length < HeadLength)
        {
            needed = MayBegin(data) ? HeadLength : 0;
            return false;
        }

        if (!TryRead(data, out var frame) || frame.Type == AmqpFrameType.Body || frame.WholeLength > limit || !NumbersFit(frame, data)) return false;
        var whole = (int)frame.WholeLength;
        if (data.Length < whole)
        {
            needed = whole;
            return false;
        }

        var payload = data[HeadLength..(whole - 1)];
        if (data[whole - 1] != End) return false;
        return frame.Type switch
        {
            AmqpFrameType.Method => ReadMethod(payload) is { } method && (method.ClassId == 10) == (frame.Channel == 0),
            AmqpFrameType.Header => AmqpProperties.Fits(payload),
            _ => true,
        };
    }

    private static bool MayBegin(ReadOnlySpan<byte> data) => data.IsEmpty || (AmqpFrameType)data[0] is AmqpFrameType.Method or AmqpFrameType.Header or AmqpFrameType.Heartbeat;

    /// <summary>Whether class and method, as far as they are there, are ones that exist.</summary>
    private static bool NumbersFit(AmqpFrame frame, ReadOnlySpan<byte> data)
    {
        if (frame.Type == AmqpFrameType.Heartbeat || data.Length < HeadLength + MethodNumbers) return true;
        var (classId, second) = (BinaryPrimitives.ReadUInt16BigEndian(data[HeadLength..]), BinaryPrimitives.ReadUInt16BigEndian(data[(HeadLength + 2)..]));
        return frame.Type == AmqpFrameType.Method ? AmqpMethods.Find(classId, second) is not null : classId == AmqpMethod.BasicClass && second == 0;
    }
}
