using System.Buffers.Binary;
using System.Text;
using Wirehook.Dissection.Items;
using Wirehook.Tests;

namespace Wirehook.Dissection.Tests.Protocols.Ntp;

/// <summary>NTP packets: pairs by the client's transmit time, offset and delay, eras, control messages, and what is no NTP.</summary>
public class NtpTests
{
    private const string Client = "10.0.0.1";
    private const string Server = "10.0.0.2";
    private const ulong From1900 = 2_208_988_800;
    private const ulong Start = 1_700_000_000;

    [Fact]
    public void An_answer_repeats_the_clients_time()
    {
        var flow = new MessageFlow().Send(Client, 40000, Server, 123, Packet(0x23, 0, 0, 0, 111)).Send(Client, 40000, Server, 123, Packet(0x23, 0, 0, 0, 222))
            .Send(Server, 123, Client, 40000, Packet(0x24, 2, 222, At(Start), At(Start))).Send(Server, 123, Client, 40000, Packet(0x24, 2, 333, At(Start), At(Start)));
        flow.End();
        Assert.Equal(["pair", "pair-not-found", "pair-not-found"], flow.Items.Select(i => i.Error?.ErrorType ?? "pair"));
        Assert.Equal([(true, true), (false, true), (true, false)], flow.Items.Select(i => (i.HasRequest, i.HasResponse)));
    }

    [Fact]
    public void Offset_and_delay_come_from_the_captures_clock()
    {
        // Asked at 1 ms, answered at 2 ms of the capture; the server's clock is 10 s ahead and it takes 0.5 ms.
        var received = At(Start + 10) + Fraction(1.25);
        var flow = new MessageFlow().Send(Client, 40000, Server, 123, Packet(0xE3, 0, 0, 0, 9)).Send(Server, 123, Client, 40000, Packet(0x24, 1, 9, received, received + Fraction(0.5)));
        var response = Assert.Single(flow.Json).GetProperty("response");
        Assert.Equal(10_000, response.GetProperty("offset").GetDouble(), 0.01);
        Assert.Equal(0.5, response.GetProperty("delay").GetDouble(), 0.01);
        Assert.Equal("unsynchronized", flow.Json[0].GetProperty("request").GetProperty("leap").GetString());
        Assert.False(flow.Json[0].GetProperty("request").TryGetProperty("offset", out _));
    }

    [Theory]
    [InlineData(1, "GPS")]
    [InlineData(2, "71.80.83.0")]
    public void The_reference_is_a_name_or_an_address(byte stratum, string reference)
    {
        var packet = Packet(0x24, stratum, 0, At(Start), At(Start));
        "GPS\0"u8.CopyTo(packet.AsSpan(12));
        Assert.Equal(reference, Assert.Single(new MessageFlow().Send(Server, 123, Client, 40000, packet).Json).GetProperty("response").GetProperty("referenceId").GetString());
    }

    [Fact]
    public void Times_go_on_in_2036()
    {
        var flow = new MessageFlow().Send(Client, 40000, Server, 123, Packet(0x23, 0, 0, 0, 1UL << 32));
        flow.End();
        Assert.Equal("2036-02-07T06:28:17Z", flow.Json[0].GetProperty("request").GetProperty("transmitTime").GetString());
    }

    [Fact]
    public void Control_messages_pair_by_sequence_number()
    {
        byte[] ask = [0x16, 0x02, 0, 7, 0, 0, 0, 3, 0, 0, 0, 0];
        var variables = Encoding.ASCII.GetBytes("stratum=2, offset=0.1");
        byte[] answer = [0x16, 0x82, 0, 7, 6, 0x14, 0, 3, 0, 0, 0, (byte)variables.Length, .. variables];
        var json = Assert.Single(new MessageFlow().Send(Client, 40000, Server, 123, ask).Send(Server, 123, Client, 40000, answer).Json);
        Assert.Equal(("read variables", 3, "stratum=2, offset=0.1"), (json.GetProperty("request").GetProperty("operation").GetString(),
            json.GetProperty("request").GetProperty("associationId").GetInt32(), json.GetProperty("response").GetProperty("data").GetString()));
    }

    [Fact]
    public void A_broadcast_stands_alone_without_an_error()
    {
        var flow = new MessageFlow().Send(Server, 123, "10.0.0.255", 123, Packet(0x25, 1, 0, 0, At(Start)));
        Assert.Null(Assert.Single(flow.Items).Error);
        Assert.Equal("broadcast", flow.Json[0].GetProperty("request").GetProperty("mode").GetString());
    }

    [Fact]
    public void Away_from_its_port_the_times_must_agree_with_the_captures()
    {
        Assert.Single(new MessageFlow().Send(Client, 1000, Server, 2000, Packet(0x23, 0, 0, 0, At(Start + 5))).EndJson());
        Assert.Single(new MessageFlow().Send(Client, 1000, Server, 2000, Packet(0x23, 0, 0, 0, 12345)).EndJson());
        Assert.Empty(new MessageFlow().Send(Client, 1000, Server, 2000, Packet(0x23, 3, 5, 0, 12345)).EndJson());
        Assert.Empty(new MessageFlow().Send(Client, 1000, Server, 2000, Packet(0x24, 1, 5, At(5), At(6))).EndJson());
    }

    [Theory]
    [InlineData("")]
    [InlineData("23000000")]
    [InlineData("FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF")]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000")]
    public void Other_datagrams_on_its_port_are_none(string hex) => Assert.Empty(new MessageFlow().Send(Client, 1000, Server, 123, Convert.FromHexString(hex)).EndJson());

    [CorpusFact]
    public void Counts_equal_the_truth_or_the_difference_is_explained()
    {
        var differences = Path.Combine(RepositoryFiles.Root, "tests", "Wirehook.Dissection.Tests", "Protocols", "Ntp", "truth-differences.tsv");
        var unexplained = CorpusCounts.Unexplained(k => k == "ntp", KeysOf, differences, out var files, out _);
        Assert.True(unexplained.Count == 0, string.Join('\n', unexplained));
        Assert.InRange(files, 5, int.MaxValue);
    }

    private static IEnumerable<string> KeysOf(Item item)
    {
        if (item.Protocol.Name != "ntp") yield break;
        if (item.HasRequest) yield return "ntp";
        if (item.HasResponse) yield return "ntp";
    }

    private static ulong At(ulong unixSeconds) => (unixSeconds + From1900) << 32;

    private static ulong Fraction(double milliseconds) => (ulong)(milliseconds / 1000 * 4294967296);

    private static byte[] Packet(byte first, byte stratum, ulong origin, ulong received, ulong transmitted)
    {
        var packet = new byte[48];
        (packet[0], packet[1], packet[2], packet[3]) = (first, stratum, 6, 0xEC);
        BinaryPrimitives.WriteUInt64BigEndian(packet.AsSpan(24), origin);
        BinaryPrimitives.WriteUInt64BigEndian(packet.AsSpan(32), received);
        BinaryPrimitives.WriteUInt64BigEndian(packet.AsSpan(40), transmitted);
        return packet;
    }
}
