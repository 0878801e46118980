using System.Diagnostics;
using Wirehook.JavaScript;

namespace Wirehook.Scripting.Tests.Embedding;

/// <summary>The examples of the engine's README. They live here because this project sees the engine as any other host does: its public members only.</summary>
internal static class EngineExamples
{
    public static string Run()
    {
        var engine = new JsEngine(new MyHost());
        var script = engine.Compile("hello.js", "var count = 0; function greet(name) { count++; return 'Hello, ' + name + '!'; }");
        engine.Run(script);

        script.TryGetTopLevel("greet", out var greet);
        var text = engine.Call(script, greet, JsValue.Undefined, [JsValue.From("world")]);
        return text.AsString;
    }

    public static string Values(JsEngine engine)
    {
        var options = engine.NewObject();
        options.Set("name", JsValue.From("eth0"));
        options.Set("mtu", JsValue.From(1500));
        options.Set("addresses", JsValue.From(engine.NewArray([JsValue.From("10.0.0.1"), JsValue.From("fe80::1")])));
        engine.Global.Set("options", JsValue.From(options));

        var script = engine.Compile("values.js", "({mtu: options.mtu + 100, first: options.addresses[0]})");
        var result = engine.Run(script).AsObject;
        return result.Get("mtu").AsNumber + " " + result.Get("first").AsString;
    }

    public static string Functions(JsEngine engine)
    {
        engine.Global.Set("lookUp", JsValue.From(engine.NewFunction("lookUp", 1, static (engine, in thisValue, arguments) =>
        {
            if (arguments.Length == 0 || !arguments[0].IsString)
                throw engine.TypeError("lookUp: a name is needed");
            return JsValue.From(arguments[0].AsString.Length);
        })));
        var script = engine.Compile("functions.js", "var r; try { lookUp() } catch (e) { r = e.message } r + ', ' + lookUp('host')");
        return engine.ToDisplayString(engine.Run(script));
    }

    public static string Records(JsEngine engine)
    {
        var script = engine.Compile("records.js", "function onPacket(p) { return JSON.stringify(p) + ' ' + ('length' in p) + ' ' + p.source.ip; }");
        engine.Run(script);
        script.TryGetTopLevel("onPacket", out var hook);
        return engine.Call(script, hook, default, [JsValue.From(new PacketRecord(engine, 68, "10.0.0.1"))]).AsString;
    }

    public static List<string> Errors(JsEngine engine)
    {
        var messages = new List<string>();
        foreach (string source in new[] { "var x = ;", "null.name", "for (;;) ;" })
        {
            try
            {
                engine.Run(engine.Compile("user.js", source));
            }
            catch (JsSyntaxException e)
            {
                messages.Add(e.Format());
            }
            catch (JsException e)
            {
                messages.Add($"{e.ScriptName}:{e.Line}:{e.Column}: {e.Message}\n{e.JsStack}");
            }
            catch (JsStoppedException e)
            {
                messages.Add($"{e.ScriptName}:{e.Line}:{e.Column}: stopped by the {e.Kind} guard");
            }
        }
        return messages;
    }

    public static List<string> Trace()
    {
        var tracer = new ValueTracer();
        var engine = new JsEngine(new MyHost(), tracer: tracer);
        engine.Run(engine.Compile("trace.js", "var total = 0;\nfor (var i = 1; i < 3; i++) total += i;"));
        return tracer.Lines;
    }
}

internal sealed class MyHost : JsHost
{
    public override long UtcNowMilliseconds => DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();

    public override TimeZoneInfo TimeZone => TimeZoneInfo.Local;

    public override long CpuNanoseconds => (long)(Stopwatch.GetTimestamp() * (1e9 / Stopwatch.Frequency));

    public override double NextRandom() => Random.Shared.NextDouble();
}

internal sealed class PacketRecord(JsEngine engine, int length, string ip) : HostRecord(engine, Kind)
{
    private static readonly HostShape Kind = new("packet",
    [
        new("length", record => JsValue.From(((PacketRecord)record).Length)),
        new("source", record => JsValue.From(((PacketRecord)record).MakeSource())),
    ]);

    private int Length => length;

    private JsObject MakeSource()
    {
        var source = Engine.NewObject();
        source.Set("ip", JsValue.From(ip));
        return source;
    }
}

internal sealed class ValueTracer : JsTracer
{
    public ValueTracer() => IsActive = true;

    public List<string> Lines { get; } = [];

    protected override void Take(in JsTraceEvent traced)
    {
        if (traced.Kind == JsTraceKind.Assign)
            Lines.Add($"{traced.Line}: {traced.Source} = {JsValueText.Of(traced.Value)}");
    }
}
