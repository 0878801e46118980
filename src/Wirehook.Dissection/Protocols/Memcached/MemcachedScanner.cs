using Wirehook.Dissection.Framing;

namespace Wirehook.Dissection.Protocols.Memcached;

/// <summary>Finds the end of a message: by its header's length in the binary protocol; in the text protocol by lines, the lengths of values, and END.</summary>
internal struct MemcachedScanner : IMessageScanner
{
    private const int LongestLine = 64 << 10;
    private bool _begun;
    private bool _listed;
    private long _left;

    /// <inheritdoc/>
    public readonly long Outstanding => _left;

    /// <inheritdoc/>
    public ScanResult Scan(ReadOnlySpan<byte> data, ref int at)
    {
        while (true)
        {
            if (_left > 0)
            {
                var part = (int)Math.Min(_left, data.Length - at);
                at += part;
                _left -= part;
                if (_left > 0) return ScanResult.Incomplete;
                if (!_listed) return End();
            }

            if (!_begun && data.Length > at && BinaryHeader.IsMagic(data[at]))
            {
                if (data.Length - at < BinaryHeader.Length) return ScanResult.Incomplete;
                if (!BinaryHeader.TryRead(data[at..], out var header)) return ScanResult.Invalid;
                (_begun, _left) = (true, header.MessageLength);
                continue;
            }

            var end = data[at..].IndexOf((byte)'\n');
            if (end < 0) return data.Length - at > LongestLine || IsBinary(data[at..]) ? ScanResult.Invalid : ScanResult.Incomplete;
            var line = data.Slice(at, end).TrimEnd((byte)'\r');
            if (IsBinary(line)) return ScanResult.Invalid;
            at += end + 1;
            if (ReadLine(line)) return End();
        }
    }

    /// <inheritdoc/>
    public bool Skip(long missing)
    {
        if (_left <= missing) return false;
        _left -= missing;
        return true;
    }

    /// <summary>Digests a line. True where it ends the message.</summary>
    private bool ReadLine(ReadOnlySpan<byte> line)
    {
        const int lineEnd = 2;
        _begun = true;
        var kind = TextLine.KindOf(line);
        var length = TextLine.ValueLength(line, kind);
        if (kind is LineKind.Value or LineKind.Entry)
        {
            _listed = true;
            _left = length < 0 ? 0 : length + lineEnd;
            return false;
        }

        if (length < 0) return !_listed || !line.StartsWith("key="u8);
        _left = length + lineEnd;
        return false;
    }

    private ScanResult End()
    {
        this = default;
        return ScanResult.Complete;
    }

    private static bool IsBinary(ReadOnlySpan<byte> line) => line.IndexOfAnyInRange((byte)0, (byte)8) >= 0;
}
