using Wirehook.Capture;
using Wirehook.Packets;
using Wirehook.Worker.Pipeline;

namespace Wirehook.Worker.Tests.Pipeline;

public sealed class PacketFileTests : IDisposable
{
    private readonly string _path = Path.GetTempFileName();

    public void Dispose() => File.Delete(_path);

    [Fact]
    public void What_is_written_is_read_back_and_another_link_type_is_counted()
    {
        var losses = new LossLedger();
        using (var file = new PacketFile(_path, losses))
        {
            for (var i = 0; i < 1_000; i++)
            {
                var link = i == 500 ? LinkType.LinuxSll2 : LinkType.Ethernet;
                file.Write(new PacketHeader(new Timestamp(1_000_000_007L * i), 100, 150, link), new byte[100]);
            }
        }

        Assert.Equal(1, losses.Counters.Single(c => c.Reason == "link-type").Count);
        using var source = CaptureFileSource.Open(_path);
        var count = 0;
        while (source.TryReadNext(out var header, out var frame))
        {
            var expected = count < 500 ? count : count + 1;
            Assert.Equal((1_000_000_007L * expected, 100, 150, 100), (header.Timestamp.UnixNanoseconds, header.CaptureLength, header.Length, frame.Length));
            count++;
        }

        Assert.Equal(999, count);
        Assert.Empty(source.Damages);
    }

    [Fact]
    public void A_file_without_its_last_flush_ends_between_two_packets()
    {
        using var file = new PacketFile(_path, new LossLedger());
        for (var i = 0; i < 30_000; i++) file.Write(new PacketHeader(default, 64, 64, LinkType.Ethernet), new byte[64]);
        using var source = CaptureFileSource.Open(_path);
        var count = 0;
        while (source.TryReadNext(out _, out _)) count++;
        Assert.InRange(count, 1, 29_999);
        Assert.Empty(source.Damages);
    }
}
