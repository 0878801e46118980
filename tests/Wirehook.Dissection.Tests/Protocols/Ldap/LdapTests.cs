using System.Text;
using System.Text.Json;
using Wirehook.Packets.Flows;

namespace Wirehook.Dissection.Tests.Protocols.Ldap;

/// <summary>Pairing, layers, filters and detection of LDAP, by hand-made messages.</summary>
public class LdapTests
{
    [Fact]
    public void A_search_is_one_item_with_its_entries()
    {
        var items = Play(c => c.Send(Direction.Forward, [.. Search(1), .. Search(2)]).Send(Direction.Reverse, [.. Entry(2, "cn=b"), .. Entry(1, "cn=a"), .. Entry(2, "cn=c"), .. Done(2), .. Done(1)]));
        Assert.Equal(["2: cn=b cn=c", "1: cn=a"], items.Select(i => i.GetProperty("request").GetProperty("messageId").GetInt32() + ": " + string.Join(' ', i.GetProperty("response").GetProperty("entries").EnumerateArray().Select(e => e.GetProperty("dn").GetString()))));
        Assert.Equal(Entry(1, "cn=a").Length + Done(1).Length, items[1].GetProperty("responseSize").GetInt32());
    }

    [Fact]
    public void Entries_behind_a_gap_make_the_search_incomplete()
    {
        var conversation = new Conversation(serverPort: 389);
        conversation.Send(Direction.Forward, Search(1)).Send(Direction.Reverse, Entry(1, "cn=a")).Gap(Direction.Reverse, 40).Send(Direction.Reverse, Done(1));
        var item = conversation.End().Single();
        Assert.False(item.HasResponse);
        Assert.Equal("gap", item.Error!.ErrorType);
    }

    [Fact]
    public void A_search_without_end_keeps_bounded_entries()
    {
        var conversation = new Conversation(serverPort: 389);
        conversation.Send(Direction.Forward, Search(1));
        for (var i = 0; i < 2000; i++) conversation.Send(Direction.Reverse, Entry(1, new string('x', 1000)));
        conversation.Send(Direction.Reverse, Done(1));
        var response = JsonDocument.Parse(Conversation.ToJson(conversation.End().Single())).RootElement.GetProperty("response");
        Assert.Equal(2000, response.GetProperty("entryCount").GetInt32());
        Assert.True(response.GetProperty("truncated").GetBoolean());
        Assert.InRange(response.GetProperty("entries").GetArrayLength(), 200, 300);
        Assert.Equal(0, conversation.Engine.Memory.Bytes);
    }

    [Fact]
    public void Signed_layers_are_read_and_sealed_ones_named()
    {
        byte[] Buffer(byte flags, byte[] content) => [0, 0, 0, (byte)(16 + content.Length + 12), 5, 4, flags, 0xff, 0, 12, 0, 12, .. new byte[8], .. new byte[12], .. content];
        var bind = Message(1, 0x60, [2, 1, 3, 4, 0, 0xa3, 8, .. Octets("GSSAPI")]);
        var items = Play(c => c.Send(Direction.Forward, bind).Send(Direction.Reverse, Message(1, 0x61, Result))
            .Send(Direction.Forward, Buffer(0, Search(2))).Send(Direction.Reverse, Buffer(0, [.. Entry(2, "cn=a"), .. Done(2)])).Send(Direction.Forward, Buffer(2, Search(3))).Send(Direction.Reverse, Buffer(2, Done(3))));
        Assert.Equal(["bindRequest", "searchRequest", "saslLayer"], items.Select(i => i.GetProperty("request").GetProperty("type").GetString()));
        Assert.Equal(("GSSAPI", 1), (items[2].GetProperty("request").GetProperty("mechanism").GetString(), items[1].GetProperty("response").GetProperty("entries").GetArrayLength()));
    }

    [Fact]
    public void Behind_StartTLS_another_protocol_begins()
    {
        byte[] startTls = Message(1, 0x77, [0x80, 22, .. Encoding.ASCII.GetBytes("1.3.6.1.4.1.1466.20037")]);
        var agreed = Play(c => c.Send(Direction.Forward, startTls).Send(Direction.Reverse, Message(1, 0x78, Result)).Client("GET / HTTP/1.1\r\n\r\n"));
        Assert.Equal(["ldap", "http"], agreed.Select(i => i.GetProperty("protocol").GetProperty("name").GetString()));
        var refused = Play(c => c.Send(Direction.Forward, startTls).Send(Direction.Reverse, Message(1, 0x78, [0x0a, 1, 2, 4, 0, 4, 0])).Send(Direction.Forward, Search(2)));
        Assert.Equal(["extendedReq", "searchRequest"], refused.Select(i => i.GetProperty("request").GetProperty("type").GetString()));
    }

