using System.Buffers.Text;
using Wirehook.Dissection.Framing;

namespace Wirehook.Dissection.Protocols.Redis;

/// <summary>
/// Finds the end of one RESP value, however deep, without recursion and in any number of steps: it counts the values that are still to come.
/// </summary>
internal struct RespScanner : IMessageScanner
{
    private const int LongestLine = 64 << 10;
    private const int DeepestStream = 8;
    private const long LargestBulk = 1L << 40;

    /// <summary>Values that an aggregate of unknown length may still have: more than any stream holds.</summary>
    private const long Unbounded = long.MaxValue >> 8;

    private long _values;
    private long _bulk;
    private long[]? _outer;
    private int _streams;
    private bool _inside;
    private bool _chunk;

    /// <summary>Bytes of the current string that are still to come, the line end behind it included.</summary>
    public readonly long Outstanding => _bulk;

    /// <inheritdoc/>
    public ScanResult Scan(ReadOnlySpan<byte> data, ref int at)
    {
        if (!_inside) (_inside, _values, _bulk, _streams, _chunk) = (true, 1, 0, 0, false);
        while (_values > 0)
        {
            if (_bulk > 0)
            {
                var part = (int)Math.Min(_bulk, data.Length - at);
                at += part;
                _bulk -= part;
                if (_bulk > 0) return ScanResult.Incomplete;
                if (part >= 2 && (data[at - 2] != '\r' || data[at - 1] != '\n')) return ScanResult.Invalid;
                if (!_chunk) _values--;
                continue;
            }

            if (!_chunk && TryScanShort(data, ref at)) continue;
            var end = data[at..].IndexOf((byte)'\n');
            if (end < 0) return data.Length - at > LongestLine ? ScanResult.Invalid : ScanResult.Incomplete;
            if (end < 2 || data[at + end - 1] != '\r') return ScanResult.Invalid;
            if (!ReadLine(data.Slice(at, end - 1))) return ScanResult.Invalid;
            at += end + 1;
        }

        _inside = false;
        return ScanResult.Complete;
    }

    /// <inheritdoc/>
    public bool Skip(long missing)
    {
        if (!_inside || _bulk <= missing) return false;
        _bulk -= missing;
        return true;
    }

    /// <summary>Whether <paramref name="line"/>, without its line end, may begin a value.</summary>
    public static bool IsHeader(ReadOnlySpan<byte> line)
    {
        var scanner = new RespScanner { _values = 1 };
        return line.Length > 0 && line[0] is not ((byte)';' or (byte)'.') && scanner.ReadLine(line);
    }

    /// <summary>
    /// The shape of nearly every value, without a search for the line's end: an array of up to 99 values, or a whole string of up to 99 bytes.
    /// </summary>
    private bool TryScanShort(ReadOnlySpan<byte> data, ref int at)
    {
        const int longestHeader = 5;
        if (data.Length - at < longestHeader) return false;
        var start = data.Slice(at, longestHeader);
        var (number, header) = (start[1] - '0', 4);
        if ((uint)number > 9) return false;
        if (start[2] != '\r')
        {
            var digit = start[2] - '0';
            if ((uint)digit > 9 || start[3] != '\r') return false;
            (number, header) = ((number * 10) + digit, longestHeader);
        }

        if (start[header - 1] != '\n') return false;
        if (start[0] == '*')
        {
            (_values, at) = (_values + number - 1, at + header);
            return true;
        }

        var end = at + header + number;
        if (start[0] != '$' || data.Length < end + 2 || data[end] != '\r' || data[end + 1] != '\n') return false;
        (_values, at) = (_values - 1, end + 2);
        return true;
    }

    private bool ReadLine(ReadOnlySpan<byte> line)
    {
        var rest = line[1..];
        if (_chunk && line[0] != ';') return false;
        switch (line[0])
        {
            case (byte)'+' or (byte)'-':
                _values--;
                return true;
            case (byte)':' or (byte)'(':
                _values--;
                return IsInteger(rest);
            case (byte)'#':
                _values--;
                return rest.Length == 1 && rest[0] is (byte)'t' or (byte)'f';
            case (byte)'_':
                _values--;
                return rest.IsEmpty;
            case (byte)',':
                _values--;
                return IsDouble(rest);
            case (byte)'$' or (byte)'=' or (byte)'!':
                return ReadBulk(rest);
            case (byte)';':
                return ReadChunk(rest);
            case (byte)'*' or (byte)'~' or (byte)'>':
                return ReadAggregate(rest, 1, counts: true);
            case (byte)'%':
                return ReadAggregate(rest, 2, counts: true);
            case (byte)'|':
                return ReadAggregate(rest, 2, counts: false);
            case (byte)'.':
                return CloseStream(rest);
            default:
                return false;
        }
    }

    private bool ReadBulk(ReadOnlySpan<byte> text)
    {
        if (text is [(byte)'?'])
        {
            _chunk = true;
            return true;
        }

        if (!TryReadLength(text, out var length)) return false;
        if (length < 0) _values--;
        else _bulk = length + 2;
        return true;
    }

    private bool ReadChunk(ReadOnlySpan<byte> text)
    {
        if (!_chunk || !TryReadLength(text, out var length) || length < 0) return false;
        if (length > 0)
        {
            _bulk = length + 2;
            return true;
        }

        _chunk = false;
        _values--;
        return true;
    }

    private bool ReadAggregate(ReadOnlySpan<byte> text, int factor, bool counts)
    {
        if (text is [(byte)'?'])
        {
            if (!counts || _streams == DeepestStream) return false;
            (_outer ??= new long[DeepestStream])[_streams++] = _values - 1;
            _values = Unbounded;
            return true;
        }

        if (!TryReadLength(text, out var length) || length > int.MaxValue) return false;
        if (counts) _values--;
        if (length > 0) _values += length * factor;
        return _values < Unbounded * 2;
    }

    private bool CloseStream(ReadOnlySpan<byte> text)
    {
        if (_streams == 0 || !text.IsEmpty) return false;
        _values = _outer![--_streams];
        return true;
    }

    /// <summary>A length: decimal digits, or -1 for null.</summary>
    public static bool TryReadLength(ReadOnlySpan<byte> text, out long length)
    {
        length = 0;
        if (text.Length == 1 && (uint)(text[0] - '0') <= 9)
        {
            length = text[0] - '0';
            return true;
        }

        if (text.SequenceEqual("-1"u8))
        {
            length = -1;
            return true;
        }

        if (text.IsEmpty || text.Length > 13) return false;
        foreach (var digit in text)
        {
            if ((uint)(digit - '0') > 9) return false;
            length = (length * 10) + digit - '0';
        }

        return length <= LargestBulk;
    }

    private static bool IsInteger(ReadOnlySpan<byte> text)
    {
        if (text.Length > 1 && text[0] is (byte)'-' or (byte)'+') text = text[1..];
        return !text.IsEmpty && text.IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0;
    }

    private static bool IsDouble(ReadOnlySpan<byte> text)
    {
        if (text.SequenceEqual("inf"u8) || text.SequenceEqual("-inf"u8) || text.SequenceEqual("nan"u8) || text.SequenceEqual("-nan"u8)) return true;
        return Utf8Parser.TryParse(text, out double _, out var used) && used == text.Length;
    }
}
