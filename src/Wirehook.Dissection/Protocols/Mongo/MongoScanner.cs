using Wirehook.Dissection.Framing;

namespace Wirehook.Dissection.Protocols.Mongo;

/// <summary>Finds the end of a message by its header's length.</summary>
internal struct MongoScanner : IMessageScanner
{
    private long _left;

    /// <inheritdoc/>
    public readonly long Outstanding => _left;

    /// <inheritdoc/>
    public ScanResult Scan(ReadOnlySpan<byte> data, ref int at)
    {
        if (_left == 0)
        {
            if (data.Length - at < MongoHeader.Length) return ScanResult.Incomplete;
            if (!MongoHeader.TryRead(data[at..], out var header)) return ScanResult.Invalid;
            _left = header.MessageLength;
        }

        var part = (int)Math.Min(_left, data.Length - at);
        at += part;
        _left -= part;
        return _left == 0 ? ScanResult.Complete : ScanResult.Incomplete;
    }

    /// <inheritdoc/>
    public bool Skip(long missing)
    {
        if (_left <= missing) return false;
        _left -= missing;
        return true;
    }
}
