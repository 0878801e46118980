using System.Text;
using Wirehook.Dissection.Items;
using Wirehook.Dissection.Protobuf;
using Wirehook.Dissection.Records;
using Record = Wirehook.Dissection.Records.Record;

namespace Wirehook.Dissection.Tests.Protocols.Grpc;

/// <summary>Protocol buffers with and without their types.</summary>
public class ProtobufTests
{
    private const string Proto = """
        // A shop.
        syntax = "proto3";
        package shop.v1;
        import "google/protobuf/timestamp.proto";
        option go_package = "x;y";
        enum Size { option allow_alias = true; SIZE_UNKNOWN = 0; SIZE_LARGE = 0x2; SIZE_MINUS = -1 [deprecated = true]; reserved 5 to 7; }
        message Order {
          /* nested */
          message Line { string sku = 1; int32 count = 2; .shop.v1.Size size = 3; }
          reserved "old"; reserved 90, 91 to max;
          repeated Line lines = 1;
          map<string, double> prices = 2 [deprecated = true];
          oneof payment { string card = 3; bytes token = 4; }
          repeated sint32 deltas = 5 [packed = true];
          int64 big = 6; fixed64 stamp = 7; float ratio = 8; bool paid = 9;
          google.protobuf.Timestamp at = 10;
          optional Order parent = 11;
          map<int32, Line> by_id = 12;
        }
        service Shop {
          option deprecated = false;
          rpc Place (Order) returns (stream Order.Line) { option (google.api.http) = { post: "/v1" body: "*" }; }
          rpc Watch (stream shop.v1.Order) returns (Order);
        }
        """;

    [Fact]
    public void A_known_message_is_shown_by_names()
    {
        var schema = Schema();
        byte[] line = [0x0a, 3, .. "abc"u8, 0x10, 2, 0x18, 2];
        byte[] order =
        [
            0x0a, (byte)line.Length, .. line, 0x12, 12, 0x0a, 1, (byte)'k', 0x11, 0, 0, 0, 0, 0, 0, 0xf8, 0x3f, 0x1a, 1, (byte)'c', 0x22, 2, 0xff, 0, 0x2a, 3, 1, 2, 3,
            0x30, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1, 0x45, 0, 0, 0x80, 0x3f, 0x48, 1, 0x52, 2, 0x08, 7, 0x62, 4, 0x08, 5, 0x12, 0, 0x98, 6, 1,
        ];
        Assert.Equal(
            """{"99":1,"at":{"1":7},"big":-1,"by_id":{"5":{}},"card":"c","deltas":[-1,1,-2],"lines":[{"count":2,"size":"SIZE_LARGE","sku":"abc"}],"paid":true,"prices":{"k":1.5},"ratio":1,"token":"/wA="}""",
            Json(order, schema.TypeOf("/shop.v1.Shop/Place", isRequest: true)));
        Assert.Equal("shop.v1.Order.Line", schema.TypeOf("/shop.v1.Shop/Place", isRequest: false)!.FullName);
        Assert.Equal("shop.v1.Order", schema.TypeOf("/shop.v1.Shop/Watch", isRequest: true)!.FullName);
        Assert.Null(schema.TypeOf("/shop.v1.Shop/None", isRequest: true));
    }

    [Fact]
    public void An_unknown_message_is_shown_by_numbers()
    {
        byte[] inner = [0x08, 150, 1, 0x12, 2, .. "hi"u8];
        Assert.Equal(
            """{"1":"text","2":{"1":150,"2":"hi"},"3":[1,2],"4":1.5,"5":"/wD+","6":"9007199254740993","7":-5,"8":""}""",
            Json([0x0a, 4, .. "text"u8, 0x12, (byte)inner.Length, .. inner, 0x18, 1, 0x18, 2, 0x25, 0, 0, 0xc0, 0x3f, 0x2a, 3, 0xff, 0, 0xfe,
                0x30, 0x81, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x10, 0x38, 0xfb, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1, 0x42, 0], null));
        Assert.Null(new ProtobufDecoder().Decode([0x0a, 5, 1], null));
        Assert.Null(new ProtobufDecoder().Decode([0x07], null));
    }

