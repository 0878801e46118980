using Wirehook.Dissection.Engine;

namespace Wirehook.Dissection.Protocols.Tls;

/// <summary>Cuts the handshake records of one direction into messages, which may share a record or span several. What is incomplete waits, up to a limit.</summary>
internal struct HandshakeBuffer
{
    /// <summary>Type and length.</summary>
    public const int HeaderLength = 4;

    private StreamBuffer _partial;
    private int _taken;
    private int _skip;

    /// <summary>Bytes of memory that it holds.</summary>
    public readonly int Held => _partial.Capacity;

    /// <summary>Whether a message has begun and is not complete.</summary>
    public readonly bool IsPartial => _partial.Length > _taken || _skip > 0;

    /// <summary>The next whole message out of what waits and <paramref name="rest"/>, which moves on. Messages longer than <paramref name="limit"/> are passed over.</summary>
    /// <param name="rest">Bytes that were not looked at yet.</param>
    /// <param name="limit">Bytes that a message may have.</param>
    /// <param name="type">The message's type.</param>
    /// <param name="body">The message behind its header; valid until the next call.</param>
    public bool TryRead(ref ReadOnlySpan<byte> rest, int limit, out byte type, out ReadOnlySpan<byte> body)
    {
        type = 0;
        body = default;
        _partial.Drop(_taken);
        _taken = 0;
        while (true)
        {
            var skipped = Math.Min(_skip, rest.Length);
            _skip -= skipped;
            rest = rest[skipped..];
            if (_partial.Length == 0 && TryReadWhole(ref rest, limit, out type, out body)) return true;
            if (rest.IsEmpty) return false;
            if (_skip > 0) continue;
            var needed = _partial.Length < HeaderLength ? HeaderLength : HeaderLength + LengthOf(_partial.Span);
            var more = Math.Min(needed - _partial.Length, rest.Length);
            _partial.Append(rest[..more]);
            rest = rest[more..];
            if (_partial.Length < HeaderLength) return false;
            var length = LengthOf(_partial.Span);
            if (length > limit)
            {
                _skip = HeaderLength + length - _partial.Length;
                _partial.Clear();
                continue;
            }

            if (_partial.Length < HeaderLength + length) continue;
            type = _partial.Span[0];
            body = _partial.Span.Slice(HeaderLength, length);
            _taken = _partial.Length;
            return true;
        }
    }

    /// <summary>Forgets what is incomplete.</summary>
    public void Clear()
    {
        _partial.Clear();
        (_taken, _skip) = (0, 0);
    }

    /// <summary>Reads a message that lies in <paramref name="rest"/> as a whole, without copying it.</summary>
    private bool TryReadWhole(ref ReadOnlySpan<byte> rest, int limit, out byte type, out ReadOnlySpan<byte> body)
    {
        type = 0;
        body = default;
        if (rest.Length < HeaderLength) return false;
        var length = LengthOf(rest);
        if (length > limit)
        {
            _skip = HeaderLength + length;
            return false;
        }

        if (rest.Length < HeaderLength + length) return false;
        type = rest[0];
        body = rest.Slice(HeaderLength, length);
        rest = rest[(HeaderLength + length)..];
        return true;
    }

    private static int LengthOf(ReadOnlySpan<byte> header) => (header[1] << 16) | (header[2] << 8) | header[3];
}
