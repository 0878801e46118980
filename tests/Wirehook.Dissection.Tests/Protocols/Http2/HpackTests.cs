using System.Text;
using Wirehook.Dissection.Protocols.Http2.Hpack;

namespace Wirehook.Dissection.Tests.Protocols.Http2;

/// <summary>Header compression by the examples of RFC 7541 appendix C, and behind what was not seen.</summary>
public class HpackTests
{
    private const int Limit = 64 << 10;

    [Theory]
    [InlineData("828684410f7777772e6578616d706c652e636f6d", "828684be58086e6f2d6361636865", "828785bf400a637573746f6d2d6b65790c637573746f6d2d76616c7565")]
    [InlineData("828684418cf1e3c2e5f23a6ba0ab90f4ff", "828684be5886a8eb10649cbf", "828785bf408825a849e95ba97d7f8925a849e95bb8e8b4bf")]
    public void The_requests_of_appendix_C_decode(string first, string second, string third)
    {
        var decoder = new HpackDecoder(null, Limit);
        Assert.Equal(":method: GET|:scheme: http|:path: /|:authority: www.example.com", Decode(decoder, first));
        Assert.Equal(":method: GET|:scheme: http|:path: /|:authority: www.example.com|cache-control: no-cache", Decode(decoder, second));
        Assert.Equal(":method: GET|:scheme: https|:path: /index.html|:authority: www.example.com|custom-key: custom-value", Decode(decoder, third));
    }

    [Fact]
    public void The_responses_of_appendix_C_evict_what_is_too_old()
    {
        var decoder = new HpackDecoder(null, Limit);
        Assert.Equal("", Decode(decoder, "3fe101"));
        Assert.Equal(":status: 302|cache-control: private|date: Mon, 21 Oct 2013 20:13:21 GMT|location: https://www.example.com",
            Decode(decoder, "488264025885aec3771a4b6196d07abe941054d444a8200595040b8166e082a62d1bff6e919d29ad171863c78f0b97c8e9ae82ae43d3"));
        Assert.Equal(":status: 307|cache-control: private|date: Mon, 21 Oct 2013 20:13:21 GMT|location: https://www.example.com", Decode(decoder, "4883640effc1c0bf"));
        Assert.Equal(
            ":status: 200|cache-control: private|date: Mon, 21 Oct 2013 20:13:22 GMT|location: https://www.example.com|content-encoding: gzip|set-cookie: foo=ASDJKHQKBZXOQWEOPIUAXQWEOIU; max-age=3600; version=1",
            Decode(decoder, "88c16196d07abe941054d444a8200595040b8166e084a62d1bffc05a839bd9ab77ad94e7821dd7f2e6c7b335dfdfcd5b3960d5af27087f3672c1ab270fb5291f9587316065c003ed4ee5b1063d5007"));
        Assert.False(decoder.Decode([0x80 | 66]));
    }

    [Fact]
    public void What_was_inserted_before_the_capture_is_unknown_and_never_wrong()
    {
        var random = new Random(7541);
        for (var round = 0; round < 200; round++)
        {
            var (whole, late) = (new HpackDecoder(null, Limit), new HpackDecoder(null, Limit));
            late.Lose();
            var missed = random.Next(1, 6);
            for (var block = 0; block < 12; block++)
            {
                var bytes = RandomBlock(random);
                Assert.True(whole.Decode(bytes));
                if (block < missed) continue;
                Assert.True(late.Decode(bytes));
                Assert.Equal(whole.Fields.Length, late.Fields.Length + late.Unknown);
                var known = Text(whole).Split('|').ToList();
                foreach (var field in Text(late).Split('|', StringSplitOptions.RemoveEmptyEntries)) Assert.True(known.Remove(field), field);
            }
        }
    }

    [Theory]
    [InlineData("80")]
    [InlineData("bf")]
    [InlineData("7f")]
    [InlineData("ffffffffffffff")]
    [InlineData("4085ffffffffff")]
    [InlineData("40057777")]
    public void Damaged_blocks_are_refused(string block) => Assert.False(new HpackDecoder(null, Limit).Decode(Convert.FromHexString(block)));

