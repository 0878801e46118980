namespace Wirehook.JavaScript.Tests.Hosting;

/// <summary>A host record of the kind that items are: plain, nested and optional fields. Counts how often its fields are made.</summary>
internal sealed class ItemRecord(JsEngine engine, double elapsed, string? error = null) : HostRecord(engine, Shape1)
{
    private static readonly HostShape EndpointShape = new("endpoint",
    [
        new("ip", r => JsValue.From(((Endpoint)r).Ip)),
        new("port", r => JsValue.From(((Endpoint)r).Port)),
    ]);

    private static readonly HostShape Shape1 = new("item",
    [
        new("dst", r => Made(r, JsValue.From(new Endpoint(r.Engine, "10.0.0.1", 80)))),
        new("elapsedTime", r => Made(r, JsValue.From(((ItemRecord)r)._elapsed))),
        new("error", r => ((ItemRecord)r)._error is { } e ? JsValue.From(e) : JsValue.Empty),
        new("name", r => Made(r, JsValue.From("http"))),
        new("src", r => Made(r, JsValue.From(new Endpoint(r.Engine, "10.0.0.2", 40000)))),
    ]);

    private readonly double _elapsed = elapsed;
    private readonly string? _error = error;

    internal int FieldsMade { get; private set; }

    internal int JsonWritten { get; private set; }

    public override bool TryWriteJson(System.Text.StringBuilder output)
    {
        JsonWritten++;
        output.Append("{\"canonical\":true}");
        return true;
    }

    private static JsValue Made(HostRecord record, JsValue value)
    {
        ((ItemRecord)record).FieldsMade++;
        return value;
    }

    private sealed class Endpoint(JsEngine engine, string ip, double port) : HostRecord(engine, EndpointShape)
    {
        internal string Ip { get; } = ip;

        internal double Port { get; } = port;
    }
}
