using Wirehook.Dissection.Protocols.Dns;

namespace Wirehook.Dissection.Tests.Protocols.Dns;

/// <summary>Names: compression, its attacks, limits and escapes.</summary>
public class DnsNameTests
{
    [Theory]
    [InlineData("03777777076578616D706C6503636F6D00", 0, "www.example.com", 17)]
    [InlineData("00", 0, ".", 1)]
    [InlineData("03636F6D00076578616D706C65C000", 5, "example.com", 15)]
    [InlineData("03636F6D00016101C000", 5, "a.\\192", 10)]
    [InlineData("0461 2E 5C 20 00", 0, "a\\.\\\\\\032", 6)]
    [InlineData("05 C3 A9 7F 41 5A 00", 0, "\\195\\169\\127AZ", 7)]
    public void Read_gives_presentation_format(string hex, int offset, string? expected, int end)
    {
        var message = Convert.FromHexString(hex.Replace(" ", ""));
        Assert.Equal(expected, DnsName.Read(message, ref offset));
        Assert.Equal(end, offset);
    }

    [Theory]
    [InlineData("C000", 0)] // points at itself
    [InlineData("C002C000", 2)] // first of two that point at each other
    [InlineData("C002C000", 0)] // points forward
    [InlineData("0161C000", 0)] // points back into its own labels
    [InlineData("0161C001", 0)]
    [InlineData("0161C0", 0)] // cut in the pointer
    [InlineData("0561", 0)] // cut in the label
    [InlineData("0161", 0)] // no end
    [InlineData("4161", 0)] // reserved label types
    [InlineData("8161", 0)]
    [InlineData("C0FF", 0)] // points beyond the message
    public void Read_refuses_attacks_and_damage(string hex, int offset)
    {
        var message = Convert.FromHexString(hex);
        var at = offset;
        Assert.Null(DnsName.Read(message, ref at));
        Assert.Equal(offset, at);
    }

    [Fact]
    public void Names_end_at_255_bytes_whether_in_one_piece_or_by_pointers()
    {
        var longest = string.Join('.', Enumerable.Repeat(new string('x', 62), 4)); // 4 × 63 + 1 = 253 bytes
        var at = 0;
        Assert.Equal(longest + ".y", Read(DnsMessageBuilder.NameBytes(longest + ".y"), ref at));
        at = 0;
        Assert.Null(Read(DnsMessageBuilder.NameBytes(longest + ".yy"), ref at));
        at = 0;
        Assert.False(DnsName.TrySkip(DnsMessageBuilder.NameBytes(longest + ".yy"), ref at));

        byte[] chained = [.. DnsMessageBuilder.NameBytes(longest), 2, (byte)'y', (byte)'y', 0xC0, 0];
        at = 253;
        Assert.Null(Read(chained, ref at));
        Assert.True(DnsName.TrySkip(chained, ref at));
        Assert.Equal(chained.Length, at);
    }

    [Fact]
    public void A_chain_of_pointers_costs_no_more_than_its_length()
    {
        var message = new byte[16_384];
        for (var at = 2; at < message.Length; at += 2) (message[at], message[at + 1]) = ((byte)(0xC0 | ((at - 2) >> 8)), (byte)(at - 2));
        var offset = message.Length - 2;
        Assert.Equal(".", Read(message, ref offset));
        Assert.Equal(message.Length, offset);
    }

    private static string? Read(byte[] message, ref int offset) => DnsName.Read(message, ref offset);
}
