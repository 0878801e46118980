using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using Wirehook.Dissection.Compression;

namespace Wirehook.Dissection.Tests.Compression;

/// <summary>Every format, by what other encoders made and by random blocks; the limit; damaged input.</summary>
public class DecompressionTests
{
    private const string Text =
        "Wirehook turns network events into calls of your own code. Wirehook turns packets into items. Wirehook turns items into calls. "
        + "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\n";

    /// <summary>What gzip 1.12, zstd 1.5.4 and lz4 1.9.4 make of <see cref="Text"/>.</summary>
    public static TheoryData<int, string> Encoded => new()
    {
        { (int)CompressionAlgorithm.Gzip, "1f8b08000000000000039d8c410a80300c04efbe625fe0777a2e3562694d24492dfe5e1004c59b7b1c663664a545a4c09bb281c9bb6801edc46ec8ec82146b35c88c439a423a23c94423c23bdd622a7437d969b58f72d1c7e988f873c30958ccd08cb8000000" },
        { (int)CompressionAlgorithm.Zstandard, "28b52ffd24b895020092440f15a0b539803e9104d8944ed5ae93f202c0804115f10a412941c3798c4c394a3cdcd4d67bea81122fa6544c9f768a6906b8e8bed256b45359f417be23040600c4cf6021424e011835f555af5edf2928c19100d3" },
        { (int)CompressionAlgorithm.Zstandard, "28b52ffd20b87d020092840e11b0eb20a114b392391828dbc7e042d3a731603cb4958d3291c11eb22cb9c23dbb8d37fba6d420df56f4d69a2f9f7861a7be29bb7eda3dc948040600c4cfc10243ce161885f455845edf2928" },
        { (int)CompressionAlgorithm.Lz4Frame, "04224d186440a762000000fb2c57697265686f6f6b207475726e73206e6574776f726b206576656e747320696e746f2063616c6c73206f6620796f7572206f776e20636f64652e203b00547061636b6534005d6974656d7323000116000755003f2e206101002050616161610a0000000096cee48b" },
        { (int)CompressionAlgorithm.Lz4Frame, "04224d187440bd62000000fb2c57697265686f6f6b207475726e73206e6574776f726b206576656e747320696e746f2063616c6c73206f6620796f7572206f776e20636f64652e203b00547061636b6534005d6974656d7323000116000755003f2e206101002050616161610ab4b5697f0000000096cee48b" },
    };

    [Theory]
    [MemberData(nameof(Encoded))]
    public void Other_encoders_output_decodes(int algorithm, string hex)
    {
        var input = Convert.FromHexString(hex);
        var result = Decompression.Run((CompressionAlgorithm)algorithm, input, 1000);
        Assert.Equal((DecompressionStatus.Whole, Text), (result.Status, Encoding.ASCII.GetString(result.Data.Span)));
        Assert.Null(result.Problem);
        var exact = Decompression.Run((CompressionAlgorithm)algorithm, input, Text.Length);
        Assert.Equal((DecompressionStatus.Whole, Text.Length), (exact.Status, exact.Data.Length));
    }

    [Theory]
    [MemberData(nameof(Encoded))]
    public void A_limit_cuts_and_says_so(int algorithm, string hex)
    {
        foreach (var limit in (int[])[0, 1, 60, Text.Length - 1])
        {
            var result = Decompression.Run((CompressionAlgorithm)algorithm, Convert.FromHexString(hex), limit);
            Assert.Equal((DecompressionStatus.Cut, Text[..limit]), (result.Status, Encoding.ASCII.GetString(result.Data.Span)));
            Assert.NotNull(result.Problem);
        }
    }

