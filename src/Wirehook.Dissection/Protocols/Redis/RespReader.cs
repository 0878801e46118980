using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace Wirehook.Dissection.Protocols.Redis;

/// <summary>One step through the bytes of a whole RESP value.</summary>
/// <param name="kind">The type byte.</param>
/// <param name="text">A scalar's text; empty for aggregates.</param>
/// <param name="count">An aggregate's values; -1 where only a mark ends it, and -2 for null.</param>
internal readonly ref struct RespToken(byte kind, ReadOnlySpan<byte> text, long count)
{
    /// <summary><see cref="Count"/> of an aggregate whose end is marked.</summary>
    public const long Open = -1;

    /// <summary><see cref="Count"/> of null.</summary>
    public const long Null = -2;

    /// <summary>The type byte, such as <c>$</c>.</summary>
    public byte Kind { get; } = kind;

    /// <summary>A scalar's text, without a verbatim string's format.</summary>
    public ReadOnlySpan<byte> Text { get; } = text;

    /// <summary>Values of an aggregate, <see cref="Open"/>, or <see cref="Null"/>; 0 for scalars.</summary>
    public long Count { get; } = count;

    /// <summary>Whether the value is null.</summary>
    public bool IsNull => Count == Null;

    /// <summary>Whether other values belong to it.</summary>
    public bool IsAggregate => Kind is (byte)'*' or (byte)'~' or (byte)'>' or (byte)'%' or (byte)'|' && !IsNull;
}

/// <summary>Walks over kept RESP bytes that a <see cref="RespScanner"/> has accepted, or the beginning of such.</summary>
internal ref struct RespReader(ReadOnlySpan<byte> data)
{
    private ReadOnlySpan<byte> _rest = data;

    /// <summary>The next scalar, aggregate header, or <c>.</c> that closes an open aggregate. False where the kept bytes end.</summary>
    public bool TryRead(out RespToken token)
    {
        token = default;
        if (!TryReadLine(out var kind, out var line)) return false;
        switch (kind)
        {
            case (byte)'$' or (byte)'=' or (byte)'!':
                return TryReadString(kind, line, out token);
            case (byte)'*' or (byte)'~' or (byte)'>' or (byte)'%' or (byte)'|':
                if (line is [(byte)'?']) token = new RespToken(kind, default, RespToken.Open);
                else if (!RespScanner.TryReadLength(line, out var count)) return false;
                else token = new RespToken(kind, default, count < 0 ? RespToken.Null : kind is (byte)'%' or (byte)'|' ? count * 2 : count);
                return true;
            default:
                token = new RespToken(kind, line, kind == '_' ? RespToken.Null : 0);
                return true;
        }
    }

    /// <summary>Text where the bytes are UTF-8, otherwise their base64.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="encoded">Set where the text is base64.</param>
    public static string ToText(ReadOnlySpan<byte> bytes, ref bool encoded)
    {
        if (Utf8.IsValid(bytes)) return Encoding.UTF8.GetString(bytes);
        encoded = true;
        return Convert.ToBase64String(bytes);
    }

    private bool TryReadLine(out byte kind, out ReadOnlySpan<byte> line)
    {
        kind = 0;
        line = default;
        var end = _rest.IndexOf((byte)'\n');
        if (end < 2) return false;
        kind = _rest[0];
        line = _rest[1..(end - 1)];
        _rest = _rest[(end + 1)..];
        return true;
    }

    private bool TryReadString(byte kind, ReadOnlySpan<byte> header, out RespToken token)
    {
        const int verbatimFormat = 4;
        token = default;
        if (header is [(byte)'?']) return TryReadChunks(out token);
        if (!RespScanner.TryReadLength(header, out var length)) return false;
        if (length < 0)
        {
            token = new RespToken(kind, default, RespToken.Null);
            return true;
        }

        // A message that was cut ends within a string: what there is of it counts.
        var text = _rest[..(int)Math.Min(length, _rest.Length)];
        _rest = _rest[(int)Math.Min(length + 2, _rest.Length)..];
        if (kind == '=' && text.Length >= verbatimFormat && text[3] == ':') text = text[verbatimFormat..];
        token = new RespToken(kind, text, 0);
        return true;
    }

    private bool TryReadChunks(out RespToken token)
    {
        var joined = new ArrayBufferWriter<byte>();
        while (TryReadLine(out var kind, out var header) && kind == ';' && RespScanner.TryReadLength(header, out var length) && length > 0)
        {
            joined.Write(_rest[..(int)Math.Min(length, _rest.Length)]);
            _rest = _rest[(int)Math.Min(length + 2, _rest.Length)..];
        }

        token = new RespToken((byte)'$', joined.WrittenSpan, 0);
        return true;
    }
}
