using Wirehook.JavaScript;

/// <summary>What a packet hook gets.</summary>
internal sealed class PacketRecord(JsEngine engine) : HostRecord(engine, Kind)
{
    private static readonly HostShape Kind = new("packet",
    [
        new("captureLength", r => JsValue.From(((PacketRecord)r).Length)),
        new("length", r => JsValue.From(((PacketRecord)r).Length)),
        new("timestamp", r => JsValue.From(((PacketRecord)r).Length)),
        new("truncated", r => JsValue.False),
    ]);

    public double Length { get; set; }
}

/// <summary>A record whose fields are given as values, made when the record is.</summary>
internal sealed class ValueRecord(JsEngine engine, HostShape kind, JsValue[] values) : HostRecord(engine, kind)
{
    public static HostShape Declare(string name, params string[] fields)
    {
        var properties = new HostProperty[fields.Length];
        for (int i = 0; i < fields.Length; i++)
        {
            int index = i;
            properties[i] = new HostProperty(fields[i], r => ((ValueRecord)r).Value(index));
        }
        return new HostShape(name, properties);
    }

    private JsValue Value(int index) => values[index];
}

/// <summary>HTTP items with the fields that hooks read most.</summary>
internal static class Items
{
    private static readonly HostShape Protocol = ValueRecord.Declare("protocol", "abbr", "name", "version");
    private static readonly HostShape Endpoint = ValueRecord.Declare("endpoint", "ip", "name", "port");
    private static readonly HostShape Request = ValueRecord.Declare("request", "bodySize", "method", "path", "url");
    private static readonly HostShape Response = ValueRecord.Declare("response", "bodySize", "status", "statusText");
    private static readonly HostShape Item = ValueRecord.Declare("item", "dst", "elapsedTime", "id", "protocol", "request", "response", "src", "timestamp");

    public static HostRecord Create(JsEngine engine, int number)
    {
        JsValue Text(string text) => JsValue.From(text);
        JsValue Record(HostShape kind, params JsValue[] values) => JsValue.From(new ValueRecord(engine, kind, values));
        var endpoint = Record(Endpoint, Text("10.0.0.1"), Text("shop"), Text("80"));
        return new ValueRecord(engine, Item,
        [
            endpoint, JsValue.From(number % 50), Text("000001-" + number), Record(Protocol, Text("HTTP"), Text("http"), Text("1.1")),
            Record(Request, JsValue.From(100), Text("GET"), Text("/path/" + (number % 100)), Text("/path")),
            Record(Response, JsValue.From(1000), JsValue.From(number % 20 == 0 ? 500 : 200), Text("OK")), endpoint, JsValue.From(1_700_000_000_000),
        ]);
    }
}
