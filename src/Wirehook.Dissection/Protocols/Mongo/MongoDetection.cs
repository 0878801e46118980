using System.Buffers.Binary;
using Wirehook.Dissection.Contract;
using Wirehook.Packets.Flows;

namespace Wirehook.Dissection.Protocols.Mongo;

/// <summary>Recognises MongoDB by a message's header and what must stand behind it.</summary>
internal static class MongoDetection
{
    private const int SmallestDocument = 5;
    private const int ShortestProof = MongoHeader.Length + 10;

    /// <summary>Whether a stream that begins so is MongoDB's.</summary>
    public static Detection Detect(in StreamOpening opening)
    {
        var forward = Check(opening.Forward, opening.PortMatches);
        var reverse = Check(opening.Reverse, opening.PortMatches);
        if (forward == Detection.Likely || reverse == Detection.Likely) return Detection.Likely;
        return !opening.Final && (forward == Detection.NeedMore || reverse == Detection.NeedMore) ? Detection.NeedMore : Detection.No;
    }

    /// <summary>Whether a message begins with <paramref name="data"/>.</summary>
    public static bool IsMessageStart(ReadOnlySpan<byte> data) => Check(data, onPort: false) == Detection.Likely;

    /// <summary>The direction of the requests, as far as ports and bytes tell; the initiator's otherwise.</summary>
    public static Direction FindClient(Flow flow, Direction direction, ReadOnlySpan<byte> data)
    {
        if (flow.HandshakeSeen || flow.Responder.Port == MongoModule.Port) return Direction.Forward;
        if (flow.Initiator.Port == MongoModule.Port) return Direction.Reverse;
        if (!MongoHeader.TryRead(data, out var header)) return Direction.Forward;
        var isClient = header.IsClients || (!header.IsServers && header.AnswersNone);
        return isClient ? direction : direction ^ Direction.Reverse;
    }

    private static Detection Check(ReadOnlySpan<byte> data, bool onPort)
    {
        if (data.IsEmpty) return Detection.No;
        if (data.Length < MongoHeader.Length) return MayBecomeHeader(data) ? Detection.NeedMore : Detection.No;
        if (!MongoHeader.TryRead(data, out var header)) return Detection.No;
        if (data.Length < Math.Min(ShortestProof, header.MessageLength)) return header.IsKnown ? Detection.NeedMore : Detection.No;
        var body = data[MongoHeader.Length..Math.Min(data.Length, header.MessageLength)];
        return IsBody(header, body, onPort && data.Length >= header.MessageLength) ? Detection.Likely : Detection.No;
    }

    private static bool IsBody(in MongoHeader header, ReadOnlySpan<byte> body, bool wholeOnPort)
    {
        var rest = header.MessageLength - MongoHeader.Length;
        switch (header.Opcode)
        {
            case MongoOpcode.Message:
                const uint knownFlags = 0x10003;
                if ((BinaryPrimitives.ReadUInt32LittleEndian(body) & ~knownFlags) != 0 || body[4] > 1) return false;
                return IsLength(body[5..], rest - 5);
            case MongoOpcode.Reply:
                return rest >= 20 && body[0] <= 0xf && body[1] == 0 && body[2] == 0 && body[3] == 0 && !header.AnswersNone && (body.Length < 24 || IsLength(body[20..], rest - 20));
            case MongoOpcode.Compressed:
                return body[8] <= 3 && (MongoOpcode)BinaryPrimitives.ReadInt32LittleEndian(body) is MongoOpcode.Message or MongoOpcode.Query or MongoOpcode.Reply or MongoOpcode.GetMore
                    && BinaryPrimitives.ReadInt32LittleEndian(body[4..]) > 0;
            case MongoOpcode.Query or MongoOpcode.Insert or MongoOpcode.Update or MongoOpcode.GetMore or MongoOpcode.Delete:
                return header.AnswersNone && IsName(body[4..]);
            case MongoOpcode.KillCursors:
                return header.AnswersNone && BinaryPrimitives.ReadInt64LittleEndian(body) >> 32 == (rest - 8) / 8;
            case MongoOpcode.Command:
                return header.AnswersNone && IsName(body);
            case MongoOpcode.CommandReply:
                return !header.AnswersNone && IsLength(body, rest);
            default:
                // A server refuses what it does not know; on its port the header alone shows what the client meant.
                return wholeOnPort && header.AnswersNone && rest > SmallestDocument;
        }
    }

    private static bool IsLength(ReadOnlySpan<byte> document, int room)
    {
        var length = BinaryPrimitives.ReadInt32LittleEndian(document);
        return length >= SmallestDocument && length <= room && (document.Length < length || document[length - 1] == 0);
    }

    /// <summary>A collection's full name: printable characters, and where its end is visible, a dot among them.</summary>
    private static bool IsName(ReadOnlySpan<byte> text)
    {
        const int longest = 255;
        var end = text.IndexOf((byte)0);
        var name = text[..Math.Min(end < 0 ? text.Length : end, longest + 1)];
        return name.Length is > 0 and <= longest && name.IndexOfAnyInRange((byte)0, (byte)' ') < 0 && (end < 0 || name.Contains((byte)'.') || !name.Contains((byte)'$'));
    }

    private static bool MayBecomeHeader(ReadOnlySpan<byte> data)
    {
        // The largest message is below 48 MB, so the length's highest byte is small; that excludes all text.
        if (data.Length < 4) return true;
        return BinaryPrimitives.ReadInt32LittleEndian(data) is > MongoHeader.Length and < 49_000_000;
    }
}
