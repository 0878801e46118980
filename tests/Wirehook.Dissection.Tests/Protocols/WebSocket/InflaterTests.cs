using System.IO.Compression;
using Wirehook.Dissection.Engine;
using Wirehook.Dissection.Protocols.WebSocket;
using Wirehook.Packets;

namespace Wirehook.Dissection.Tests.Protocols.WebSocket;

public class InflaterTests
{
    private readonly Inflater _inflater = new();
    private readonly DeflateWindow _window = new(new DissectionMemory(new DissectionOptions(), new DissectionLosses(new LossLedger()), new ByteArena()));

    [Theory]
    [InlineData(CompressionLevel.Optimal)]
    [InlineData(CompressionLevel.Fastest)]
    [InlineData(CompressionLevel.NoCompression)]
    [InlineData(CompressionLevel.SmallestSize)]
    public void Messages_that_share_a_context_expand_to_what_was_compressed(CompressionLevel level)
    {
        var random = new Random(7);
        var deflater = new Frames.Deflater(level);
        for (var i = 0; i < 300; i++)
        {
            var message = Message(random, i % 50 == 49 ? 200_000 : random.Next(1, 3000));
            Assert.Equal(InflateStatus.Whole, _inflater.Inflate(deflater.Compress(message), _window, 1 << 20, out var expanded));
            Assert.True(expanded.SequenceEqual(message), $"message {i}");
            Assert.InRange(_window.Bytes.Length, 0, 64 << 10);
        }
    }

    [Fact]
    public void An_empty_message_is_a_lone_empty_block()
    {
        // RFC 7692 §7.2.3.6: an empty message is sent as 0x00.
        Assert.Equal(InflateStatus.Whole, _inflater.Inflate([0x00], _window, 100, out var expanded));
        Assert.Equal(0, expanded.Length);
    }

    [Fact]
    public void The_examples_of_the_specification_expand()
    {
        // RFC 7692 §7.2.3.1, §7.2.3.2 (shared context), §7.2.3.3 (stored), §7.2.3.5 (two blocks).
        foreach (var example in (byte[][])[
            [0xf2, 0x48, 0xcd, 0xc9, 0xc9, 0x07, 0x00], [0xf2, 0x00, 0x11, 0x00, 0x00], [0x00, 0x05, 0x00, 0xfa, 0xff, 0x48, 0x65, 0x6c, 0x6c, 0x6f, 0x00],
            [0xf2, 0x48, 0x05, 0x00, 0x00, 0x00, 0xff, 0xff, 0xca, 0xc9, 0xc9, 0x07, 0x00]])
        {
            Assert.Equal(InflateStatus.Whole, _inflater.Inflate(example, _window, 100, out var expanded));
            Assert.True(expanded.SequenceEqual("Hello"u8));
        }
    }

    [Fact]
    public void A_final_block_ends_the_message()
    {
        // RFC 7692 §7.2.3.4.
        Assert.Equal(InflateStatus.Whole, _inflater.Inflate([0xf3, 0x48, 0xcd, 0xc9, 0xc9, 0x07, 0x00, 0x00], _window, 100, out var expanded));
        Assert.True(expanded.SequenceEqual("Hello"u8));
    }

    [Fact]
    public void A_reference_to_what_was_not_captured_is_unknown_and_one_to_what_came_since_is_known()
    {
        var deflater = new Frames.Deflater();
        deflater.Compress("the quick brown fox jumps over the lazy dog");
        var second = deflater.Compress("the quick brown fox jumps over the lazy dog");
        var third = deflater.Compress("0123456789 abcdefghijklmnopqrstuvwxyz");
        var fourth = deflater.Compress("0123456789 abcdefghijklmnopqrstuvwxyz");
        Assert.Equal(InflateStatus.Unknown, _inflater.Inflate(second, _window, 1000, out _));
        Assert.Equal(InflateStatus.Whole, _inflater.Inflate(third, _window, 1000, out _));
        Assert.Equal(InflateStatus.Whole, _inflater.Inflate(fourth, _window, 1000, out var expanded));
        Assert.True(expanded.SequenceEqual("0123456789 abcdefghijklmnopqrstuvwxyz"u8));
    }

    [Fact]
    public void A_bomb_stops_at_the_limit()
    {
        var bomb = new Frames.Deflater().Compress(new byte[10 << 20]);
        Assert.Equal(InflateStatus.TooLong, _inflater.Inflate(bomb, _window, 1 << 20, out var expanded));
        Assert.Equal(1 << 20, expanded.Length);
        Assert.Equal(64 << 10, _window.Bytes.Length);
    }

    [Fact]
    public void Damaged_data_neither_throw_nor_expand_beyond_the_limit()
    {
        var random = new Random(11);
        for (var i = 0; i < 20_000; i++)
        {
            var data = new Frames.Deflater(CompressionLevel.Fastest).Compress(Message(random, 60));
            if (i % 3 == 0) random.NextBytes(data);
            else data[random.Next(data.Length)] ^= (byte)(1 << random.Next(8));
            _inflater.Inflate(data, _window, 50_000, out var expanded);
            Assert.InRange(expanded.Length, 0, 50_000);
        }
    }

    private static byte[] Message(Random random, int length)
    {
        var message = new byte[length];
        var letters = random.Next(2, 200);
        for (var i = 0; i < length; i++) message[i] = i > 20 && random.Next(3) > 0 ? message[i - random.Next(1, Math.Min(i, 20))] : (byte)random.Next(letters);
        return message;
    }
}
