using Wirehook.Dissection.Contract;
using Wirehook.Packets.Flows;

namespace Wirehook.Dissection.Protocols.Memcached;

/// <summary>Recognises memcached by its first bytes.</summary>
internal static class MemcachedDetection
{
    private const int LongestFirstLine = 2048;

    /// <summary>Whether a stream that begins so is memcached's.</summary>
    public static Detection Detect(in StreamOpening opening)
    {
        var forward = Check(opening.Forward);
        var reverse = Check(opening.Reverse);
        if (forward == Evidence.Binary || reverse == Evidence.Binary) return opening.PortMatches ? Detection.Certain : Detection.Likely;
        if (forward == Evidence.Strong || reverse == Evidence.Strong) return Detection.Likely;
        if (IsConversation(opening.Forward, forward, opening.Reverse, reverse) || IsConversation(opening.Reverse, reverse, opening.Forward, forward)) return Detection.Likely;
        if (opening.PortMatches && (forward is Evidence.Weak || reverse is Evidence.Weak)) return Detection.Likely;
        var open = forward is Evidence.Open or Evidence.Weak || reverse is Evidence.Open or Evidence.Weak;
        var possible = forward != Evidence.None && (reverse != Evidence.None || opening.Reverse.IsEmpty);
        return open && possible && opening.AtStart && !opening.Final ? Detection.NeedMore : Detection.No;
    }

    /// <summary>Whether a datagram is memcached's: its own header, then a message of either protocol.</summary>
    public static Detection Detect(in DatagramOpening opening)
    {
        if (!DatagramHeader.TryRead(opening.Data, out var header)) return Detection.No;
        var evidence = header.Sequence == 0 ? Check(opening.Data[DatagramHeader.Length..]) : Evidence.None;
        if (evidence is Evidence.Binary or Evidence.Strong) return opening.PortMatches || header.Reserved == 0 ? Detection.Likely : Detection.No;
        return opening.PortMatches && (evidence == Evidence.Weak || header.Sequence > 0) ? Detection.Likely : Detection.No;
    }

    /// <summary>The direction of the requests, as far as ports and bytes tell; the initiator's otherwise.</summary>
    public static Direction FindClient(Flow flow, Direction direction, ReadOnlySpan<byte> data)
    {
        if (flow.HandshakeSeen || flow.Responder.Port == MemcachedModule.Port) return Direction.Forward;
        if (flow.Initiator.Port == MemcachedModule.Port) return Direction.Reverse;
        return IsRequest(data) ? direction : direction ^ Direction.Reverse;
    }

    /// <summary>Whether bytes begin with a whole line, or binary header, of a request.</summary>
    public static bool IsRequest(ReadOnlySpan<byte> data)
    {
        if (BinaryHeader.TryRead(data, out var header)) return header.IsRequest && header.IsPlausible(data[5]);
        return data.IndexOf((byte)'\n') > 0 && TextLine.KindOf(data) is LineKind.Storage or LineKind.Retrieval or LineKind.Meta or LineKind.Command or LineKind.Farewell;
    }

    /// <summary>Whether bytes begin with a whole line, or binary header, of a response.</summary>
    public static bool IsResponse(ReadOnlySpan<byte> data)
    {
        if (BinaryHeader.TryRead(data, out var header)) return !header.IsRequest && header.IsPlausible(data[5]);
        return data.IndexOf((byte)'\n') > 0 && TextLine.KindOf(data) is LineKind.Value or LineKind.MetaValue or LineKind.Entry or LineKind.Reply;
    }

    /// <summary>Whether a command that others have too is answered as only memcached answers it.</summary>
    private static bool IsConversation(ReadOnlySpan<byte> client, Evidence request, ReadOnlySpan<byte> server, Evidence response)
    {
        if (request != Evidence.Weak || response != Evidence.Weak || !IsRequest(client)) return false;
        var answer = TextLine.FirstWord(server);
        return IsResponse(server) && !TextLine.IsNumber(answer) && !answer.SequenceEqual("OK"u8);
    }

    private static Evidence Check(ReadOnlySpan<byte> data)
    {
        if (data.IsEmpty) return Evidence.None;
        if (BinaryHeader.IsMagic(data[0])) return CheckBinary(data);
        var end = data[..Math.Min(data.Length, LongestFirstLine)].IndexOf((byte)'\n');
        if (end < 0) return data.Length < LongestFirstLine && MayBecomeWord(data) ? Evidence.Open : Evidence.None;
        if (end < 2 || data[end - 1] != '\r') return Evidence.None;
        var line = data[..(end - 1)];
        if (line.IndexOfAnyExceptInRange((byte)' ', (byte)'~') >= 0) return Evidence.None;
        var kind = TextLine.KindOf(line);
        return kind switch
        {
            LineKind.Unknown => Evidence.None,
            LineKind.Storage or LineKind.Value => IsStorage(line, kind) ? Evidence.Strong : Evidence.None,
            LineKind.MetaValue => TextLine.ValueLength(line, kind) >= 0 ? Evidence.Weak : Evidence.None,
            LineKind.Retrieval or LineKind.Meta => line.IndexOf((byte)' ') > 0 || line.SequenceEqual("mn"u8) ? Evidence.Weak : Evidence.None,
            _ => Evidence.Weak,
        };
    }

    private static Evidence CheckBinary(ReadOnlySpan<byte> data)
    {
        if (data.Length < BinaryHeader.Length) return data.Length < 2 || BinaryOpcode.IsKnown(data[1]) ? Evidence.Open : Evidence.None;
        return BinaryHeader.TryRead(data, out var header) && header.IsPlausible(data[5]) ? Evidence.Binary : Evidence.None;
    }

    /// <summary>Whether a line that announces a value has numbers where they belong.</summary>
    private static bool IsStorage(ReadOnlySpan<byte> line, LineKind kind)
    {
        if (TextLine.ValueLength(line, kind) < 0) return false;
        var words = new TextLine(line);
        var name = words.Next();
        if (words.Next().IsEmpty) return false;
        return name.SequenceEqual("ms"u8) || words.TryNextNumber(out _);
    }

    private static bool MayBecomeWord(ReadOnlySpan<byte> data)
    {
        foreach (var character in data[..Math.Min(data.Length, 3)])
        {
            if (!char.IsAsciiLetter((char)character) && character is not ((byte)' ' or (byte)'_') && !char.IsAsciiDigit((char)character)) return false;
        }

        var word = TextLine.FirstWord(data);
        return word.Length == data.Length ? word.Length < 16 : TextLine.KindOf(data) != LineKind.Unknown;
    }

    private enum Evidence : byte
    {
        None,
        Open,
        Weak,
        Strong,
        Binary,
    }
}