    [Fact]
    public void A_descriptor_set_says_the_same_as_its_source()
    {
        byte[] Field(string name, byte number, byte label, byte type, string typeName) =>
            Length(2, [.. Length(1, Encoding.UTF8.GetBytes(name)), 0x18, number, 0x20, label, 0x28, type, .. typeName.Length > 0 ? Length(6, Encoding.UTF8.GetBytes(typeName)) : []]);
        byte[] message = [.. Length(1, "M"u8), .. Field("tags", 1, 3, 9, ""), .. Field("kind", 2, 1, 14, ".p.Kind")];
        byte[] kind = [.. Length(1, "Kind"u8), .. Length(2, [.. Length(1, "A"u8), 0x10, 0]), .. Length(2, [.. Length(1, "B"u8), 0x10, 1])];
        byte[] service = [.. Length(1, "S"u8), .. Length(2, [.. Length(1, "Do"u8), .. Length(2, ".p.M"u8), .. Length(3, ".p.M"u8)])];
        byte[] file = [.. Length(1, "f.proto"u8), .. Length(2, "p"u8), .. Length(4, message), .. Length(5, kind), .. Length(6, service)];
        var schema = new ProtobufSchema();
        Assert.Null(schema.Add("f.pb", Length(1, file)));
        schema.Resolve();
        Assert.Equal("""{"kind":"B","tags":["x"]}""", Json([0x0a, 1, (byte)'x', 0x10, 1], schema.TypeOf("/p.S/Do", isRequest: true)));
        Assert.NotNull(new ProtobufSchema().Add("f.pb", "garbage"u8));
    }

    [Theory]
    [InlineData("message M { int32 x = ; }", "f.proto:1")]
    [InlineData("message M {\n  string s = 1\n}", "f.proto:3")]
    [InlineData("massage M {}", "f.proto:1")]
    [InlineData("message M {\n\n", "f.proto:")]
    [InlineData("service S {\n  rpc X (A) return (B);\n}", "f.proto:2")]
    public void A_file_with_an_error_names_the_line(string text, string where) =>
        Assert.StartsWith(where, new ProtobufSchema().Add("f.proto", Encoding.UTF8.GetBytes(text)), StringComparison.Ordinal);

    [Fact]
    public void Damaged_bytes_never_throw_and_end()
    {
        var schema = Schema();
        var type = schema.TypeOf("/shop.v1.Shop/Place", isRequest: true);
        var random = new Random(5);
        for (var i = 0; i < 20_000; i++)
        {
            var bytes = new byte[random.Next(60)];
            random.NextBytes(bytes);
            for (var k = 0; k < bytes.Length; k += 3) bytes[k] = (byte)(bytes[k] & 0x3f);
            new ProtobufDecoder().Decode(bytes, i % 2 == 0 ? type : null);
        }

        var text = Encoding.UTF8.GetBytes(Proto);
        for (var i = 0; i < 3000; i++)
        {
            var damaged = (byte[])text.Clone();
            for (var k = random.Next(1, 6); k > 0; k--) damaged[random.Next(damaged.Length)] = (byte)"{};=<>\"/*a1 \n("[random.Next(14)];
            new ProtobufSchema().Add("f.proto", damaged.AsSpan(0, random.Next(damaged.Length)));
        }
    }

    [Fact]
    public void Many_fields_are_cut()
    {
        var decoder = new ProtobufDecoder();
        Assert.NotNull(decoder.Decode(Enumerable.Repeat(new byte[] { 0x08, 1 }, 50_000).SelectMany(b => b).ToArray(), null));
        Assert.True(decoder.Cut);
    }

    internal static ProtobufSchema Schema()
    {
        var schema = new ProtobufSchema();
        Assert.Null(schema.Add("shop.proto", Encoding.UTF8.GetBytes(Proto)));
        schema.Resolve();
        return schema;
    }

    private static byte[] Length(int number, ReadOnlySpan<byte> content) => [(byte)((number << 3) | 2), .. content.Length < 128 ? new[] { (byte)content.Length } : [(byte)(content.Length | 0x80), (byte)(content.Length >> 7)], .. content];

    private static string Json(byte[] message, MessageType? type)
    {
        var map = new ProtobufDecoder().Decode(message, type);
        Assert.NotNull(map);
        var text = new StringBuilder();
        ItemJson.Write(new Holder(map), text);
        return text.ToString()["{\"m\":".Length..^1];
    }

    private sealed class Holder(FieldMap map) : Record
    {
        private static readonly RecordType HolderType = new("Holder", "", [new Field("m", "any", "", static r => FieldValue.From(((Holder)r).Map))]);

        public FieldMap Map { get; } = map;

        public override RecordType Type => HolderType;
    }
}
