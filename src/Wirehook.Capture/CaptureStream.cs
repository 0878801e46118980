namespace Wirehook.Capture;

/// <summary>A capture's stored bytes: counts what was read, and gives bytes that were looked at ahead once more.</summary>
internal sealed class CaptureStream(Stream inner) : Stream
{
    private byte[] _ahead = [];
    private int _aheadLength;
    private int _aheadRead;
    private long _bytesRead;

    /// <summary>Bytes read from storage so far. Safe to read from another thread.</summary>
    public long BytesRead => Volatile.Read(ref _bytesRead);

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => false;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>The first <paramref name="length"/> bytes, or fewer at the end of the input; they are still to be read.</summary>
    public ReadOnlySpan<byte> LookAhead(int length)
    {
        _ahead = new byte[length];
        _aheadLength = inner.ReadAtLeast(_ahead, length, throwOnEndOfStream: false);
        Volatile.Write(ref _bytesRead, _aheadLength);
        return _ahead.AsSpan(0, _aheadLength);
    }

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        if (_aheadRead < _aheadLength)
        {
            var again = Math.Min(buffer.Length, _aheadLength - _aheadRead);
            _ahead.AsSpan(_aheadRead, again).CopyTo(buffer);
            _aheadRead += again;
            return again;
        }

        var read = inner.Read(buffer);
        Volatile.Write(ref _bytesRead, _bytesRead + read);
        return read;
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override void Flush()
    {
    }

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing) inner.Dispose();
        base.Dispose(disposing);
    }
}
