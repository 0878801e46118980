using System.Text;

namespace Wirehook.Dissection.Protocols.Dns;

/// <summary>
/// Domain names on the wire (RFC 1035 §3.1, §4.1.4). A compression pointer must point before the labels that it continues, so that
/// no chain of pointers loops, and a name expands to at most 255 bytes whatever it points at.
/// </summary>
internal static class DnsName
{
    /// <summary>Characters that hold any name: 255 bytes, each escaped to <c>\DDD</c>.</summary>
    public const int MaxCharacters = 4 * MaxWireLength;

    private const int MaxWireLength = 255;
    private const int PointerBits = 0xC0;

    /// <summary>
    /// Moves <paramref name="offset"/> behind the name without following its pointer; false where the name is cut off, too long, of a reserved label
    /// type, or points forward.
    /// </summary>
    public static bool TrySkip(ReadOnlySpan<byte> message, ref int offset)
    {
        var at = offset;
        while ((uint)at < (uint)message.Length)
        {
            int length = message[at];
            if (length == 0)
            {
                offset = at + 1;
                return true;
            }

            if (length >= PointerBits)
            {
                if (at + 1 >= message.Length || (((length & 0x3F) << 8) | message[at + 1]) >= offset) return false;
                offset = at + 2;
                return true;
            }

            at += length + 1;
            if (length > 63 || at - offset >= MaxWireLength) return false;
        }

        return false;
    }

    /// <summary>
    /// Writes the name at <paramref name="offset"/> without its final dot, the root as <c>.</c>, and moves the offset behind it.
    /// Dots and backslashes inside a label become <c>\.</c> and <c>\\</c>, bytes that are not printable ASCII <c>\DDD</c> (RFC 4343 §2.1).
    /// </summary>
    /// <param name="message">The whole message, which pointers refer to.</param>
    /// <param name="offset">Where the name starts.</param>
    /// <param name="output">At least <see cref="MaxCharacters"/> characters.</param>
    /// <returns>The characters written, or -1 where the name is malformed or cut off; the offset then stays.</returns>
    public static int Format(ReadOnlySpan<byte> message, ref int offset, Span<char> output)
    {
        var (at, segment, end, wire, written) = (offset, offset, -1, 1, 0);
        while ((uint)at < (uint)message.Length)
        {
            int length = message[at++];
            if (length == 0)
            {
                offset = end < 0 ? at : end;
                if (written > 0) return written - 1;
                output[0] = '.';
                return 1;
            }

            if (length >= PointerBits)
            {
                if (at >= message.Length) return -1;
                var target = ((length & 0x3F) << 8) | message[at++];
                if (target >= segment) return -1;
                if (end < 0) end = at;
                at = segment = target;
                continue;
            }

            wire += length + 1;
            if (length > 63 || wire > MaxWireLength || at + length > message.Length) return -1;
            written = AppendLabel(message.Slice(at, length), output, written);
            at += length;
        }

        return -1;
    }

    /// <summary>The name at <paramref name="offset"/> as text, or null where it is malformed; moves the offset behind it.</summary>
    public static string? Read(ReadOnlySpan<byte> message, ref int offset)
    {
        Span<char> text = stackalloc char[MaxCharacters];
        var length = Format(message, ref offset, text);
        return length < 0 ? null : new string(text[..length]);
    }

    /// <summary>Appends the name at <paramref name="offset"/>; false where it is malformed or reaches beyond <paramref name="limit"/>.</summary>
    public static bool TryAppend(StringBuilder output, ReadOnlySpan<byte> message, ref int offset, int limit)
    {
        Span<char> text = stackalloc char[MaxCharacters];
        var length = Format(message, ref offset, text);
        if (length < 0 || offset > limit) return false;
        output.Append(text[..length]);
        return true;
    }

    private static int AppendLabel(ReadOnlySpan<byte> label, Span<char> output, int written)
    {
        foreach (var b in label)
        {
            if (b is > 0x20 and < 0x7F)
            {
                if (b is (byte)'.' or (byte)'\\') output[written++] = '\\';
                output[written++] = (char)b;
            }
            else
            {
                output[written++] = '\\';
                output[written++] = (char)('0' + (b / 100));
                output[written++] = (char)('0' + (b / 10 % 10));
                output[written++] = (char)('0' + (b % 10));
            }
        }

        output[written++] = '.';
        return written;
    }
}
