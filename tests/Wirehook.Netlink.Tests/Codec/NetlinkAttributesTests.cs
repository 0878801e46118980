using Wirehook.Netlink.Codec;

namespace Wirehook.Netlink.Tests;

public class NetlinkAttributesTests
{
    [Fact]
    public void Attributes_come_in_order_without_flags_and_padding()
    {
        var bytes = Bytes.Join(Bytes.Attribute(3, "eth0"), Bytes.Attribute(4 | 0x8000, 1500), Bytes.Attribute(5 | 0x4000, 0, 80));
        var reader = new NetlinkAttributes(bytes);
        Assert.True(reader.MoveNext());
        Assert.Equal((3, "eth0"), (reader.Current.Type, reader.Current.Text));
        Assert.True(reader.MoveNext());
        Assert.Equal((4, 1500u, true), (reader.Current.Type, reader.Current.UInt32!.Value, reader.Current.IsNested));
        Assert.True(reader.MoveNext());
        Assert.Equal((5, (ushort)80, true), (reader.Current.Type, reader.Current.UInt16BigEndian!.Value, reader.Current.IsNetworkOrder));
        Assert.Null(reader.Current.UInt32);
        Assert.False(reader.MoveNext());
        Assert.False(reader.IsDamaged);
    }

    [Theory]
    [InlineData(new byte[] { 3, 0, 1, 0 })]
    [InlineData(new byte[] { 0, 0, 1, 0 })]
    [InlineData(new byte[] { 9, 0, 1, 0, 1, 2, 3, 4 })]
    [InlineData(new byte[] { 255, 255, 1, 0, 1, 2, 3, 4 })]
    public void Impossible_lengths_end_the_list(byte[] bytes)
    {
        var reader = new NetlinkAttributes(bytes);
        Assert.False(reader.MoveNext());
        Assert.True(reader.IsDamaged);
    }

    [Fact]
    public void A_last_attribute_without_padding_is_whole()
    {
        var reader = new NetlinkAttributes([5, 0, 1, 0, 42]);
        Assert.True(reader.MoveNext());
        Assert.Equal((byte)42, reader.Current.Byte);
        Assert.False(reader.MoveNext());
        Assert.False(reader.IsDamaged);
    }

    [Fact]
    public void Texts_end_at_NUL_and_survive_bytes_that_are_no_UTF8()
    {
        Assert.Equal("ab", Text([(byte)'a', (byte)'b', 0, (byte)'c']));
        Assert.Equal("", Text([]));
        Assert.Equal("a\uFFFD", Text([(byte)'a', 0xFF]));
        Assert.Equal("ü", Text([0xC3, 0xBC]));
        Assert.Same(Text("eth17"u8.ToArray()), Text("eth17"u8.ToArray()));
    }

    [Fact]
    public void Link_addresses_of_any_length()
    {
        Assert.Null(Hardware([]));
        Assert.Equal("02:42:ac:11:00:02", Hardware([2, 0x42, 0xAC, 0x11, 0, 2]));
        Assert.Equal("0a:00:00:01", Hardware([10, 0, 0, 1]));
        Assert.Equal("00:00:00:0a:00:00:00:01", Hardware([0, 0, 0, 10, 0, 0, 0, 1]));
        Assert.Equal(20 * 3 - 1, Hardware(new byte[20])!.Length);
    }

    private static string Text(byte[] value) => NetlinkText.Decode(value);

    private static string? Hardware(byte[] value) => NetlinkText.HardwareAddress(value);
}
