using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Wirehook.Dissection.Protocols.Dns;

/// <summary>
/// Turns a record's data into presentation format piece by piece, separated by spaces. A piece that reaches beyond the data makes
/// the whole text invalid; the caller then falls back to the generic form of RFC 3597.
/// </summary>
internal ref struct DnsDataText(ReadOnlySpan<byte> message, int offset, int length)
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);
    private readonly ReadOnlySpan<byte> _message = message;
    private readonly int _end = offset + length;
    private readonly StringBuilder _text = new();
    private int _at = offset;
    private bool _failed;

    /// <summary>Bytes not read yet.</summary>
    public readonly int Remaining => _failed ? 0 : _end - _at;

    /// <summary>The text, or null where the data were malformed.</summary>
    public readonly string? Finish() => _failed || _at != _end ? null : _text.ToString();

    /// <summary>Makes the text invalid.</summary>
    public void Fail() => _failed = true;

    /// <summary>An unsigned number of one byte in decimal.</summary>
    public void Number8() => Number(Take(1) is [var value] ? value : 0);

    /// <summary>An unsigned number of two bytes in decimal.</summary>
    public void Number16() => Number(ReadUInt16());

    /// <summary>An unsigned number of four bytes in decimal.</summary>
    public void Number32() => Number(Take(4) is { Length: 4 } bytes ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : 0);

    /// <summary>A domain name.</summary>
    public void Name()
    {
        Separate();
        if (_failed || !DnsName.TryAppend(_text, _message, ref _at, _end)) _failed = true;
    }

    /// <summary>One character-string, quoted.</summary>
    public void QuotedString() => Quote(Take(Take(1) is [var count] ? count : 0));

    /// <summary>All remaining character-strings, quoted.</summary>
    public void QuotedStrings()
    {
        while (Remaining > 0) QuotedString();
    }

    /// <summary>One character-string without quotes, for tags that are letters and digits.</summary>
    public void Tag() => Word(Text(Take(Take(1) is [var count] ? count : 0)));

    /// <summary>The remaining bytes as one quoted text.</summary>
    public void QuotedRest() => Quote(Take(Remaining));

    /// <summary>The remaining bytes in hexadecimal.</summary>
    public void HexRest() => Hex(Remaining);

    /// <summary>So many bytes in hexadecimal, <c>-</c> for none.</summary>
    public void Hex(int count) => Word(count == 0 ? "-" : Convert.ToHexString(Take(count)));

    /// <summary>The remaining bytes in base64.</summary>
    public void Base64Rest() => Word(Convert.ToBase64String(Take(Remaining)));

    /// <summary>So many bytes in base32 with the extended hex alphabet and no padding (RFC 4648 §7), as NSEC3 writes hashes.</summary>
    public void Base32(int count)
    {
        const string alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUV";
        Separate();
        var (bits, available) = (0, 0);
        foreach (var b in Take(count))
        {
            (bits, available) = (((bits << 8) | b) & 0xFFFF, available + 8);
            for (; available >= 5; available -= 5) _text.Append(alphabet[(bits >> (available - 5)) & 31]);
        }

        if (available > 0) _text.Append(alphabet[(bits << (5 - available)) & 31]);
    }

    /// <summary>A moment as YYYYMMDDHHmmSS from seconds since 1970 (RFC 4034 §3.2).</summary>
    public void Time32()
    {
        var seconds = Take(4) is { Length: 4 } bytes ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : 0;
        Word(DateTime.UnixEpoch.AddSeconds(seconds).ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture));
    }

    /// <summary>The record type that a number of two bytes names.</summary>
    public void TypeMnemonic() => Word(DnsMnemonics.TypeName(ReadUInt16()));

    /// <summary>The remaining bytes as the types of a type bit map (RFC 4034 §4.1.2).</summary>
    public void TypeBitMap()
    {
        while (Remaining > 0)
        {
            var window = Take(2) is [var block, var count] ? (block, count) : default;
            if (window.count is 0 or > 32)
            {
                _failed = true;
                return;
            }

            var map = Take(window.count);
            for (var bit = 0; bit < map.Length * 8; bit++)
            {
                if ((map[bit >> 3] & (0x80 >> (bit & 7))) != 0) Word(DnsMnemonics.TypeName((window.block << 8) | bit));
            }
        }
    }

    /// <summary>A word that the caller made.</summary>
    public readonly void Word(string word)
    {
        Separate();
        _text.Append(word);
    }

    /// <summary>Appends to the latest word.</summary>
    public readonly void Append(string text) => _text.Append(text);

    /// <summary>Appends bytes to the latest word, quoted.</summary>
    public readonly void AppendQuoted(ReadOnlySpan<byte> bytes)
    {
        _text.Append('"');
        foreach (var b in bytes)
        {
            if (b is (byte)'"' or (byte)'\\') _text.Append('\\');
            if (b is >= 0x20 and < 0x7F) _text.Append((char)b);
            else _text.Append('\\').Append(b.ToString("D3", CultureInfo.InvariantCulture));
        }

        _text.Append('"');
    }

    /// <summary>The next bytes; none, and the text is invalid, where there are fewer.</summary>
    public ReadOnlySpan<byte> Take(int count)
    {
        if (_failed || count > _end - _at)
        {
            _failed = true;
            return default;
        }

        var taken = _message.Slice(_at, count);
        _at += count;
        return taken;
    }

    /// <summary>A number of two bytes.</summary>
    public ushort ReadUInt16() => Take(2) is { Length: 2 } bytes ? BinaryPrimitives.ReadUInt16BigEndian(bytes) : (ushort)0;

    /// <summary>Bytes as text: UTF-8, each invalid sequence replaced by U+FFFD.</summary>
    public static string Text(ReadOnlySpan<byte> bytes) => Utf8.GetString(bytes);

    private readonly void Number(uint value) => Word(value.ToString(CultureInfo.InvariantCulture));

    private readonly void Number(int value) => Number((uint)value);

    private readonly void Quote(ReadOnlySpan<byte> bytes)
    {
        Separate();
        AppendQuoted(bytes);
    }

    private readonly void Separate()
    {
        if (_text.Length > 0) _text.Append(' ');
    }
}
