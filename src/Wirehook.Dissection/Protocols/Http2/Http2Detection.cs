using System.Buffers.Binary;
using Wirehook.Dissection.Contract;
using Wirehook.Dissection.Protocols.Http2.Hpack;

namespace Wirehook.Dissection.Protocols.Http2;

/// <summary>Recognises HTTP/2 by its preface, or by frames that follow one another without a byte between them.</summary>
internal static class Http2Detection
{
    private const int Enough = 4;
    private const int ListLimit = 64 << 10;
    private const uint NewStreams = 1 << 14;
    private const uint UsualStreams = 1 << 28;

    /// <summary>What a client sends first (RFC 9113 §3.4).</summary>
    public static ReadOnlySpan<byte> Preface => "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8;

    /// <summary>Whether the stream is HTTP/2.</summary>
    public static Detection Detect(in StreamOpening opening)
    {
        var forward = Detect(opening.Forward, opening.Final);
        var reverse = Detect(opening.Reverse, opening.Final);
        if (opening.Upgrade is { Protocol: "h2c" } && (MayBegin(opening.Forward) || MayBegin(opening.Reverse))) return Detection.Certain;
        if (forward == Detection.Certain || reverse == Detection.Certain) return Detection.Certain;
        if (forward == Detection.Likely || reverse == Detection.Likely) return Detection.Likely;
        return forward == Detection.NeedMore || reverse == Detection.NeedMore ? Detection.NeedMore : Detection.No;
    }

    /// <summary>
    /// Where in <paramref name="data"/> frames begin again behind lost bytes: at one whose end is the end of the data or the beginning of another. Where none
    /// is found, everything before the result is certain to begin none.
    /// </summary>
    /// <param name="data">Bytes behind the lost ones.</param>
    /// <param name="highest">The highest stream seen so far, 0 for none.</param>
    /// <param name="found">Whether frames begin at the result.</param>
    public static int FindFrames(ReadOnlySpan<byte> data, uint highest, out bool found)
    {
        found = false;
        var streamLimit = highest == 0 ? UsualStreams : highest + NewStreams;
        for (var at = 0; at + FrameHeader.Size <= data.Length; at++)
        {
            if (data[at] != 0) continue;
            var frame = new FrameHeader(data[at..]);
            if (!frame.IsLikely(streamLimit)) continue;
            var next = at + FrameHeader.Size + frame.Length;
            if (next + FrameHeader.Size <= data.Length && !new FrameHeader(data[next..]).IsLikely(streamLimit)) continue;
            if (next + FrameHeader.Size > data.Length && frame.Type == FrameType.Data && frame.StreamId > highest) continue;
            found = next == data.Length || next + FrameHeader.Size <= data.Length || at == 0;
            return at;
        }

        return Math.Max(0, data.Length - FrameHeader.Size + 1);
    }

    private static bool MayBegin(ReadOnlySpan<byte> data) =>
        (data.Length > 0 && data.StartsWith(Preface[..Math.Min(data.Length, Preface.Length)])) ||
        (data.Length >= FrameHeader.Size && new FrameHeader(data) is { Type: FrameType.Settings } frame && frame.IsLikely(1));

    private static Detection Detect(ReadOnlySpan<byte> data, bool final)
    {
        if (data.IsEmpty) return Detection.No;
        if (data.StartsWith(Preface[..Math.Min(data.Length, Preface.Length)])) return data.Length >= Preface.Length ? Detection.Certain : final ? Detection.No : Detection.NeedMore;
        var score = 0;
        while (data.Length >= FrameHeader.Size)
        {
            var frame = new FrameHeader(data);
            if (!frame.IsLikely(UsualStreams)) return Detection.No;
            data = data[FrameHeader.Size..];
            if (data.Length < frame.Length) break;
            var weight = WeightOf(frame, data[..frame.Length]);
            if (weight < 0) return Detection.No;
            score += weight;
            data = data[frame.Length..];
        }

        return score >= Enough ? Detection.Likely : final || (score == 0 && data.Length < FrameHeader.Size && data.IndexOfAnyExcept((byte)0) == 0) ? Detection.No : Detection.NeedMore;
    }

    /// <summary>How much a whole frame says for HTTP/2; negative where it cannot be HTTP/2.</summary>
    private static int WeightOf(in FrameHeader frame, ReadOnlySpan<byte> payload) => frame.Type switch
    {
        FrameType.Settings => IsSettings(payload) ? Math.Min(3, 1 + (payload.Length / 6)) : -1,
        FrameType.Headers => WeightOfHeaders(frame, payload),
        FrameType.Data => payload.IsEmpty ? 0 : 1,
        FrameType.GoAway => BinaryPrimitives.ReadUInt32BigEndian(payload[4..]) < 16 ? 2 : -1,
        FrameType.ResetStream => BinaryPrimitives.ReadUInt32BigEndian(payload) < 16 ? 2 : -1,
        FrameType.WindowUpdate => BinaryPrimitives.ReadUInt32BigEndian(payload) is > 0 and <= int.MaxValue ? 2 : -1,
        FrameType.Ping => 2,
        _ => 1,
    };

    private static int WeightOfHeaders(in FrameHeader frame, ReadOnlySpan<byte> payload)
    {
        if (!frame.TryStrip(ref payload)) return -1;
        if (!frame.EndHeaders) return 1;
        var decoder = new HpackDecoder(null, ListLimit);
        decoder.Lose();
        if (!decoder.Decode(payload)) return -1;
        var fields = decoder.Fields;
        return fields.Length > 0 && fields[0].IsPseudo ? Enough : decoder.Unknown + fields.Length > 0 ? 2 : 0;
    }

    /// <summary>Whether every identifier is one that is registered (RFC 9113 §6.5.2, RFC 8441, RFC 9218) or reserved to be ignored.</summary>
    private static bool IsSettings(ReadOnlySpan<byte> payload)
    {
        for (; !payload.IsEmpty; payload = payload[6..])
        {
            var id = BinaryPrimitives.ReadUInt16BigEndian(payload);
            if (id is 0 or > 0x20 && (id & 0x0f0f) != 0x0a0a && id < 0xf000) return false;
        }

        return true;
    }
}
