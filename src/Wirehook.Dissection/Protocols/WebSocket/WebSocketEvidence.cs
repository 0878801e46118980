using System.Text.Unicode;

namespace Wirehook.Dissection.Protocols.WebSocket;

/// <summary>
/// Whether bytes from the middle of a connection are frames. A header is two bytes of which most values are legal, so it takes a whole segment that is
/// frames and nothing else, and either text in them or several of them.
/// </summary>
internal static class WebSocketEvidence
{
    private const int ShortestText = 8;
    private const int ShortestChain = 3;
    private const int SampleLength = 512;

    /// <summary>Whether the newest bytes of either direction are beyond reasonable doubt a client's or a server's frames.</summary>
    public static bool IsLikely(ReadOnlySpan<byte> forward, ReadOnlySpan<byte> reverse)
    {
        var (there, back) = (Look(forward), Look(reverse));
        if (there.Broken || back.Broken) return false;
        if (there.HasText || back.HasText) return true;
        // Without text: enough frames, at least one of them masked, and no direction in which some are masked and some are not.
        var masked = there.Masked + back.Masked;
        return masked > 0 && there.Frames + back.Frames >= ShortestChain && (there.Masked == 0 || back.Masked == 0);
    }

    /// <summary>Whether <paramref name="data"/>, behind a gap, begins with frames of a side that masks or does not.</summary>
    public static bool IsLikely(ReadOnlySpan<byte> data, bool masked)
    {
        var chain = Look(data);
        return !chain.Broken && chain.Frames > 0 && (masked ? chain.Masked == chain.Frames : chain.Masked == 0) && (chain.HasText || chain.Frames > 1 || masked);
    }

    /// <summary>Reads frames to the end of <paramref name="data"/>, where the last must end.</summary>
    private static Chain Look(ReadOnlySpan<byte> data)
    {
        var chain = default(Chain);
        while (!data.IsEmpty)
        {
            if (!WebSocketFrameHeader.TryRead(data, out var header, out _) || !header.IsValid || !header.IsMinimal || header.FrameLength > data.Length)
                return new Chain { Broken = true };
            chain.Frames++;
            if (header.IsMasked) chain.Masked++;
            if (chain.Masked != 0 && chain.Masked != chain.Frames) return new Chain { Broken = true };
            if (header.Opcode == WebSocketOpcode.Text && !header.Rsv1 && header.PayloadLength >= ShortestText)
            {
                var payload = data.Slice(header.Length, (int)header.PayloadLength);
                if (!IsText(payload, header)) return new Chain { Broken = true };
                chain.HasText = true;
            }

            data = data[(int)header.FrameLength..];
        }

        return chain;
    }

    /// <summary>Whether a text frame's beginning is printable text. A masked payload with the key 0 would be any text behind a fitting byte.</summary>
    private static bool IsText(ReadOnlySpan<byte> payload, in WebSocketFrameHeader header)
    {
        Span<byte> sample = stackalloc byte[Math.Min(payload.Length, SampleLength)];
        payload[..sample.Length].CopyTo(sample);
        WebSocketMask.Apply(sample, header.MaskKey);
        if (sample.Length == payload.Length && !Utf8.IsValid(sample)) return false;
        return !sample.ContainsAnyInRange((byte)0, (byte)8) && !sample.ContainsAnyInRange((byte)14, (byte)31) && !sample.Contains((byte)127);
    }

    private struct Chain
    {
        public int Frames;
        public int Masked;
        public bool HasText;
        public bool Broken;
    }
}
