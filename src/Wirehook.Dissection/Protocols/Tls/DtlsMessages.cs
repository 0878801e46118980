using Wirehook.Dissection.Protocols.Quic;

namespace Wirehook.Dissection.Protocols.Tls;

/// <summary>The handshake message of one side that comes in pieces: the next message replaces it, finished or not.</summary>
internal sealed class DtlsMessages
{
    private const int LongestMessage = 64 << 10;
    private readonly CryptoStream _pieces = new();
    private int _number = -1;
    private bool _complete;

    /// <summary>Bytes of memory that it holds.</summary>
    public int Held => _pieces.Held;

    /// <summary>Adds a piece. Whether the message is whole now; each is whole once.</summary>
    public bool TryComplete(in DtlsFragment fragment, out ReadOnlySpan<byte> body)
    {
        body = default;
        if (fragment.MessageLength > LongestMessage - HandshakeBuffer.HeaderLength || fragment.Number < _number) return false;
        if (fragment.Number > _number) Begin(fragment);
        if (_complete) return false;
        _pieces.Add(HandshakeBuffer.HeaderLength + fragment.Offset, fragment.Data);
        _complete = _pieces.TryRead(out _, out body);
        return _complete;
    }

    /// <summary>Forgets what is incomplete.</summary>
    public void Clear()
    {
        _pieces.Clear();
        _complete = true;
    }

    /// <summary>Another association begins: its messages are numbered from 0.</summary>
    public void Restart()
    {
        _pieces.Clear();
        (_number, _complete) = (-1, false);
    }

    /// <summary>The pieces form the message as it is in TLS: type and length before it.</summary>
    private void Begin(in DtlsFragment fragment)
    {
        _pieces.Clear();
        (_number, _complete) = (fragment.Number, false);
        _pieces.Add(0, [fragment.Type, (byte)(fragment.MessageLength >> 16), (byte)(fragment.MessageLength >> 8), (byte)fragment.MessageLength]);
    }
}