    [Theory]
    [MemberData(nameof(Encoded))]
    public void An_input_that_ends_early_is_invalid_and_gives_its_beginning(int algorithm, string hex)
    {
        var input = Convert.FromHexString(hex);
        for (var length = 0; length < input.Length; length++)
        {
            var result = Decompression.Run((CompressionAlgorithm)algorithm, input.AsSpan(0, length), 1000);
            Assert.Equal((DecompressionStatus.Invalid, length), (result.Status, length));
            Assert.StartsWith(Encoding.ASCII.GetString(result.Data.Span), Text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Zlib_deflate_and_brotli_decode()
    {
        Check(CompressionAlgorithm.Zlib, s => new ZLibStream(s, CompressionLevel.Optimal));
        Check(CompressionAlgorithm.Deflate, s => new DeflateStream(s, CompressionLevel.Optimal));
        Check(CompressionAlgorithm.Brotli, s => new BrotliStream(s, CompressionLevel.Optimal));

        static void Check(CompressionAlgorithm algorithm, Func<Stream, Stream> open)
        {
            var target = new MemoryStream();
            using (var encoder = open(target)) encoder.Write(Encoding.ASCII.GetBytes(Text));
            var result = Decompression.Run(algorithm, target.ToArray(), 1000);
            Assert.Equal((DecompressionStatus.Whole, Text), (result.Status, Encoding.ASCII.GetString(result.Data.Span)));
            var input = target.ToArray();
            for (var length = 0; length < input.Length; length++) Assert.Equal((DecompressionStatus.Invalid, length), (Decompression.Run(algorithm, input.AsSpan(0, length), 1000).Status, length));
        }
    }

    [Fact]
    public void Random_snappy_blocks_decode_raw_framed_and_in_the_stream_of_java()
    {
        var random = new Random(1);
        for (var i = 0; i < 200; i++)
        {
            var (first, second) = (MatchScript.Random(random, random.Next(1, 400), 100_000), MatchScript.Random(random, 3, 1000));
            var (a, b) = (first.ToSnappy(), second.ToSnappy());
            byte[] both = [.. first.Content, .. second.Content];
            AssertWhole(CompressionAlgorithm.Snappy, a, [.. first.Content]);
            byte[] java = [0x82, .. "SNAPPY\0"u8, 0, 0, 0, 1, 0, 0, 0, 1, .. BigEndian(a.Length), .. a, .. BigEndian(b.Length), .. b];
            AssertWhole(CompressionAlgorithm.Snappy, java, both);
            byte[] framed = [0xff, 6, 0, 0, .. "sNaPpY"u8, .. Chunk(0, a), .. Chunk(0xfe, [1, 2]), .. Chunk(1, [.. second.Content])];
            AssertWhole(CompressionAlgorithm.Snappy, framed, both);
        }
    }

    [Fact]
    public void Random_lz4_blocks_decode_alone_and_linked_in_frames()
    {
        var random = new Random(2);
        for (var i = 0; i < 200; i++)
        {
            var first = MatchScript.Random(random, random.Next(1, 400), 65_535);
            var block = first.ToLz4([1, 2, 3, 4, 5]);
            AssertWhole(CompressionAlgorithm.Lz4Block, block, [.. first.Content]);
            var second = MatchScript.Random(random, 20, 65_535, first.Content);
            var linked = second.ToLz4(new byte[20]);
            byte[] frame = [4, 0x22, 0x4d, 0x18, 0x40, 0x40, 0, .. LittleEndian(block.Length), .. block, .. LittleEndian(linked.Length), .. linked,
                .. LittleEndian(3 | int.MinValue), 7, 8, 9, 0, 0, 0, 0];
            AssertWhole(CompressionAlgorithm.Lz4Frame, frame, [.. first.Content, .. second.Content, 7, 8, 9]);
            byte[] skippable = [0x51, 0x2a, 0x4d, 0x18, 2, 0, 0, 0, 1, 1, .. frame];
            AssertWhole(CompressionAlgorithm.Lz4Frame, skippable, [.. first.Content, .. second.Content, 7, 8, 9]);
        }
    }

    [Fact]
    public void Lengths_that_are_only_declared_cost_nothing_and_copies_from_before_the_block_are_invalid()
    {
        byte[][] liars = [[0xff, 0xff, 0xff, 0xff, 0x0f, 0, 1], [5, 0, 65, 2, 9, 0], [5, 0, 65, 2, 0, 0], [3, 0xfc, 0xff, 0xff, 0xff, 0xff], [0xff, 0xff, 0xff, 0xff, 0xff, 0xff]];
        foreach (var liar in liars)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            Assert.Equal(DecompressionStatus.Invalid, Decompression.Run(CompressionAlgorithm.Snappy, liar, 1 << 30).Status);
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100_000);
        }

        Assert.Equal(DecompressionStatus.Invalid, Decompression.Run(CompressionAlgorithm.Lz4Block, [0x10, 65, 2, 0, 0], 100).Status);
        Assert.Equal(DecompressionStatus.Invalid, Decompression.Run(CompressionAlgorithm.Lz4Block, [0xf0, 255, 255], 100).Status);
    }

    [Fact]
    public void A_bomb_stops_at_the_limit()
    {
        var target = new MemoryStream();
        using (var encoder = new GZipStream(target, CompressionLevel.SmallestSize)) encoder.Write(new byte[50_000_000]);
        var result = Decompression.Run(CompressionAlgorithm.Gzip, target.ToArray(), 1 << 20);
        Assert.Equal((DecompressionStatus.Cut, 1 << 20), (result.Status, result.Data.Length));
    }

    [Fact]
    public void Damaged_input_never_throws_and_keeps_to_the_limit()
    {
        var random = new Random(3);
        var seeds = Encoded.Select(e => Convert.FromHexString((string)e[1])).Append(MatchScript.Random(random, 20, 500).ToSnappy()).ToArray();
        for (var i = 0; i < 30_000; i++)
        {
            var input = (byte[])seeds[random.Next(seeds.Length)].Clone();
            for (var j = random.Next(1, 5); j > 0; j--) input[random.Next(input.Length)] = (byte)random.Next(256);
            var algorithm = (CompressionAlgorithm)random.Next((int)CompressionAlgorithm.Zstandard + 1);
            Assert.InRange(Decompression.Run(algorithm, input, 300).Data.Length, 0, 300);
        }
    }

    private static void AssertWhole(CompressionAlgorithm algorithm, byte[] input, byte[] expected)
    {
        var result = Decompression.Run(algorithm, input, expected.Length);
        Assert.Equal(DecompressionStatus.Whole, result.Status);
        Assert.True(result.Data.Span.SequenceEqual(expected));
    }

    private static byte[] Chunk(byte type, byte[] content)
    {
        var checksum = type == 0xfe ? 0 : 4;
        return [type, .. LittleEndian(content.Length + checksum)[..3], .. new byte[checksum], .. content];
    }

    private static byte[] LittleEndian(int value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, value);
        return bytes;
    }

    private static byte[] BigEndian(int value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, value);
        return bytes;
    }
}