    [Fact]
    public void Every_byte_survives_the_Huffman_code()
    {
        // The code of RFC 7541 appendix B for the octets 0, '0', 'z', 0xff, by the table's own bits, padded with ones.
        var output = new byte[64];
        Assert.Equal(1, HpackHuffman.Decode([0b0000_0111], output));
        Assert.Equal((byte)'0', output[0]);
        Assert.Equal(1, HpackHuffman.Decode([0b1111_1111, 0b1100_0111], output));
        Assert.Equal(0, output[0]);
        Assert.Equal(1, HpackHuffman.Decode([0xff, 0xff, 0xfb, 0xbf], output));
        Assert.Equal(255, output[0]);
        Assert.Equal(-1, HpackHuffman.Decode([0xff, 0xff, 0xff, 0xff], output));
        Assert.Equal(-1, HpackHuffman.Decode([0b0000_0000], output));
    }

    [Fact]
    public void A_block_of_a_few_bytes_does_not_become_megabytes()
    {
        var decoder = new HpackDecoder(null, Limit);
        Assert.True(decoder.Decode(FrameBuilder.Literal(0x40, "a", new string('x', 3000))));
        Assert.True(decoder.Decode(Enumerable.Repeat((byte)0xbe, 16_000).ToArray()));
        Assert.True(decoder.Overflow);
        Assert.True(decoder.Fields.Length * 3000 <= Limit);
    }

    [Fact]
    public void A_cache_of_literals_changes_nothing()
    {
        var (random, cache) = (new Random(9), new HpackLiteralCache());
        var (plain, cached, late) = (new HpackDecoder(null, Limit), new HpackDecoder(null, Limit, cache), new HpackDecoder(null, Limit, cache));
        late.Lose();
        for (var i = 0; i < 3000; i++)
        {
            var block = RandomBlock(random);
            Assert.True(plain.Decode(block) && cached.Decode(block));
            Assert.Equal(Text(plain), Text(cached));
            if (i > 1000) Assert.True(late.Decode(block));
        }

        Assert.Equal(Text(plain), Text(late));
        Assert.False(cached.Decode([0x40, 5, (byte)'a']));
    }

    [Fact]
    public void Entries_beyond_what_is_kept_are_unknown_and_no_error()
    {
        var decoder = new HpackDecoder(null, 1 << 20);
        Assert.True(decoder.Decode([0x3f, 0xe1, 0xff, 0x3f]));
        for (var i = 0; i < 40; i++) Assert.True(decoder.Decode(FrameBuilder.Literal(0x40, "n" + i, new string('v', 3000))));
        Assert.True(decoder.Decode([0x80 | 62, 0x80 | 62 + 39]));
        Assert.Equal((1, 1), (decoder.Fields.Length, decoder.Unknown));
    }

    private static byte[] RandomBlock(Random random)
    {
        var block = new List<byte>();
        for (var i = random.Next(1, 6); i > 0; i--)
        {
            // The first blocks insert more than later ones refer to, so that every reference is valid for who saw all of them.
            if (random.Next(3) > 0) block.AddRange(FrameBuilder.Literal(0x40, "n" + random.Next(1000), "v" + random.Next(1000)));
            else block.Add((byte)(0x80 | random.Next(1, 62)));
        }

        block.AddRange(FrameBuilder.Literal(0x40, "last", "v" + random.Next(1000)));
        block.Add(0x80 | 62);
        return [.. block];
    }

    private static string Decode(HpackDecoder decoder, string hex)
    {
        Assert.True(decoder.Decode(Convert.FromHexString(hex)));
        return Text(decoder);
    }

    private static string Text(HpackDecoder decoder) => string.Join('|', decoder.Fields.ToArray().Select(f => Encoding.UTF8.GetString(f.Name) + ": " + f.Text));
}
