using Wirehook.Dissection.Contract;

namespace Wirehook.Dissection.Protocols.Nats;

/// <summary>Whether bytes are NATS: its greetings are beyond doubt, messages are whose sizes fit; bare words are only where NATS is to be expected.</summary>
internal static class NatsEvidence
{
    private const int LongestGuess = 4096;
    private const int SizeArguments = 5;

    /// <summary>What the first bytes of one direction say.</summary>
    /// <param name="data">The bytes; may be empty.</param>
    /// <param name="expected">Whether the port, or the protocol before, says that NATS is to be expected.</param>
    /// <param name="final">Whether no more bytes come before the decision.</param>
    public static Detection Look(ReadOnlySpan<byte> data, bool expected, bool final)
    {
        if (data.IsEmpty) return Detection.No;
        if (!NatsLine.TryRead(data, out var line)) return !final && data.Length < LongestGuess && MayBegin(data) ? Detection.NeedMore : Detection.No;
        switch (line.Operation)
        {
            case NatsOperation.Info:
                return line.Arguments is [(byte)'{', ..] && line.Arguments.IndexOf("\"server_id\""u8) > 0 ? Detection.Certain : Detection.No;
            case NatsOperation.Connect:
                return line.Arguments is [(byte)'{', ..] ? Detection.Certain : Detection.No;
            case NatsOperation.Unknown:
                return Detection.No;
            case NatsOperation.Pub or NatsOperation.HPub or NatsOperation.Msg or NatsOperation.HMsg:
                return LookForMessage(line, data, expected, final);
            default:
                return expected && IsPlain(line) ? Detection.Likely : Detection.No;
        }
    }

    /// <summary>Whether <paramref name="data"/> begin with a message, which is known by its payload's end or another's beginning.</summary>
    public static bool IsMessage(ReadOnlySpan<byte> data)
    {
        if (!NatsLine.TryRead(data, out var line) || line.Operation == NatsOperation.Unknown) return false;
        return line.HasPayload ? EndsRight(line, data) == true : IsPlain(line);
    }

    private static Detection LookForMessage(in NatsLine line, ReadOnlySpan<byte> data, bool expected, bool final) => EndsRight(line, data) switch
    {
        true => Detection.Likely,
        false => Detection.No,
        null when expected => Detection.Likely,
        null => final ? Detection.No : Detection.NeedMore,
    };

    /// <summary>Whether the payload ends where its size says; null where its end is not there yet.</summary>
    private static bool? EndsRight(in NatsLine line, ReadOnlySpan<byte> data)
    {
        Span<Range> words = stackalloc Range[SizeArguments];
        if (!line.TryReadSizes(words, out _, out _, out var total) || !line.Word.ContainsAnyInRange((byte)'A', (byte)'Z')) return false;
        var end = line.Length + total;
        if (data.Length < end + 2) return null;
        return data[end] == '\r' && data[end + 1] == '\n';
    }

    private static bool IsPlain(in NatsLine line)
    {
        Span<Range> words = stackalloc Range[SizeArguments];
        var count = NatsLine.Split(line.Arguments, words);
        return line.Operation switch
        {
            NatsOperation.Ping or NatsOperation.Pong or NatsOperation.Ok => count == 0,
            NatsOperation.Sub => count is 2 or 3,
            NatsOperation.Unsub => count is 1 or 2,
            NatsOperation.Err => line.Arguments is [(byte)'\'', .., (byte)'\''],
            NatsOperation.Info or NatsOperation.Connect => line.Arguments is [(byte)'{', .., (byte)'}'],
            _ => false,
        };
    }

    private static bool MayBegin(ReadOnlySpan<byte> data)
    {
        return Begins(data, "INFO {"u8) || Begins(data, "CONNECT {"u8) || Begins(data, "PUB "u8) || Begins(data, "HPUB "u8) || Begins(data, "MSG "u8) || Begins(data, "HMSG "u8);

        static bool Begins(ReadOnlySpan<byte> data, ReadOnlySpan<byte> word) => data.Length < word.Length ? word.StartsWith(data) : data.StartsWith(word);
    }
}
