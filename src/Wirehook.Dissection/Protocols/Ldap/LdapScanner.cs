using System.Buffers.Binary;
using Wirehook.Dissection.Framing;

namespace Wirehook.Dissection.Protocols.Ldap;

/// <summary>Finds the end of a message by its BER length, or of a buffer of a SASL layer by the four bytes in front of it (RFC 4422 §3.7).</summary>
internal struct LdapScanner : IMessageScanner
{
    private const int SaslHeader = 4;
    private long _left;

    /// <inheritdoc/>
    public readonly long Outstanding => _left;

    /// <summary>Whether bytes that begin so are a buffer of a SASL layer: its length is below 16 MB.</summary>
    public static bool IsSasl(byte first) => first == 0;

    /// <inheritdoc/>
    public ScanResult Scan(ReadOnlySpan<byte> data, ref int at)
    {
        if (_left == 0)
        {
            var start = data[at..];
            if (start.IsEmpty) return ScanResult.Incomplete;
            if (IsSasl(start[0]))
            {
                if (start.Length < SaslHeader) return ScanResult.Incomplete;
                _left = SaslHeader + (long)BinaryPrimitives.ReadUInt32BigEndian(start);
            }
            else if (start[0] != BerReader.Sequence)
            {
                return ScanResult.Invalid;
            }
            else if (BerReader.TryReadHeader(start, out var header, out var length, out var open))
            {
                _left = header + length;
            }
            else
            {
                return open ? ScanResult.Incomplete : ScanResult.Invalid;
            }
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
