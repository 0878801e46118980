using Wirehook.Packets.Files;

namespace Wirehook.Packets.Tests.Files;

/// <summary>A capture read to its end or damage.</summary>
internal sealed record ReadCapture(List<(PacketHeader Header, byte[] Frame)> Packets, CaptureDamage? Damage, CaptureFileDecoder Decoder)
{
    /// <summary>Reads <paramref name="capture"/> in pieces whose lengths <paramref name="nextLength"/> gives; at once where it is null.</summary>
    public static ReadCapture Of(byte[] capture, Func<int>? nextLength = null, CaptureFileDecoder? decoder = null)
    {
        decoder ??= new CaptureFileDecoder();
        var packets = new List<(PacketHeader, byte[])>();
        var start = 0;
        var end = nextLength is null ? capture.Length : 0;
        while (true)
        {
            var status = decoder.TryRead(capture.AsSpan(start, end - start), end == capture.Length, out var consumed, out var header, out var frame);
            start += consumed;
            Assert.Equal(start, decoder.Offset);
            switch (status)
            {
                case CaptureReadStatus.Packet:
                    packets.Add((header, frame.ToArray()));
                    break;
                case CaptureReadStatus.NeedMore:
                    Assert.True(decoder.BytesNeeded > end - start);
                    end = Math.Min(capture.Length, end + nextLength!());
                    break;
                case CaptureReadStatus.End:
                    Assert.Equal(capture.Length, start);
                    return new ReadCapture(packets, null, decoder);
                default:
                    Assert.NotNull(decoder.Damage);
                    return new ReadCapture(packets, decoder.Damage, decoder);
            }
        }
    }
}