    [Theory]
    [InlineData("(cn=a)", new byte[] { 0xa3, 7, 4, 2, (byte)'c', (byte)'n', 4, 1, (byte)'a' })]
    [InlineData("(cn=*)", new byte[] { 0x87, 2, (byte)'c', (byte)'n' })]
    [InlineData("(cn=a*b*c)", new byte[] { 0xa4, 15, 4, 2, (byte)'c', (byte)'n', 0x30, 9, 0x80, 1, (byte)'a', 0x81, 1, (byte)'b', 0x82, 1, (byte)'c' })]
    [InlineData("(cn=*b*)", new byte[] { 0xa4, 9, 4, 2, (byte)'c', (byte)'n', 0x30, 3, 0x81, 1, (byte)'b' })]
    [InlineData("(!(|(a=\\2a)(b>=\\00)))", new byte[] { 0xa2, 18, 0xa1, 16, 0xa3, 6, 4, 1, (byte)'a', 4, 1, (byte)'*', 0xa5, 6, 4, 1, (byte)'b', 4, 1, 0 })]
    [InlineData("(o:dn:2.4.6:=x)", new byte[] { 0xa9, 16, 0x81, 5, (byte)'2', (byte)'.', (byte)'4', (byte)'.', (byte)'6', 0x82, 1, (byte)'o', 0x83, 1, (byte)'x', 0x84, 1, 0xff })]
    public void Filters_are_written_as_RFC_4515_says(string expected, byte[] filter)
    {
        var item = Play(c => c.Send(Direction.Forward, Search(1, filter))).Single();
        Assert.Equal(expected, item.GetProperty("request").GetProperty("filter").GetString());
    }

    [Fact]
    public void Filters_within_filters_without_end_do_no_harm()
    {
        byte[] filter = [0x87, 1, (byte)'a'];
        for (var i = 0; i < 100; i++) filter = [0xa2, .. Length(filter.Length), .. filter];
        Assert.Contains("(…)", Play(c => c.Send(Direction.Forward, Search(1, filter))).Single().GetProperty("request").GetProperty("filter").GetString());
    }

    [Theory]
    [InlineData(4000, true)]
    [InlineData(389, true)]
    public void Roles_are_found_by_operations_on_any_port(int port, bool expected)
    {
        var conversation = new Conversation(handshake: false, serverPort: (ushort)port);
        conversation.Send(Direction.Reverse, Search(1)).Send(Direction.Forward, Done(1));
        var item = conversation.End().Single();
        Assert.Equal((expected, "ldap", (ushort)port), (item.HasRequest && item.HasResponse, item.Protocol.Name, ushort.Parse(item.Source.Port)));
    }

    [Fact]
    public void Messages_of_SNMP_are_left_alone()
    {
        var conversation = new Conversation(serverPort: 9999);
        conversation.Send(Direction.Forward, [0x30, 0x26, 2, 1, 0, 4, 6, .. "public"u8, 0xa0, 0x19, 2, 1, 1, 2, 1, 0, 2, 1, 0, 0x30, 0x0e, .. new byte[14]]);
        Assert.DoesNotContain(conversation.End(), i => i.Protocol.Name == "ldap");
    }

    private static byte[] Result => [0x0a, 1, 0, 4, 0, 4, 0];

    private static List<JsonElement> Play(Action<Conversation> act)
    {
        var conversation = new Conversation(serverPort: 389);
        act(conversation);
        return [.. conversation.End().Select(i => JsonDocument.Parse(Conversation.ToJson(i)).RootElement)];
    }

    private static byte[] Search(byte id, byte[]? filter = null) =>
        Message(id, 0x63, [.. Octets("dc=x"), 0x0a, 1, 2, 0x0a, 1, 0, 2, 1, 0, 2, 1, 0, 1, 1, 0, .. filter ?? [0x87, 2, (byte)'c', (byte)'n'], 0x30, 0]);

    private static byte[] Entry(byte id, string dn) => Message(id, 0x64, [.. Octets(dn), 0x30, 0]);

    private static byte[] Done(byte id) => Message(id, 0x65, Result);

    private static byte[] Message(byte id, byte tag, byte[] content)
    {
        byte[] body = [2, 1, id, tag, .. Length(content.Length), .. content];
        return [0x30, .. Length(body.Length), .. body];
    }

    private static byte[] Octets(string text) => [4, .. Length(text.Length), .. Encoding.ASCII.GetBytes(text)];

    private static byte[] Length(int length) => length < 128 ? [(byte)length] : [0x82, (byte)(length >> 8), (byte)length];
}
