using Wirehook.Dissection.Framing;
using Wirehook.Dissection.Pairing;

namespace Wirehook.Dissection.Protocols.Memcached;

/// <summary>Whether a request gets a response.</summary>
internal enum Answering : byte
{
    /// <summary>Always.</summary>
    Always,

    /// <summary>Only sometimes: a quiet operation.</summary>
    Sometimes,

    /// <summary>Never.</summary>
    Never,
}

/// <summary>A request that may wait for its response.</summary>
internal sealed class MemcachedPending : PendingMessage
{
    /// <summary>The request.</summary>
    public required FramedMessage Message { get; set; }

    /// <summary>Whether it gets a response.</summary>
    public required Answering Answering { get; init; }

    /// <summary>Whether it is of the binary protocol.</summary>
    public bool IsBinary => BinaryHeader.IsMagic(Message.Bytes.Span[0]);

    /// <inheritdoc/>
    public override long Held => base.Held - Size + Message.Bytes.Length;

    /// <inheritdoc/>
    internal override void Detach() => Message = Message.Detach();

    /// <summary>Whether a request gets a response.</summary>
    public static Answering AnsweringOf(ReadOnlySpan<byte> request)
    {
        if (BinaryHeader.IsMagic(request[0])) return BinaryOpcode.IsQuiet(request[1]) ? Answering.Sometimes : Answering.Always;
        var line = LineOf(request);
        switch (TextLine.KindOf(line))
        {
            case LineKind.Farewell:
                return Answering.Never;
            case LineKind.Storage when line[0] == 'm':
            case LineKind.Meta:
                return HasMetaFlag(line, (byte)'q') ? Answering.Sometimes : Answering.Always;
            default:
                return line.EndsWith(" noreply"u8) ? Answering.Never : Answering.Always;
        }
    }

    /// <summary>Whether <paramref name="response"/> may answer the request: the kind of its first word, and in the binary protocol operation and opaque.</summary>
    public bool Fits(ReadOnlySpan<byte> response)
    {
        var request = Message.Bytes.Span;
        if (IsBinary) return BinaryHeader.IsMagic(response[0]) && request[1] == response[1] && request[12..16].SequenceEqual(response[12..16]);
        if (BinaryHeader.IsMagic(response[0])) return false;
        var line = LineOf(response);
        var word = TextLine.FirstWord(line);
        if (TextLine.IsError(word)) return true;
        var command = LineOf(request);
        switch (TextLine.KindOf(command))
        {
            case LineKind.Storage when command[0] == 'm' && command[1] == 's':
            case LineKind.Meta:
                return FitsMeta(command, line);
            case LineKind.Storage:
                return word.SequenceEqual("STORED"u8) || word.SequenceEqual("NOT_STORED"u8) || word.SequenceEqual("EXISTS"u8) || word.SequenceEqual("NOT_FOUND"u8);
            case LineKind.Retrieval:
                return word.SequenceEqual("VALUE"u8) || word.SequenceEqual("END"u8);
            default:
                return FitsCommand(TextLine.FirstWord(command), word);
        }
    }

    /// <summary>Whether the response says by a flag of the meta protocol whose it is, key or opaque.</summary>
    public static bool IsIdentified(ReadOnlySpan<byte> response) =>
        HasMetaFlag(LineOf(response), (byte)'O') || HasMetaFlag(LineOf(response), (byte)'k') || response.StartsWith("MN"u8);

    /// <summary>The first line of a message, without its end.</summary>
    public static ReadOnlySpan<byte> LineOf(ReadOnlySpan<byte> message)
    {
        var end = message.IndexOf((byte)'\n');
        return (end < 0 ? message : message[..end]).TrimEnd("\r "u8);
    }

    private static bool FitsCommand(ReadOnlySpan<byte> command, ReadOnlySpan<byte> word)
    {
        if (command.SequenceEqual("delete"u8)) return word.SequenceEqual("DELETED"u8) || word.SequenceEqual("NOT_FOUND"u8);
        if (command.SequenceEqual("incr"u8) || command.SequenceEqual("decr"u8)) return TextLine.IsNumber(word) || word.SequenceEqual("NOT_FOUND"u8);
        if (command.SequenceEqual("touch"u8)) return word.SequenceEqual("TOUCHED"u8) || word.SequenceEqual("NOT_FOUND"u8);
        if (command.SequenceEqual("version"u8)) return word.SequenceEqual("VERSION"u8);
        if (command.SequenceEqual("stats"u8)) return TextLine.KindOf(word) is LineKind.Entry || word.SequenceEqual("END"u8) || word.SequenceEqual("RESET"u8) || word.SequenceEqual("OK"u8);
        return true;
    }

    private static bool FitsMeta(ReadOnlySpan<byte> request, ReadOnlySpan<byte> response)
    {
        var word = TextLine.FirstWord(response);
        if (request[1] == 'n' || word.SequenceEqual("MN"u8)) return request[1] == 'n' && word.SequenceEqual("MN"u8);
        var fits = request[1] switch
        {
            (byte)'e' => word.SequenceEqual("ME"u8) || word.SequenceEqual("EN"u8),
            (byte)'g' => word.SequenceEqual("VA"u8) || word.SequenceEqual("HD"u8) || word.SequenceEqual("EN"u8),
            (byte)'s' => word.SequenceEqual("HD"u8) || word.SequenceEqual("NS"u8) || word.SequenceEqual("EX"u8) || word.SequenceEqual("NF"u8),
            (byte)'a' => word.Length == 2 && !word.SequenceEqual("EN"u8) && !word.SequenceEqual("ME"u8),
            _ => word.SequenceEqual("HD"u8) || word.SequenceEqual("EX"u8) || word.SequenceEqual("NF"u8),
        };
        return fits && SameFlag(request, response, (byte)'O') && SameKey(request, response);
    }

    /// <summary>Where the response repeats the opaque, it must be the request's; where the request has none, the response has none.</summary>
    private static bool SameFlag(ReadOnlySpan<byte> request, ReadOnlySpan<byte> response, byte flag) =>
        FindMetaFlag(request, flag).SequenceEqual(FindMetaFlag(response, flag)) || FindMetaFlag(response, flag).IsEmpty;

    private static bool SameKey(ReadOnlySpan<byte> request, ReadOnlySpan<byte> response)
    {
        var key = FindMetaFlag(response, (byte)'k');
        if (key.IsEmpty) return true;
        var words = new TextLine(request);
        words.Next();
        return words.Next().SequenceEqual(key[1..]);
    }

    private static bool HasMetaFlag(ReadOnlySpan<byte> line, byte flag) => !FindMetaFlag(line, flag).IsEmpty;

    private static ReadOnlySpan<byte> FindMetaFlag(ReadOnlySpan<byte> line, byte flag)
    {
        var words = new TextLine(line);
        if (TextLine.KindOf(line) is not LineKind.Reply) words.Next();
        for (words.Next(); words.Next() is { IsEmpty: false } word;)
        {
            if (word[0] == flag) return word;
        }

        return default;
    }
}
