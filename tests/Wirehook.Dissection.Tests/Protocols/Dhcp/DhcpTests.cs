using System.Text.Json;
using Wirehook.Dissection.Items;
using Wirehook.Dissection.Protocols.Dhcp;
using Wirehook.Tests;

namespace Wirehook.Dissection.Tests.Protocols.Dhcp;

/// <summary>DHCP messages: pairs across flows, options by code, overflow fields, relays, and what is no DHCP.</summary>
public class DhcpTests
{
    private const string Nobody = "0.0.0.0";
    private const string Everybody = "255.255.255.255";
    private const string Server = "10.0.0.1";

    [Fact]
    public void Question_and_answer_meet_though_their_addresses_differ()
    {
        var flow = new MessageFlow().Send(Nobody, 68, Everybody, 67, Message(1, 7, 1)).Send(Server, 67, "10.0.0.5", 68, Message(2, 7, 2)).Send(Nobody, 68, Everybody, 67, Message(1, 7, 3)).Send(Server, 67, Everybody, 68, Message(2, 7, 6));
        Assert.Equal(["DISCOVER OFFER", "REQUEST NAK"], flow.EndJson().Select(j => $"{Type(j, "request")} {Type(j, "response")}"));
        Assert.All(flow.Items, i => Assert.Equal((1L, null), (i.ElapsedMilliseconds, i.Error)));
        Assert.Equal("0x7", flow.Json[0].GetProperty("request").GetProperty("transactionId").GetString());
    }

    [Fact]
    public void Other_clients_other_transactions_and_other_kinds_do_not_pair()
    {
        var flow = new MessageFlow().Send(Nobody, 68, Everybody, 67, Message(1, 7, 1)).Send(Server, 67, Everybody, 68, Message(2, 8, 2)).Send(Server, 67, Everybody, 68, Message(2, 7, 2, client: 9))
            .Send(Server, 67, Everybody, 68, Message(2, 7, 6));
        flow.End();
        Assert.DoesNotContain(flow.Items, i => i.HasRequest && i.HasResponse);
        Assert.Equal(4, flow.Items.Count);
        Assert.Equal(0, flow.Engine.Memory.Bytes);
    }

    [Fact]
    public void A_release_has_no_answer_and_no_error()
    {
        var flow = new MessageFlow().Send("10.0.0.5", 68, Server, 67, Message(1, 7, 7));
        Assert.Null(Assert.Single(flow.Items).Error);
        Assert.Equal("RELEASE", Type(flow.Json[0], "request"));
    }

    [Fact]
    public void A_relays_copy_is_a_transaction_of_its_own()
    {
        var flow = new MessageFlow().Send(Nobody, 68, Everybody, 67, Message(1, 7, 1)).Send("10.1.0.1", 67, Server, 67, Message(1, 7, 1)).Send(Server, 67, "10.1.0.1", 67, Message(2, 7, 2)).Send("10.1.0.1", 67, Everybody, 68, Message(2, 7, 2));
        flow.End();
        Assert.Equal(2, flow.Items.Count(i => i.HasRequest && i.HasResponse && i.Error is null));
    }

    [Fact]
    public void Options_have_the_form_of_their_definition()
    {
        byte[] options = [12, 3, .. "abc"u8, 51, 4, 0, 0, 14, 16, 6, 8, 1, 1, 1, 1, 8, 8, 8, 8, 55, 2, 1, 3, 61, 7, 1, 2, 0, 0, 0, 0, 1, 19, 1, 1, 121, 8, 24, 10, 1, 2, 10, 0, 0, 1, 119, 6, 1, 97, 1, 98, 0, 0, 250, 1, 0xAB];
        var list = Assert.Single(new MessageFlow().Send(Nobody, 68, Everybody, 67, Message(1, 1, 1, options: options)).EndJson()).GetProperty("request").GetProperty("options");
        Assert.Equal("""DHCP-Message-Type="DISCOVER" Host-Name="abc" IP-Address-Lease-Time=3600 Domain-Name-Server=["1.1.1.1","8.8.8.8"] Parameter-Request-List=["Subnet-Mask","Router"] Client-Identifier="02:00:00:00:00:01" IP-Forwarding=true Classless-Static-Route=["10.1.2.0/24 via 10.0.0.1"] Domain-Search=["a.b",""] Option-250="ab" """.TrimEnd(),
            string.Join(' ', list.EnumerateArray().Select(o => $"{o.GetProperty("name").GetString()}={o.GetProperty("value").GetRawText()}")));
    }

