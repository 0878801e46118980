using System.Buffers.Text;
using System.Text;

namespace Wirehook.Dissection.Protocols.Nats;

/// <summary>The line that begins a protocol message: a word and arguments.</summary>
internal readonly ref struct NatsLine
{
    private const int LongestWord = 16;

    private NatsLine(ReadOnlySpan<byte> word, ReadOnlySpan<byte> arguments, int length)
    {
        Word = word;
        Arguments = arguments;
        Length = length;
        Operation = OperationOf(word);
    }

    /// <summary>The first word.</summary>
    public ReadOnlySpan<byte> Word { get; }

    /// <summary>What follows it, without the line's end.</summary>
    public ReadOnlySpan<byte> Arguments { get; }

    /// <summary>Bytes of the line with its end.</summary>
    public int Length { get; }

    /// <summary>What the word means.</summary>
    public NatsOperation Operation { get; }

    /// <summary>Whether a payload follows the line.</summary>
    public bool HasPayload => Operation is NatsOperation.Pub or NatsOperation.HPub or NatsOperation.Msg or NatsOperation.HMsg;

    /// <summary>Whether the payload begins with headers.</summary>
    public bool HasHeaders => Operation is NatsOperation.HPub or NatsOperation.HMsg;

    /// <summary>Whether only clients send the message; null where either side does.</summary>
    public bool? IsFromClient => Operation switch
    {
        NatsOperation.Connect or NatsOperation.Pub or NatsOperation.HPub or NatsOperation.Sub or NatsOperation.Unsub => true,
        NatsOperation.Info or NatsOperation.Msg or NatsOperation.HMsg or NatsOperation.Ok or NatsOperation.Err => false,
        _ => null,
    };

    /// <summary>Reads the line at the beginning of <paramref name="data"/>. False where its end is not there.</summary>
    public static bool TryRead(ReadOnlySpan<byte> data, out NatsLine line)
    {
        line = default;
        var end = data.IndexOf((byte)'\n');
        if (end < 0) return false;
        var text = data[..end].TrimEnd((byte)'\r');
        var space = text.IndexOfAny((byte)' ', (byte)'\t');
        line = space < 0 ? new NatsLine(text, default, end + 1) : new NatsLine(text[..space], text[space..].Trim(" \t"u8), end + 1);
        return true;
    }

    /// <summary>Whether the line looks like a message of the protocol, known or not.</summary>
    public static bool IsWord(ReadOnlySpan<byte> word) => word.Length is > 0 and <= LongestWord && !word.ContainsAnyExceptInRange((byte)'!', (byte)'~');

    /// <summary>The sizes at the end of the arguments, and the arguments before them. False where they are missing or impossible.</summary>
    /// <param name="words">Ranges of the arguments; at least five.</param>
    /// <param name="count">How many arguments come before the sizes.</param>
    /// <param name="headers">Bytes of headers in the payload.</param>
    /// <param name="total">Bytes of the payload, headers included.</param>
    public bool TryReadSizes(Span<Range> words, out int count, out int headers, out int total)
    {
        (headers, total) = (0, 0);
        count = Split(Arguments, words);
        var sizes = HasHeaders ? 2 : 1;
        count -= sizes;
        var fewest = Operation is NatsOperation.Msg or NatsOperation.HMsg ? 2 : 1;
        if (count < fewest || count > fewest + 1) return false;
        if (HasHeaders && !TryReadNumber(Arguments[words[count]], out headers)) return false;
        return TryReadNumber(Arguments[words[count + sizes - 1]], out total) && headers <= total;
    }

    /// <summary>Finds the words of <paramref name="text"/>; as many as there are, at most one more than fit.</summary>
    public static int Split(ReadOnlySpan<byte> text, Span<Range> words)
    {
        var count = 0;
        for (var at = 0; at < text.Length;)
        {
            var length = text[at..].IndexOfAny((byte)' ', (byte)'\t');
            if (length < 0) length = text.Length - at;
            if (length > 0)
            {
                if (count == words.Length) return count + 1;
                words[count++] = at..(at + length);
            }

            at += length + 1;
        }

        return count;
    }

    private static bool TryReadNumber(ReadOnlySpan<byte> text, out int number) =>
        Utf8Parser.TryParse(text, out number, out var read) && read == text.Length && number is >= 0 and < int.MaxValue / 2 && text[0] != '+';

    private static NatsOperation OperationOf(ReadOnlySpan<byte> word) => word.Length switch
    {
        3 when Is(word, "PUB"u8) => NatsOperation.Pub,
        3 when Is(word, "MSG"u8) => NatsOperation.Msg,
        3 when Is(word, "SUB"u8) => NatsOperation.Sub,
        3 when Is(word, "+OK"u8) => NatsOperation.Ok,
        4 when Is(word, "HPUB"u8) => NatsOperation.HPub,
        4 when Is(word, "HMSG"u8) => NatsOperation.HMsg,
        4 when Is(word, "PING"u8) => NatsOperation.Ping,
        4 when Is(word, "PONG"u8) => NatsOperation.Pong,
        4 when Is(word, "INFO"u8) => NatsOperation.Info,
        4 when Is(word, "-ERR"u8) => NatsOperation.Err,
        5 when Is(word, "UNSUB"u8) => NatsOperation.Unsub,
        7 when Is(word, "CONNECT"u8) => NatsOperation.Connect,
        _ => NatsOperation.Unknown,
    };

    private static bool Is(ReadOnlySpan<byte> word, ReadOnlySpan<byte> name) => Ascii.EqualsIgnoreCase(word, name);
}
