using System.Buffers;
using System.Globalization;
using System.Text;

namespace Wirehook.JavaScript.Library.Text;

/// <summary>The encodings of ES5.1 §15.1.3 (URIs) and §B.2.1 (escape).</summary>
internal static class UriText
{
    /// <summary>Letters, digits and marks, which are never encoded.</summary>
    internal const string Unescaped = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.!~*'()";

    /// <summary>The reserved characters and the hash, which <c>encodeURI</c> leaves alone.</summary>
    internal const string ReservedAndHash = ";/?:@&=+$,#";

    private const string EscapeSafe = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789@*_+-./";
    private const string HexDigits = "0123456789ABCDEF";

    /// <summary>Writes the text with every other character as percent-encoded UTF-8; false for a lone surrogate.</summary>
    internal static bool TryEncode(string text, string unescaped, TextBuilder output)
    {
        Span<byte> bytes = stackalloc byte[4];
        for (int i = 0; i < text.Length;)
        {
            if (unescaped.Contains(text[i]))
            {
                output.Append(text[i++]);
                continue;
            }
            if (Rune.DecodeFromUtf16(text.AsSpan(i), out Rune rune, out int consumed) != OperationStatus.Done)
                return false;
            i += consumed;
            int count = rune.EncodeToUtf8(bytes);
            foreach (byte b in bytes[..count])
                output.Append(['%', HexDigits[b >> 4], HexDigits[b & 15]]);
        }
        return true;
    }

    /// <summary>Writes the text with percent-encoded UTF-8 decoded, but for the reserved characters; false for anything malformed.</summary>
    internal static bool TryDecode(string text, string reserved, TextBuilder output)
    {
        Span<byte> bytes = stackalloc byte[4];
        Span<char> decoded = stackalloc char[2];
        for (int i = 0; i < text.Length;)
        {
            if (text[i] != '%')
            {
                output.Append(text[i++]);
                continue;
            }
            int start = i;
            if (!TryReadSequence(text, ref i, bytes, out int count))
                return false;
            if (Rune.DecodeFromUtf8(bytes[..count], out Rune rune, out int consumed) != OperationStatus.Done || consumed != count)
                return false;
            int length = rune.EncodeToUtf16(decoded);
            if (length == 1 && reserved.Contains(decoded[0]))
                output.Append(text.AsSpan(start, i - start));
            else
                output.Append(decoded[..length]);
        }
        return true;
    }

    /// <summary>§B.2.1.</summary>
    internal static void Escape(string text, TextBuilder output)
    {
        foreach (char c in text)
        {
            if (EscapeSafe.Contains(c))
                output.Append(c);
            else if (c < 256)
                output.Append(['%', HexDigits[c >> 4], HexDigits[c & 15]]);
            else
                output.Append(['%', 'u', HexDigits[c >> 12], HexDigits[(c >> 8) & 15], HexDigits[(c >> 4) & 15], HexDigits[c & 15]]);
        }
    }

    /// <summary>§B.2.2: what is no escape stays as it is.</summary>
    internal static void Unescape(string text, TextBuilder output)
    {
        for (int i = 0; i < text.Length;)
        {
            if (text[i] == '%' && i + 1 < text.Length && text[i + 1] == 'u' && TryReadHex(text, i + 2, 4, out int unit))
            {
                output.Append((char)unit);
                i += 6;
            }
            else if (text[i] == '%' && TryReadHex(text, i + 1, 2, out unit))
            {
                output.Append((char)unit);
                i += 3;
            }
            else
            {
                output.Append(text[i++]);
            }
        }
    }

    private static bool TryReadSequence(string text, ref int at, Span<byte> bytes, out int count)
    {
        count = 0;
        int wanted = 1;
        while (count < wanted)
        {
            if (at >= text.Length || text[at] != '%' || !TryReadHex(text, at + 1, 2, out int value))
                return false;
            if (count == 0 && value >= 0x80)
            {
                wanted = value switch { < 0xC0 => 0, < 0xE0 => 2, < 0xF0 => 3, < 0xF8 => 4, _ => 0 };
                if (wanted == 0)
                    return false;
            }
            bytes[count++] = (byte)value;
            at += 3;
        }
        return true;
    }

    private static bool TryReadHex(string text, int at, int digits, out int value)
    {
        value = 0;
        return at + digits <= text.Length
            && int.TryParse(text.AsSpan(at, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value);
    }
}
