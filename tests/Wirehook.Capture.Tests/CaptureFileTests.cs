using System.Buffers;
using System.IO.Compression;
using Wirehook.Packets;
using Wirehook.Packets.Files;

namespace Wirehook.Capture.Tests;

public sealed class CaptureFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("wirehook-capture").FullName;

    [Theory]
    [InlineData(4096)]
    [InlineData(1 << 20)]
    public void A_file_is_read_whatever_the_buffer(int bufferLength)
    {
        var capture = Packets(Enumerable.Range(0, 500).Select(i => (Time: (long)i, Length: i * 20)));
        using var source = CaptureFileSource.Read("x", new MemoryStream(capture), bufferLength);
        for (var i = 0; i < 500; i++)
        {
            Assert.True(source.TryReadNext(out var header, out var frame));
            Assert.Equal((i, i * 20), ((int)header.Timestamp.UnixNanoseconds, frame.Length));
            Assert.True(frame.IndexOfAnyExcept((byte)i) < 0);
        }

        Assert.False(source.TryReadNext(out _, out _));
        Assert.False(source.TryReadNext(out _, out _));
        Assert.Empty(source.Damages);
        Assert.Equal(capture.Length, source.Progress.BytesRead);
    }

    [Fact]
    public void A_stream_that_gives_single_bytes_is_read()
    {
        using var source = CaptureFileSource.Read("x", new Trickle(Packets([(1, 10), (2, 20)])));
        Assert.Equal([1L, 2L], Times(source));
        Assert.Empty(source.Damages);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Gzip_is_known_by_its_content(int members)
    {
        var capture = Packets([(1, 100), (2, 5000), (3, 0)]);
        var path = Path.Combine(_folder, "capture.bin");
        var part = (capture.Length + members - 1) / members;
        File.WriteAllBytes(path, capture.Chunk(part).SelectMany(Gzip).ToArray());
        using var source = CaptureFileSource.Open(path);
        Assert.Equal([1L, 2L, 3L], Times(source));
        Assert.Empty(source.Damages);
        Assert.Equal(new CaptureProgress(new FileInfo(path).Length, new FileInfo(path).Length), source.Progress);
    }

    [Fact]
    public void Damaged_gzip_yields_the_packets_before_the_damage()
    {
        var random = new Random(3);
        var capture = Packets(Enumerable.Range(1, 200).Select(i => ((long)i, 1000)), () => (byte)random.Next(256));
        var zipped = Gzip(capture);
        foreach (var broken in new[] { zipped[..(zipped.Length / 2)], [.. zipped[..(zipped.Length / 2)], .. new byte[2000]] })
        {
            using var source = CaptureFileSource.Read("half.gz", new MemoryStream(broken));
            var read = Times(source).Count;
            Assert.InRange(read, 80, 101);
            var damage = Assert.Single(source.Damages);
            Assert.Equal(("half.gz", 24L + (read * 1016L)), (damage.File, damage.Offset));
        }
    }

    [Fact]
    public void A_truncated_file_names_itself_and_the_place()
    {
        var path = Path.Combine(_folder, "cut.pcap");
        File.WriteAllBytes(path, Packets([(1, 100), (2, 100)])[..^1]);
        using var source = CaptureFileSource.Open(path);
        Assert.Equal([1L], Times(source));
        Assert.Equal($"{path}: damaged at byte 140: the capture ends inside a record (115 bytes are there, 116 are needed); every packet before it was read.",
            Assert.Single(source.Damages).ToString());
    }

    [Fact]
    public void A_file_that_cannot_be_opened_is_named()
    {
        var missing = Path.Combine(_folder, "missing.pcap");
        Assert.StartsWith(missing + ": the capture cannot be opened", Assert.Throws<CaptureException>(() => CaptureFileSource.Open(missing)).Message);
        Assert.Throws<CaptureException>(() => CaptureFileSource.Open(_folder));
        Assert.Throws<CaptureException>(() => CaptureFileSource.Open(""));
        Assert.Throws<CaptureException>(() => CaptureFileSet.Open([Write("a", (1, 1)), missing]));
    }

    [Fact]
    public void Many_files_are_merged_by_time()
    {
        string[] paths = [Write("a", (10, 1), (40, 1), (70, 1)), Write("b"), Write("c", (5, 2), (40, 2), (41, 2)), Write("d", (20, 3))];
        using var source = CaptureFileSet.Open(paths);
        var read = new List<(long Time, int Length)>();
        while (source.TryReadNext(out var header, out var frame))
        {
            read.Add((header.Timestamp.UnixNanoseconds, frame.Length));
            Assert.Equal((frame.Length switch { 1 => 0, 2 => 2, _ => 3 }, header.Link), (source.Origin.File, source.Origin.Interface.Link));
        }

        Assert.Equal([(5, 2), (10, 1), (20, 3), (40, 1), (40, 2), (41, 2), (70, 1)], read);
        Assert.Equal(paths.Sum(path => new FileInfo(path).Length), source.Progress.BytesRead);
        Assert.Empty(source.Damages);
    }

    [Fact]
    public void Merging_goes_on_behind_a_damaged_file()
    {
        var damaged = Write("damaged", (1, 1), (2, 1));
        File.WriteAllBytes(damaged, File.ReadAllBytes(damaged)[..^1]);
        using var source = CaptureFileSet.Open([damaged, Write("whole", (0, 1), (3, 1))]);
        Assert.Equal([0L, 1L, 3L], Times(source));
        Assert.Equal(damaged, Assert.Single(source.Damages).File);
    }

    [Fact]
    public void Frames_of_merged_files_keep_their_bytes_across_buffer_refills()
    {
        var paths = Enumerable.Range(0, 40).Select(file => Path.Combine(_folder, $"m{file}")).ToArray();
        for (var file = 0; file < paths.Length; file++)
        {
            var start = file;
            File.WriteAllBytes(paths[file], Packets(Enumerable.Range(0, 300).Select(i => ((long)(start + (i * 40)), 1400))));
        }

        using var source = CaptureFileSet.Open(paths);
        for (long time = 0; time < 12_000; time++)
        {
            Assert.True(source.TryReadNext(out var header, out var frame));
            Assert.Equal(time, header.Timestamp.UnixNanoseconds);
            Assert.True(frame.Length == 1400 && frame.IndexOfAnyExcept((byte)time) < 0);
        }
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static List<long> Times(IPacketSource source)
    {
        var times = new List<long>();
        while (source.TryReadNext(out var header, out _)) times.Add(header.Timestamp.UnixNanoseconds);
        return times;
    }

    /// <summary>A capture of packets whose bytes are all the lowest byte of their time.</summary>
    private static byte[] Packets(IEnumerable<(long Time, int Length)> packets, Func<byte>? content = null)
    {
        var output = new ArrayBufferWriter<byte>();
        var writer = new PcapWriter(output, LinkType.Ethernet);
        foreach (var (time, length) in packets)
        {
            var frame = new byte[length];
            for (var i = 0; i < length; i++) frame[i] = content?.Invoke() ?? (byte)time;
            writer.Write(new PacketHeader(new Timestamp(time), length, length, LinkType.Ethernet), frame);
        }

        return output.WrittenSpan.ToArray();
    }

    private string Write(string name, params (long Time, int Length)[] packets)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllBytes(path, Packets(packets));
        return path;
    }

    private static byte[] Gzip(byte[] bytes)
    {
        var output = new MemoryStream();
        using (var gzip = new GZipStream(output, CompressionLevel.Fastest)) gzip.Write(bytes);
        return output.ToArray();
    }

    /// <summary>Gives one byte per read, as a slow pipe does.</summary>
    private sealed class Trickle(byte[] bytes) : MemoryStream(bytes)
    {
        public override int Read(Span<byte> buffer) => base.Read(buffer[..Math.Min(1, buffer.Length)]);

        public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(1, count));
    }
}
