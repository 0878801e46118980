namespace Wirehook.Dissection.Protocols.Quic;

/// <summary>Walks the frames that Initial packets may have (RFC 9000 §12.4) and gives the handshake bytes among them.</summary>
/// <param name="frames">The frames of one packet.</param>
internal ref struct FrameReader(ReadOnlySpan<byte> frames)
{
    private const byte Padding = 0;
    private const byte Ping = 1;
    private const byte Acknowledgment = 2;
    private const byte AcknowledgmentWithCounts = 3;
    private const byte Crypto = 6;
    private readonly ReadOnlySpan<byte> _frames = frames;
    private int _at;

    /// <summary>The next CRYPTO frame. False at the end, and at a frame that ends the connection or has no place in an Initial packet.</summary>
    public bool TryReadCrypto(out long offset, out ReadOnlySpan<byte> data)
    {
        offset = 0;
        data = default;
        while (_at < _frames.Length)
        {
            var type = _frames[_at++];
            if (type is Padding or Ping) continue;
            if (type == Crypto) return TryReadPiece(out offset, out data);
            if (type is not (Acknowledgment or AcknowledgmentWithCounts) || !TrySkipAcknowledgment(type)) return false;
        }

        return false;
    }

    private bool TryReadPiece(out long offset, out ReadOnlySpan<byte> data)
    {
        data = default;
        if (!LongHeader.TryReadNumber(_frames, ref _at, out offset) || !LongHeader.TryReadNumber(_frames, ref _at, out var length)) return false;
        if (length > _frames.Length - _at) return false;
        data = _frames.Slice(_at, (int)length);
        _at += (int)length;
        return true;
    }

    private bool TrySkipAcknowledgment(byte type)
    {
        for (var i = 0; i < 2; i++)
        {
            if (!LongHeader.TryReadNumber(_frames, ref _at, out _)) return false;
        }

        if (!LongHeader.TryReadNumber(_frames, ref _at, out var ranges)) return false;
        var numbers = 1 + (2 * Math.Min(ranges, _frames.Length)) + (type == AcknowledgmentWithCounts ? 3 : 0);
        for (; numbers > 0; numbers--)
        {
            if (!LongHeader.TryReadNumber(_frames, ref _at, out _)) return false;
        }

        return true;
    }
}
