using Wirehook.Dissection.Contract;

namespace Wirehook.Dissection.Protocols.Tls;

/// <summary>Recognises TLS: a hello beyond doubt, and in the middle of a stream a chain of records.</summary>
internal static class TlsDetection
{
    private const int HelloPrefix = RecordHeader.Length + HandshakeBuffer.HeaderLength + 2;
    private const int ChainLength = 2;

    /// <summary>Whether the first bytes of one direction are TLS.</summary>
    /// <param name="data">The bytes.</param>
    /// <param name="opening">The stream.</param>
    public static Detection Detect(ReadOnlySpan<byte> data, in StreamOpening opening)
    {
        if (data.IsEmpty) return Detection.No;
        if (!RecordHeader.MayStart(data)) return opening.AtStart ? DetectOldHello(data, opening.Final) : Detection.No;
        if (data.Length < HelloPrefix && !IsCompleteRecord(data)) return opening.Final ? Detection.No : Detection.NeedMore;
        if (IsHello(data)) return Detection.Certain;
        if (opening.Upgrade?.Protocol == "tls") return Detection.Likely;
        return DetectChain(data, opening);
    }

    /// <summary>Whether a handshake record begins with a hello: its version and the lengths fit together.</summary>
    private static bool IsHello(ReadOnlySpan<byte> data)
    {
        if (data.Length < HelloPrefix || data[0] != ContentType.Handshake) return false;
        RecordHeader.TryRead(data, out var header);
        var length = (data[6] << 16) | (data[7] << 8) | data[8];
        return data[5] is HandshakeType.ClientHello or HandshakeType.ServerHello && length is >= 34 and <= 1 << 17
            && (header.BodyLength >= HandshakeBuffer.HeaderLength + 2) && data[9] == 3 && data[10] <= 4;
    }

    private static bool IsCompleteRecord(ReadOnlySpan<byte> data) => RecordHeader.TryRead(data, out var header) && data.Length >= header.TotalLength;

    /// <summary>
    /// In the middle of a stream: records whose lengths lead from one to the next, or one that ends where the data does. On a port of TLS the beginning of one will do.
    /// </summary>
    private static Detection DetectChain(ReadOnlySpan<byte> data, in StreamOpening opening)
    {
        var records = 0;
        while (RecordHeader.TryRead(data, out var header) && header.BodyLength > 0)
        {
            if (data.Length < header.TotalLength)
            {
                var known = records > 0 || opening.PortMatches;
                if (known) return Detection.Likely;
                return opening.Final ? Detection.No : Detection.NeedMore;
            }

            records++;
            data = data[header.TotalLength..];
        }

        if (!RecordHeader.MayStart(data)) return Detection.No;
        if (records >= ChainLength || (records > 0 && (data.IsEmpty || opening.PortMatches))) return Detection.Likely;
        return opening.Final ? Detection.No : Detection.NeedMore;
    }

    private static Detection DetectOldHello(ReadOnlySpan<byte> data, bool final)
    {
        if (!Ssl2Hello.MayBegin(data)) return Detection.No;
        if (data.Length < Ssl2Hello.FixedHeaderLength) return final ? Detection.No : Detection.NeedMore;
        if (!Ssl2Hello.MayStart(data, out var length)) return Detection.No;
        if (data.Length < length) return final ? Detection.No : Detection.NeedMore;
        return data.Length == length ? Detection.Certain : Detection.No;
    }
}
