using Wirehook.Dissection.Contract;
using Wirehook.Dissection.Framing;
using Wirehook.Packets.Flows;

namespace Wirehook.Dissection.Protocols.Redis;

/// <summary>Recognises Redis by its first bytes, and which side is the client.</summary>
internal static class RedisDetection
{
    private const int LongestHeader = 64;

    /// <summary>Whether a stream that begins so is Redis.</summary>
    public static Detection Detect(in StreamOpening opening)
    {
        var (forward, reverse) = (CheckCommand(opening.Forward, out var knownForward), CheckCommand(opening.Reverse, out var knownReverse));
        if (knownForward || knownReverse) return Detection.Certain;
        if (forward == Detection.Likely || reverse == Detection.Likely)
        {
            if (opening.PortMatches || opening.AtStart || CheckReply(forward == Detection.Likely ? opening.Reverse : opening.Forward, out _) == Detection.Likely) return Detection.Likely;
        }

        var answer = opening.PortMatches ? DetectOnPort(opening) : DetectAnywhere(opening);
        if (answer != Detection.No) return answer;
        return !opening.Final && (forward == Detection.NeedMore || reverse == Detection.NeedMore) ? Detection.NeedMore : Detection.No;
    }

    /// <summary>The direction of the commands, as far as ports and bytes tell; the initiator's otherwise.</summary>
    public static Direction FindClient(Flow flow, Direction direction, ReadOnlySpan<byte> data)
    {
        if (flow.HandshakeSeen) return Direction.Forward;
        if (flow.Responder.Port == RedisModule.Port) return Direction.Forward;
        if (flow.Initiator.Port == RedisModule.Port) return Direction.Reverse;
        CheckCommand(data, out var known);
        if (known && !RedisPushes.TryReadConfirmation(data, out _)) return direction;
        return known || CheckReply(data, out _) == Detection.Likely ? direction ^ Direction.Reverse : Direction.Forward;
    }

    /// <summary>Whether bytes begin with a command as an array: the header and the command's name as a whole.</summary>
    /// <param name="data">The bytes.</param>
    /// <param name="known">Whether the name is one of Redis's.</param>
    public static Detection CheckCommand(ReadOnlySpan<byte> data, out bool known)
    {
        known = false;
        if (data.IsEmpty) return Detection.No;
        if (!TryReadHeader(ref data, (byte)'*', out var count, out var open)) return open ? Detection.NeedMore : Detection.No;
        if (count is < 1 or > 1 << 20) return Detection.No;
        if (!TryReadHeader(ref data, (byte)'$', out var length, out open)) return open ? Detection.NeedMore : Detection.No;
        if (length is < 1 or > LongestHeader) return Detection.No;
        if (data.Length < length + 2) return RedisCommands.IsName(data[..(int)Math.Min(length, data.Length)]) || data.IsEmpty ? Detection.NeedMore : Detection.No;
        var name = data[..(int)length];
        if (!RedisCommands.IsName(name) || data[(int)length] != '\r' || data[(int)length + 1] != '\n') return Detection.No;
        known = RedisCommands.IsKnown(name);
        return Detection.Likely;
    }

    /// <summary>Whether bytes begin with a reply; <paramref name="strong"/> where its structure alone tells Redis from other protocols.</summary>
    public static Detection CheckReply(ReadOnlySpan<byte> data, out bool strong)
    {
        strong = false;
        var end = data.IndexOf((byte)'\n');
        if (end < 0) return data.Length is > 0 and < LongestHeader && IsReplyType(data[0]) ? Detection.NeedMore : Detection.No;
        if (end < 2 || data[end - 1] != '\r' || !IsReplyType(data[0]) || !RespScanner.IsHeader(data[..(end - 1)])) return Detection.No;
        if (data[0] is (byte)'$' or (byte)'*' or (byte)'%' or (byte)'~' or (byte)'>' && end > 2)
        {
            var (scanner, at) = (default(RespScanner), 0);
            var scan = scanner.Scan(data, ref at);
            if (scan == ScanResult.Invalid) return Detection.No;
            strong = scan == ScanResult.Complete && at > end + 1;
        }

        return Detection.Likely;
    }

    private static Detection DetectOnPort(in StreamOpening opening)
    {
        var reversed = opening.Flow.Initiator.Port == RedisModule.Port && opening.Flow.Responder.Port != RedisModule.Port;
        if (IsInlineCommand(reversed ? opening.Reverse : opening.Forward)) return Detection.Likely;
        var reply = CheckReply(reversed ? opening.Forward : opening.Reverse, out _);
        return reply == Detection.NeedMore && opening.Final ? Detection.No : reply;
    }

    private static Detection DetectAnywhere(in StreamOpening opening)
    {
        var ping = CheckPing(opening.Forward, opening.Reverse);
        if (ping == Detection.No) ping = CheckPing(opening.Reverse, opening.Forward);
        if (ping != Detection.No) return ping == Detection.NeedMore && opening.Final ? Detection.No : ping;
        CheckReply(opening.Forward, out var strongForward);
        CheckReply(opening.Reverse, out var strongReverse);
        return strongForward || strongReverse ? Detection.Likely : Detection.No;
    }

    private static Detection CheckPing(ReadOnlySpan<byte> client, ReadOnlySpan<byte> server)
    {
        var answer = "+PONG\r\n"u8;
        if (!client.StartsWith("PING\r\n"u8)) return Detection.No;
        if (server.StartsWith(answer)) return Detection.Likely;
        return answer.StartsWith(server) ? Detection.NeedMore : Detection.No;
    }

    private static bool IsInlineCommand(ReadOnlySpan<byte> data)
    {
        var end = data.IndexOf((byte)'\n');
        if (end < 1 || data[..end].IndexOf(" HTTP/"u8) >= 0) return false;
        var line = data[..end].TrimEnd((byte)'\r');
        var space = line.IndexOf((byte)' ');
        return line.IndexOfAnyInRange((byte)0, (byte)8) < 0 && RedisCommands.IsKnown(space < 0 ? line : line[..space]);
    }

    private static bool IsReplyType(byte type) => "+-:$*_#,(!=%~>|"u8.Contains(type);

    /// <summary>Takes a type byte, a decimal number and a line end off the front. Where that fails, <paramref name="open"/> says whether more bytes may change it.</summary>
    private static bool TryReadHeader(ref ReadOnlySpan<byte> data, byte type, out long number, out bool open)
    {
        (number, open) = (0, false);
        if (data.IsEmpty)
        {
            open = true;
            return false;
        }

        var end = data[..Math.Min(data.Length, 16)].IndexOf((byte)'\n');
        if (data[0] != type) return false;
        if (end < 0)
        {
            open = data.Length < 16 && data[1..].TrimEnd((byte)'\r').IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0;
            return false;
        }

        if (end < 3 || data[end - 1] != '\r' || !RespScanner.TryReadLength(data[1..(end - 1)], out number)) return false;
        data = data[(end + 1)..];
        return true;
    }
}
