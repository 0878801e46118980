using Wirehook.Dissection.Protocols.Tls;

namespace Wirehook.Dissection.Protocols.Quic;

/// <summary>The handshake bytes of one side: CRYPTO frames bring them in any order, in pieces that may overlap (RFC 9000 §19.6).</summary>
internal sealed class CryptoStream
{
    /// <summary>A hello with large keys and a chain of padding has a few thousand bytes.</summary>
    private const int MostBytes = 64 << 10;
    private const int MostPieces = 256;
    private readonly List<(int Start, int End)> _pieces = [];
    private byte[] _bytes = [];
    private int _messageAt;

    /// <summary>Bytes of memory that it holds.</summary>
    public int Held => _bytes.Length;

    /// <summary>Adds a piece. What lies beyond the limit is left out.</summary>
    public void Add(long offset, ReadOnlySpan<byte> data)
    {
        if (offset + data.Length > MostBytes || _pieces.Count >= MostPieces || data.IsEmpty) return;
        var (start, end) = ((int)offset, (int)offset + data.Length);
        if (end > _bytes.Length) Array.Resize(ref _bytes, Math.Min(MostBytes, Math.Max(end, 2 * _bytes.Length)));
        data.CopyTo(_bytes.AsSpan(start));
        Merge(start, end);
    }

    /// <summary>The next whole handshake message.</summary>
    public bool TryRead(out byte type, out ReadOnlySpan<byte> body)
    {
        type = 0;
        body = default;
        if (_pieces is not [(0, var end), ..]) return false;
        var rest = _bytes.AsSpan(_messageAt, Math.Max(0, end - _messageAt));
        if (rest.Length < HandshakeBuffer.HeaderLength) return false;
        var length = (rest[1] << 16) | (rest[2] << 8) | rest[3];
        if (rest.Length < HandshakeBuffer.HeaderLength + length) return false;
        type = rest[0];
        body = rest.Slice(HandshakeBuffer.HeaderLength, length);
        _messageAt += HandshakeBuffer.HeaderLength + length;
        return true;
    }

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        _pieces.Clear();
        (_bytes, _messageAt) = ([], 0);
    }

    private void Merge(int start, int end)
    {
        for (var i = _pieces.Count - 1; i >= 0; i--)
        {
            var piece = _pieces[i];
            if (piece.Start > end || piece.End < start) continue;
            (start, end) = (Math.Min(start, piece.Start), Math.Max(end, piece.End));
            _pieces.RemoveAt(i);
        }

        var at = _pieces.FindIndex(p => p.Start > start);
        _pieces.Insert(at < 0 ? _pieces.Count : at, (start, end));
    }
}
