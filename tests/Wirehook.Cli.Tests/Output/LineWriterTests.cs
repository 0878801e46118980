using System.Text;
using Wirehook.Cli.Output;

namespace Wirehook.Cli.Tests.Output;

/// <summary>Lines that are written beside the work, whatever the reader does.</summary>
public sealed class LineWriterTests
{
    [Fact]
    public void Lines_come_out_in_order_and_whole()
    {
        using var output = new MemoryStream();
        using (var writer = new LineWriter(output, n => $"{n} left out"))
        {
            for (var i = 0; i < 10_000; i++) writer.Write($"line {i} \U0001F600");
        }

        Assert.Equal(Enumerable.Range(0, 10_000).Select(i => $"line {i} \U0001F600"), Encoding.UTF8.GetString(output.ToArray()).TrimEnd('\n').Split('\n'));
    }

    [Fact]
    public void A_reader_who_stands_still_stops_nobody_and_learns_what_was_left_out()
    {
        using var output = new StandingStream();
        using (var writer = new LineWriter(output, n => $"{n} left out"))
        {
            var line = new string('x', 100_000);
            writer.Write("first");
            Assert.True(output.Reached.Wait(TimeSpan.FromSeconds(20)));
            for (var i = 0; i < 100; i++) writer.Write(line);
            output.Release.Set();
        }

        var lines = Encoding.UTF8.GetString(output.Written.ToArray()).TrimEnd('\n').Split('\n');
        var leftOut = int.Parse(lines[^1].Split(' ')[0]);
        Assert.InRange(leftOut, 50, 65);
        Assert.Equal(1 + 100 - leftOut + 1, lines.Length);
    }

    [Fact]
    public void A_reader_who_has_gone_is_no_error()
    {
        using var output = new BrokenStream();
        using var writer = new LineWriter(output, n => $"{n} left out");
        for (var i = 0; i < 100; i++) writer.Write("line");
    }

    private sealed class StandingStream : Sink
    {
        public ManualResetEventSlim Reached { get; } = new();

        public ManualResetEventSlim Release { get; } = new();

        public MemoryStream Written { get; } = new();

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            Reached.Set();
            Release.Wait();
            Written.Write(buffer);
        }
    }

    private sealed class BrokenStream : Sink
    {
        public override void Write(ReadOnlySpan<byte> buffer) => throw new IOException("Broken pipe");
    }

    private abstract class Sink : Stream
    {
        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override void Flush()
        {
        }

        public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();
    }
}
