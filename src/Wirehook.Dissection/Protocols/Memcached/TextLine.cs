using System.Buffers.Text;

namespace Wirehook.Dissection.Protocols.Memcached;

/// <summary>What the first word of a line of the text protocol says of it (protocol.txt).</summary>
internal enum LineKind : byte
{
    /// <summary>No word of the protocol.</summary>
    Unknown,

    /// <summary>set, add, replace, append, prepend, cas, ms: a value follows.</summary>
    Storage,

    /// <summary>get, gets, gat, gats.</summary>
    Retrieval,

    /// <summary>mg, md, ma, mn, me.</summary>
    Meta,

    /// <summary>Any other command.</summary>
    Command,

    /// <summary>A command without reply: quit, shutdown.</summary>
    Farewell,

    /// <summary>VALUE: a value follows, and more until END.</summary>
    Value,

    /// <summary>VA: a value follows.</summary>
    MetaValue,

    /// <summary>STAT, ITEM, PREFIX: more lines until END.</summary>
    Entry,

    /// <summary>A reply of one line.</summary>
    Reply,
}

/// <summary>The words of one line.</summary>
internal ref struct TextLine
{
    private ReadOnlySpan<byte> _rest;

    /// <summary>Walks over the words of <paramref name="line"/>, without its line end.</summary>
    public TextLine(ReadOnlySpan<byte> line) => _rest = line;

    /// <summary>The next word; empty at the end.</summary>
    public ReadOnlySpan<byte> Next()
    {
        _rest = _rest.TrimStart((byte)' ');
        var end = _rest.IndexOf((byte)' ');
        var word = end < 0 ? _rest : _rest[..end];
        _rest = _rest[word.Length..];
        return word;
    }

    /// <summary>The next word as a number. False where it is none.</summary>
    public bool TryNextNumber(out long number)
    {
        var word = Next();
        return Utf8Parser.TryParse(word, out number, out var used) && used == word.Length && used > 0;
    }

    /// <summary>The first word of <paramref name="line"/>.</summary>
    public static ReadOnlySpan<byte> FirstWord(ReadOnlySpan<byte> line)
    {
        var end = line.IndexOfAny((byte)' ', (byte)'\r', (byte)'\n');
        return end < 0 ? line : line[..end];
    }

    /// <summary>What a line is, by its first word.</summary>
    public static LineKind KindOf(ReadOnlySpan<byte> line)
    {
        var word = FirstWord(line);
        if (word.IsEmpty) return LineKind.Unknown;
        return char.IsAsciiLetterLower((char)word[0]) ? CommandKind(word) : ReplyKind(word);
    }

    /// <summary>Bytes of the value behind a line that announces one, without the line end behind it; -1 where it announces none, or not well.</summary>
    public static long ValueLength(ReadOnlySpan<byte> line, LineKind kind)
    {
        var words = new TextLine(line);
        var first = words.Next();
        if (kind == LineKind.Storage && !first.SequenceEqual("ms"u8))
        {
            words.Next();
            words.Next();
            words.Next();
        }
        else if (kind == LineKind.Storage)
        {
            words.Next();
        }
        else if (kind == LineKind.Value)
        {
            words.Next();
            words.Next();
        }
        else if (kind != LineKind.MetaValue)
        {
            return -1;
        }

        return words.TryNextNumber(out var length) && length is >= 0 and <= int.MaxValue ? length : -1;
    }

    private static LineKind CommandKind(ReadOnlySpan<byte> word)
    {
        if (word.Length == 2 && word[0] == 'm')
        {
            return word[1] switch
            {
                (byte)'s' => LineKind.Storage,
                (byte)'g' or (byte)'d' or (byte)'a' or (byte)'n' or (byte)'e' => LineKind.Meta,
                _ => LineKind.Unknown,
            };
        }

        if (word.SequenceEqual("get"u8) || word.SequenceEqual("gets"u8) || word.SequenceEqual("gat"u8) || word.SequenceEqual("gats"u8)) return LineKind.Retrieval;
        if (word.SequenceEqual("set"u8) || word.SequenceEqual("add"u8) || word.SequenceEqual("replace"u8) || word.SequenceEqual("append"u8)) return LineKind.Storage;
        if (word.SequenceEqual("prepend"u8) || word.SequenceEqual("cas"u8)) return LineKind.Storage;
        if (word.SequenceEqual("quit"u8) || word.SequenceEqual("shutdown"u8)) return LineKind.Farewell;
        return IsOtherCommand(word) ? LineKind.Command : LineKind.Unknown;
    }

    private static bool IsOtherCommand(ReadOnlySpan<byte> word) =>
        word.SequenceEqual("delete"u8) || word.SequenceEqual("incr"u8) || word.SequenceEqual("decr"u8) || word.SequenceEqual("touch"u8)
        || word.SequenceEqual("stats"u8) || word.SequenceEqual("version"u8) || word.SequenceEqual("verbosity"u8) || word.SequenceEqual("flush_all"u8)
        || word.SequenceEqual("slabs"u8) || word.SequenceEqual("lru"u8) || word.SequenceEqual("lru_crawler"u8) || word.SequenceEqual("watch"u8)
        || word.SequenceEqual("cache_memlimit"u8) || word.SequenceEqual("refresh_certs"u8) || word.SequenceEqual("extstore"u8);

    private static LineKind ReplyKind(ReadOnlySpan<byte> word)
    {
        if (word.SequenceEqual("VALUE"u8)) return LineKind.Value;
        if (word.SequenceEqual("VA"u8)) return LineKind.MetaValue;
        if (word.SequenceEqual("STAT"u8) || word.SequenceEqual("ITEM"u8) || word.SequenceEqual("PREFIX"u8)) return LineKind.Entry;
        if (word.Length == 2)
        {
            return word.SequenceEqual("HD"u8) || word.SequenceEqual("EN"u8) || word.SequenceEqual("NS"u8) || word.SequenceEqual("EX"u8) || word.SequenceEqual("NF"u8)
                || word.SequenceEqual("MN"u8) || word.SequenceEqual("ME"u8) || word.SequenceEqual("OK"u8) || IsNumber(word) ? LineKind.Reply : LineKind.Unknown;
        }

        return IsReplyWord(word) || IsNumber(word) ? LineKind.Reply : LineKind.Unknown;
    }

    private static bool IsReplyWord(ReadOnlySpan<byte> word) =>
        word.SequenceEqual("STORED"u8) || word.SequenceEqual("END"u8) || word.SequenceEqual("NOT_STORED"u8) || word.SequenceEqual("EXISTS"u8) || word.SequenceEqual("NOT_FOUND"u8)
        || word.SequenceEqual("DELETED"u8) || word.SequenceEqual("TOUCHED"u8) || IsError(word) || word.SequenceEqual("VERSION"u8) || word.SequenceEqual("RESET"u8)
        || word.SequenceEqual("BUSY"u8) || word.SequenceEqual("BADCLASS"u8) || word.SequenceEqual("NOSPARE"u8) || word.SequenceEqual("NOTFULL"u8) || word.SequenceEqual("UNSAFE"u8)
        || word.SequenceEqual("SAME"u8);

    /// <summary>Whether a reply's first word reports an error, which any command may get.</summary>
    public static bool IsError(ReadOnlySpan<byte> word) => word.SequenceEqual("ERROR"u8) || word.SequenceEqual("CLIENT_ERROR"u8) || word.SequenceEqual("SERVER_ERROR"u8);

    /// <summary>Whether a word is a decimal number.</summary>
    public static bool IsNumber(ReadOnlySpan<byte> word) => word.Length is > 0 and <= 20 && word.IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0;
}
