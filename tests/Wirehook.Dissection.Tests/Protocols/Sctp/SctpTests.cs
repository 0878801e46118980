using System.Buffers.Binary;
using Wirehook.Dissection.Tests.Protocols.Diameter;
using Wirehook.Packets;

namespace Wirehook.Dissection.Tests.Protocols.Sctp;

/// <summary>SCTP packets: an item per chunk, its fields, Diameter inside, and lengths that lie.</summary>
public class SctpTests
{
    private const string A = "10.0.0.1";
    private const string B = "10.0.0.2";

    [Fact]
    public void Every_chunk_is_an_item_of_its_sender()
    {
        var flow = Flow().Send(A, 40000, B, 2905, Packet(Chunk(3, 0, [0, 0, 0, 9, 0, 0, 4, 0, 0, 1, 0, 0, 0, 2, 0, 4]), Data(7, 3, "hello"u8, 3))).Send(B, 2905, A, 40000, Packet(Chunk(5, 0, [0, 1, 0, 4])));
        Assert.Equal(["SACK", "DATA", "HEARTBEAT ACK"], flow.Json.Select(j => j.GetProperty("request").GetProperty("chunkType").GetString()!));
        Assert.Equal([A, A, B], flow.Json.Select(j => j.GetProperty("src").GetProperty("ip").GetString()!));
        Assert.Equal(("40000", "000000000001_sctp.pcap"), (flow.Json[0].GetProperty("src").GetProperty("port").GetString(), flow.Json[0].GetProperty("stream").GetString()));
        Assert.Equal(("9", """["11-13"]""", "1024"), (flow.Json[0].GetProperty("request").GetProperty("tsn").GetRawText(), flow.Json[0].GetProperty("request").GetProperty("gaps").GetRawText(), flow.Json[0].GetProperty("request").GetProperty("window").GetRawText()));
        var data = flow.Json[1].GetProperty("request");
        Assert.Equal("""{"checksum":3735928559,"chunkType":"DATA","chunkTypeNumber":0,"flags":3,"fragment":"whole","length":21,"payload":"aGVsbG8=","payloadLength":5,"payloadProtocol":"M3UA","payloadProtocolId":3,"streamId":1,"streamSequence":2,"tsn":7,"unordered":false,"verificationTag":305419896}""", data.GetRawText());
    }

    [Fact]
    public void An_association_begins_with_its_terms()
    {
        var request = Assert.Single(Flow().Send(A, 40000, B, 2905, Packet(Chunk(1, 0, [0, 0, 0, 5, 0, 1, 0, 0, 0, 10, 0, 11, 0, 0, 0, 77]))).Json).GetProperty("request");
        Assert.Equal((5, 65536, 10, 11, 77), (request.GetProperty("initiateTag").GetInt32(), request.GetProperty("window").GetInt32(), request.GetProperty("outboundStreams").GetInt32(), request.GetProperty("inboundStreams").GetInt32(), request.GetProperty("tsn").GetInt32()));
    }

    [Fact]
    public void Diameter_in_data_is_dissected_and_copies_count_once()
    {
        var ask = Packet(Data(100, 3, DiameterTests.Message(0x80, 280, 5), 46));
        var answer = Packet(Data(7, 3, DiameterTests.Message(0, 280, 5), 46));
        var flow = Flow().Send(A, 40000, B, 3868, ask).Send(A, 40000, B, 3868, ask).Send(B, 3868, A, 40000, answer);
        flow.End();
        var pair = Assert.Single(flow.Items, i => i.Protocol.Name == "diameter");
        Assert.True(pair.HasRequest && pair.HasResponse && pair.Error is null);
        Assert.Equal(3, flow.Items.Count(i => i.Protocol.Name == "sctp"));
        Assert.Equal([0, 1, 2, 3], flow.Items.Select(i => (int)i.Index).Order());
    }

    [Theory]
    [InlineData("0000000200000000", 0, "dissection")]
    [InlineData("000000FF00000000", 0, "dissection")]
    [InlineData("000000FF00000000", 247, "gap")]
    [InlineData("060000080001000400000000", 0, null)]
    public void Lengths_that_do_not_fit_end_the_packet(string chunk, int missing, string? error)
    {
        var flow = Flow().Send(A, 1, B, 2, Packet(Convert.FromHexString(chunk)), missing);
        Assert.Equal(error, flow.Items[0].Error?.ErrorType);
        Assert.All(flow.Items, i => Assert.NotEmpty(Conversation.ToJson(i)));
    }

    [Fact]
    public void An_abort_says_why() =>
        Assert.Equal("""["User-Initiated Abort"]""", Assert.Single(Flow().Send(A, 1, B, 2, Packet(Chunk(6, 0, [0, 12, 0, 4]))).Json).GetProperty("request").GetProperty("causes").GetRawText());

    [Fact]
    public void Very_many_chunks_are_bounded_and_told()
    {
        var flow = Flow().Send(A, 1, B, 2, Packet([.. Enumerable.Repeat(Chunk(11, 0, []), 2000)]));
        Assert.Equal((512, "dissection"), (flow.Items.Count, flow.Items[^1].Error!.ErrorType));
    }

    [Fact]
    public void Damaged_packets_never_throw()
    {
        var seedPacket = Packet(Chunk(1, 0, [0, 0, 0, 5, 0, 1, 0, 0, 0, 10, 0, 11, 0, 0, 0, 77]), Chunk(3, 0, [0, 0, 0, 9, 0, 0, 4, 0, 0, 1, 0, 0, 0, 2, 0, 4]), Data(7, 3, DiameterTests.Message(0x80, 280, 5), 46), Chunk(9, 0, [0, 12, 0, 4]));
        for (var seed = 0; seed < 20_000; seed++)
        {
            var random = new Random(seed);
            var packet = (byte[])seedPacket.Clone();
            for (var i = random.Next(5); i >= 0; i--) packet[random.Next(packet.Length)] = (byte)random.Next(256);
            var flow = Flow().Send(A, 1, B, 2, packet.AsSpan(0, random.Next(packet.Length + 1)), random.Next(3)).Send(B, 2, A, 1, packet);
            flow.End();
            foreach (var item in flow.Items) Assert.NotEmpty(Conversation.ToJson(item));
            Assert.Equal(0, flow.Engine.Memory.Bytes);
        }
    }

    private static MessageFlow Flow() => new(TransportProtocol.Sctp);

    private static byte[] Packet(params byte[][] chunks) => [0x9C, 0x40, 0x0B, 0x59, 0x12, 0x34, 0x56, 0x78, 0xDE, 0xAD, 0xBE, 0xEF, .. chunks.SelectMany(c => c)];

    private static byte[] Chunk(byte type, byte flags, ReadOnlySpan<byte> value)
    {
        var chunk = new byte[(4 + value.Length + 3) & ~3];
        (chunk[0], chunk[1]) = (type, flags);
        BinaryPrimitives.WriteUInt16BigEndian(chunk.AsSpan(2), (ushort)(4 + value.Length));
        value.CopyTo(chunk.AsSpan(4));
        return chunk;
    }

    private static byte[] Data(uint number, byte flags, ReadOnlySpan<byte> payload, uint protocol)
    {
        Span<byte> value = new byte[12 + payload.Length];
        BinaryPrimitives.WriteUInt32BigEndian(value, number);
        BinaryPrimitives.WriteUInt16BigEndian(value[4..], 1);
        BinaryPrimitives.WriteUInt16BigEndian(value[6..], 2);
        BinaryPrimitives.WriteUInt32BigEndian(value[8..], protocol);
        payload.CopyTo(value[12..]);
        return Chunk(0, flags, value);
    }
}
