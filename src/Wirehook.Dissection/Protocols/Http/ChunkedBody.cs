namespace Wirehook.Dissection.Protocols.Http;

/// <summary>Takes the chunked framing off a body (RFC 9112 §7.1), in whatever pieces it comes.</summary>
internal struct ChunkedBody
{
    private const int LineLimit = 16 << 10;
    private Part _part;
    private long _remaining;
    private int _lineLength;
    private bool _hasDigits;
    private bool _inExtension;

    private enum Part : byte
    {
        Size,
        Data,
        DataEnd,
        Trailer,
        Done,
    }

    public readonly bool Done => _part == Part.Done;

    /// <summary>
    /// Reads the next part of <paramref name="data"/>: gives the body bytes at its beginning, if any, and how many bytes were read. False when the
    /// framing is violated.
    /// </summary>
    public bool Read(ReadOnlySpan<byte> data, out int read, out ReadOnlySpan<byte> body)
    {
        read = 0;
        body = default;
        if (_part == Part.Data)
        {
            read = (int)Math.Min(_remaining, data.Length);
            body = data[..read];
            _remaining -= read;
            if (_remaining == 0) _part = Part.DataEnd;
            return true;
        }

        while (read < data.Length && _part is not (Part.Data or Part.Done))
        {
            var b = data[read++];
            if (!(_part switch { Part.Size => ReadSize(b), Part.DataEnd => ReadDataEnd(b), _ => ReadTrailer(b) })) return false;
        }

        return true;
    }

    /// <summary>Passes over lost bytes. False where the framing is lost with them.</summary>
    public bool Skip(long length)
    {
        if (_part != Part.Data || length >= _remaining) return false;
        _remaining -= length;
        return true;
    }

    /// <summary>Reads a size as lenient receivers do: blanks before it are skipped, whatever follows its digits is taken as an extension.</summary>
    private bool ReadSize(byte b)
    {
        if (b == '\n' && _hasDigits) return EndSize();
        if (++_lineLength > LineLimit) return false;
        if (_inExtension) return true;
        var digit = HexValue(b);
        if (digit < 0) return _hasDigits ? _inExtension = true : b is (byte)' ' or (>= (byte)'\t' and <= (byte)'\r');
        if (_remaining > long.MaxValue >> 5) return false;
        (_remaining, _hasDigits) = ((_remaining << 4) | (uint)digit, true);
        return true;
    }

    private static int HexValue(byte b) => b switch
    {
        >= (byte)'0' and <= (byte)'9' => b - '0',
        >= (byte)'a' and <= (byte)'f' => b - 'a' + 10,
        >= (byte)'A' and <= (byte)'F' => b - 'A' + 10,
        _ => -1,
    };

    private bool EndSize()
    {
        (_lineLength, _hasDigits, _inExtension) = (0, false, false);
        _part = _remaining > 0 ? Part.Data : Part.Trailer;
        return true;
    }

    private bool ReadDataEnd(byte b)
    {
        if (b == '\r') return true;
        _part = Part.Size;
        return b == '\n';
    }

    private bool ReadTrailer(byte b)
    {
        if (b == '\n')
        {
            if (_lineLength == 0) _part = Part.Done;
            _remaining += _lineLength;
            _lineLength = 0;
        }
        else if (b is not ((byte)'\r' or (byte)' ' or (byte)'\t'))
        {
            _lineLength++;
        }

        // In the trailer, what remains counts the bytes of its lines.
        return _lineLength + _remaining <= LineLimit;
    }
}