    [Fact]
    public void Options_overflow_into_the_fields_of_names()
    {
        var message = Message(1, 1, 1, options: [52, 1, 3]);
        byte[] inFile = [12, 1, (byte)'f', 255];
        byte[] inName = [15, 1, (byte)'n', 255];
        inFile.CopyTo(message, 108);
        inName.CopyTo(message, 44);
        var request = Assert.Single(new MessageFlow().Send(Nobody, 68, Everybody, 67, message).EndJson()).GetProperty("request");
        Assert.Equal("53 52 12 15", string.Join(' ', request.GetProperty("options").EnumerateArray().Select(o => o.GetProperty("code").GetInt32())));
        Assert.False(request.TryGetProperty("bootFile", out _));
    }

    [Fact]
    public void Bootp_without_options_is_known_by_its_ports()
    {
        var message = Message(1, 1, 1)[..236];
        "boot"u8.CopyTo(message.AsSpan(108));
        var request = Assert.Single(new MessageFlow().Send(Nobody, 68, Everybody, 67, message).EndJson()).GetProperty("request");
        Assert.Equal(("BOOTREQUEST", "boot"), (request.GetProperty("messageType").GetString(), request.GetProperty("bootFile").GetString()));
        Assert.Empty(new MessageFlow().Send("10.0.0.1", 1000, "10.0.0.2", 2000, message).EndJson());
        Assert.Single(new MessageFlow().Send("10.0.0.1", 1000, "10.0.0.2", 2000, Message(1, 1, 1)).EndJson());
    }

    [Fact]
    public void A_relayed_message_of_version_6_lies_inside_its_relays()
    {
        byte[] solicit = [1, 0, 0, 9, 0, 8, 0, 2, 0, 5];
        byte[] relayed = [12, 2, .. new byte[16], .. Address("fe80::7"), 0, 9, 0, (byte)solicit.Length, .. solicit];
        byte[] advertise = [2, 0, 0, 9, 0, 13, 0, 2, 0, 2];
        byte[] reply = [13, 2, .. new byte[16], .. Address("fe80::7"), 0, 9, 0, (byte)advertise.Length, .. advertise];
        var json = Assert.Single(new MessageFlow().Send("2001:db8::1", 547, "2001:db8::2", 547, relayed).Send("2001:db8::2", 547, "2001:db8::1", 547, reply).EndJson());
        var request = json.GetProperty("request");
        Assert.Equal(("RELAY-FORW", "0x9", 2, "fe80::7"), (request.GetProperty("messageType").GetString(), request.GetProperty("transactionId").GetString(), request.GetProperty("hops").GetInt32(), request.GetProperty("peerAddress").GetString()));
        var inner = json.GetProperty("response").GetProperty("options")[0];
        Assert.Equal(("ADVERTISE", "NoAddrsAvail"), (inner.GetProperty("message").GetString(), inner.GetProperty("options")[0].GetProperty("value").GetString()));
    }

    [Fact]
    public void Pointers_to_one_long_name_give_a_bounded_number_of_names()
    {
        byte[] label = [60, .. Enumerable.Repeat((byte)'a', 60)];
        byte[] names = [.. label, .. label, .. label, 0, .. Enumerable.Range(0, 10_000).SelectMany(_ => new byte[] { 0xC0, 0 })];
        Assert.Equal(256, DhcpDomains.Read(names).Length);
    }

    [CorpusFact]
    public void Counts_equal_the_truth_or_the_difference_is_explained()
    {
        var differences = Path.Combine(RepositoryFiles.Root, "tests", "Wirehook.Dissection.Tests", "Protocols", "Dhcp", "truth-differences.tsv");
        var unexplained = CorpusCounts.Unexplained(k => k == "dhcp", KeysOf, differences, out var files, out _);
        Assert.True(unexplained.Count == 0, string.Join('\n', unexplained));
        Assert.InRange(files, 5, int.MaxValue);
    }

    private static IEnumerable<string> KeysOf(Item item)
    {
        if (item.Protocol.Name != "dhcp" || item.Protocol.Version != "4") yield break;
        if (item.HasRequest) yield return "dhcp";
        if (item.HasResponse) yield return "dhcp";
    }

    private static string Type(JsonElement item, string side) => item.GetProperty(side).GetProperty("messageType").GetString()!;

    private static byte[] Address(string ip) => System.Net.IPAddress.Parse(ip).GetAddressBytes();

    private static byte[] Message(byte operation, byte transaction, byte type, byte client = 1, byte[]? options = null)
    {
        var header = new byte[236];
        (header[0], header[1], header[2], header[7], header[28], header[33]) = (operation, 1, 6, transaction, 2, client);
        return [.. header, 0x63, 0x82, 0x53, 0x63, 53, 1, type, .. options ?? [], 255];
    }
}
